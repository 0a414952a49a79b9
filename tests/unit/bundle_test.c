#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/bundle.h"
#include "check/bundle_layout.h"
#include "manifest/mistakes.h"

#include "base/banned.h"

static const char manifest_text[] =
    "version: 1\nservices:\n  orders: {paths: [\"**\"], owns: [{schema: orders}]}\n";

/* A bundle of one file with this statement is written; is it read again? */
static bool is_taken(const Statement *statement)
{
    Arena *arena = arena_new();
    ManifestMistakes mistakes = {0};
    const Manifest *manifest = manifest_parse(arena, STR("ringfence.yaml"), str_from(manifest_text),
                                              (StrList){0}, &mistakes);
    assert_non_null(manifest);
    Statement statements[] = {*statement};
    statements[0].command = "CREATE FUNCTION";
    FileFacts facts = {.file = {.path = STR("a.sql"),
                                .language = "sql",
                                .statements = statements,
                                .statement_count = 1}};
    Bundle bundle = {.shard = 1, .shards = 1, .files = &facts, .file_count = 1};
    Bundle found = {0};
    Buffer out = {0};
    pack_write(&out, &bundle_layout, &bundle);
    bool taken = pack_read(arena, buffer_str(&out), manifest, &bundle_layout, &found);
    buffer_free(&out);
    arena_free(arena);
    return taken;
}

/* What an index leads to must be there: bytes from elsewhere may say anything. */
static void test_notices(void **state)
{
    (void)state;
    static const struct {
        NoticeKind kind;
        size_t access;
        bool taken;
    } cases[] = {{NOTICE_SECURITY_DEFINER, 1, true},  {NOTICE_SECURITY_DEFINER, 0, false},
                 {NOTICE_SECURITY_DEFINER, 2, false}, {NOTICE_ROLE_ATTRIBUTE, 0, true},
                 {NOTICE_ROLE_ATTRIBUTE, 1, true},    {NOTICE_ROLE_ATTRIBUTE, 2, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Access access = {.kind = KIND_ROUTINE};
        Notice notice = {.kind = cases[i].kind, .access = (uint32_t)cases[i].access};
        Statement statement = {
            .accesses = &access, .access_count = 1, .notices = &notice, .notice_count = 1};
        if (is_taken(&statement) != cases[i].taken) {
            fail_msg("case %zu", i);
        }
    }
}

static void test_accesses(void **state)
{
    (void)state;
    static const struct {
        uint32_t query, subject;
        bool taken;
    } cases[] = {{0, 0, true}, {0, 1, true}, {0, 2, false}, {1, 0, true}, {2, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Access access = {.query = cases[i].query, .subject = cases[i].subject};
        Query query = {0};
        Statement statement = {
            .accesses = &access, .access_count = 1, .queries = &query, .query_count = 1};
        if (is_taken(&statement) != cases[i].taken) {
            fail_msg("case %zu", i);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notices),
        cmocka_unit_test(test_accesses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
