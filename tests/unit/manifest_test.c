#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "manifest/manifest.h"
#include "manifest/ownership.h"

#include "base/banned.h"

/* Runs from the repository's root. */
#define GOOD "tests/fixtures/manifest/good/"
#define BAD "tests/fixtures/manifest/bad/"

static Str rule_names[] = {STR("cross-service-join"), STR("cross-service-read"),
                           STR("cross-service-write"), STR("cross-service-type"),
                           STR("dynamic-sql")};

static const StrList rules = {.at = rule_names, .count = sizeof rule_names / sizeof *rule_names};

static Buffer read_file(const char *path)
{
    Buffer text = {0};
    char block[4096];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail_msg("cannot open %s", path);
    }
    for (size_t len; (len = fread(block, 1, sizeof block, file)) > 0;) {
        buffer_append(&text, (Str){.at = block, .len = len});
    }
    fclose(file);
    return text;
}

static Buffer mistakes_text(const ManifestMistakes *mistakes)
{
    Buffer text = {0};
    for (size_t i = 0; i < mistakes->count; i++) {
        const ManifestMistake *mistake = &mistakes->at[i];
        buffer_format(&text, "%u:%u: ", mistake->at.line, mistake->at.column);
        text_append_printable(&text, mistake->text);
        buffer_append_byte(&text, '\n');
    }
    return text;
}

static const Manifest *parse(Arena *arena, Str text, Buffer *said)
{
    ManifestMistakes mistakes = {0};
    const Manifest *manifest = manifest_parse(arena, STR("ringfence.yaml"), text, rules, &mistakes);
    *said = mistakes_text(&mistakes);
    assert_int_equal(manifest == NULL, mistakes.count > 0);
    return manifest;
}

/* A good manifest; the caller frees the arena. */
static const Manifest *parse_good(Arena *arena, const char *path)
{
    Buffer said, text = read_file(path);
    const Manifest *manifest = parse(arena, buffer_str(&text), &said);
    if (!manifest) {
        fail_msg("%s: %s", path, buffer_cstring(&said));
    }
    buffer_free(&said);
    buffer_free(&text);
    return manifest;
}

static void assert_str(Str actual, const char *expected)
{
    if (!str_equal(actual, str_from(expected))) {
        fail_msg("\"%.*s\" is not \"%s\"", (int)actual.len, actual.at, expected);
    }
}

static void check_full(const Manifest *manifest)
{
    assert_int_equal(manifest->postgres, 15);
    assert_int_equal(manifest->services.count, 4);
    const Service *orders = &manifest->services.at[0];
    assert_str(orders->name, "orders");
    assert_str(orders->team, "@acme/orders");
    assert_str(orders->paths.at[0], "services/orders/**");
    assert_int_equal(orders->owns.count, 3);
    assert_str(orders->owns.at[2].relation, "order_*");
    assert_str(orders->roles.owner, "orders_owner");
    assert_str(orders->roles.app.at[0], "orders_app");
    assert_str(orders->roles.readonly.at[0], "orders_ro");
    assert_str(orders->search_path.at[1], "public");
    assert_int_equal(orders->stage, STAGE_ENFORCE);
    assert_int_equal(manifest->services.at[1].stage, STAGE_OBSERVE);
    assert_int_equal(manifest->services.at[3].stage, STAGE_SPLIT);
    assert_ptr_equal(manifest_service(manifest, STR("catalog")), &manifest->services.at[3]);
    assert_null(manifest_service(manifest, STR("Catalog")));
}

static void check_full_rest(const Manifest *manifest)
{
    const Publication *published = manifest->services.at[0].publishes.at;
    assert_str(published[0].name, "order_summary_v1");
    assert_int_equal(published[0].to.count, 2);
    assert_int_equal(published[0].privileges, ACCESS_SELECT);
    assert_false(published[0].to_all || published[0].joinable);
    assert_int_equal(published[1].kind, PUBLISHED_ROUTINE);
    assert_str(published[1].arguments, "bigint");
    assert_int_equal(published[1].privileges, ACCESS_EXECUTE);
    assert_true(published[1].to_all);
    assert_true(manifest->services.at[2].publishes.at[0].joinable);
    assert_str(manifest->shared.at[1].owner, "catalog");
    assert_int_equal(manifest->exceptions.at[0].until, 20270331);
    assert_ptr_equal(manifest->exceptions.at[0].service, &manifest->services.at[1]);
    assert_str(manifest->exceptions.at[0].reason, "SHOP-142: moves to events");
    assert_int_equal(manifest->rules.at[0].level, LEVEL_ERROR);
    assert_int_equal(manifest->rules.at[1].level, LEVEL_OFF);
    assert_str(manifest->sql_exclude.at[0], "**/vendor/**");
    assert_int_equal(manifest->sql_calls.count, 2);
}

static void test_yaml_and_json_are_one_model(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *const files[] = {GOOD "full.yaml", GOOD "full.json"};
    for (size_t i = 0; i < 2; i++) {
        const Manifest *manifest = parse_good(arena, files[i]);
        check_full(manifest);
        check_full_rest(manifest);
    }
    arena_free(arena);
}

static void test_defaults(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const Manifest *manifest = parse_good(arena, GOOD "minimal.yaml");
    assert_int_equal(manifest->postgres, 15);
    assert_int_equal(manifest->services.at[0].stage, STAGE_ENFORCE);
    assert_int_equal(manifest->sql_include.count, 1);
    assert_str(manifest->sql_include.at[0], "**/*.sql");
    assert_int_equal(manifest->sql_exclude.count, 0);
    assert_int_equal(manifest->services.at[0].search_path.count, 0);
    assert_int_equal(parse_good(arena, GOOD "version-only.yaml")->services.count, 0);
    assert_int_equal(parse_good(arena, GOOD "flow.yaml")->sql_include.count, 0);
    arena_free(arena);
}

static void test_names_are_folded(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const Service *orders = &parse_good(arena, GOOD "quoted.yaml")->services.at[0];
    assert_str(orders->owns.at[0].schema, "Orders");
    assert_str(orders->owns.at[1].schema, "orders");
    assert_str(orders->owns.at[2].schema, "Odd.Schema");
    assert_str(orders->owns.at[2].relation, "say \"hi\"");
    assert_str(orders->owns.at[3].relation, "Order*");
    assert_str(orders->owns.at[4].relation, "orderlines");
    assert_str(orders->roles.owner, "orders-owner");
    assert_str(orders->publishes.at[0].name, "summary");
    assert_null(orders->publishes.at[0].arguments.at);
    assert_str(orders->publishes.at[1].arguments, "bigint, \"Odd Type\"[], numeric(10, 2)");
    arena_free(arena);
}

static void test_styles_of_text(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const Manifest *manifest = parse_good(arena, GOOD "text-styles.yaml");
    const ExceptionEntry *entries = manifest->exceptions.at;
    assert_str(manifest->services.at[0].team, "q\"\\/\tAé🛒 one two\nthree");
    assert_str(manifest->services.at[0].paths.at[0], "it's/**");
    assert_str(entries[0].reason, "one\ntwo\n");
    assert_str(entries[1].reason, "one two\nthree");
    assert_str(entries[2].reason, "42");
    assert_str(entries[3].reason, "a'b'c'd'e'f'g'h'i'j'k'l'm'n'o'p'q'r's't'u");
    arena_free(arena);
}

static void test_aliases_and_merge_keys(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const Manifest *manifest = parse_good(arena, GOOD "anchors.yaml");
    const Service *billing = &manifest->services.at[1], *search = &manifest->services.at[2];
    assert_str(billing->team, "@acme/shop");
    assert_str(billing->paths.at[0], "services/billing/**");
    assert_int_equal(billing->roles.app.count, 0);
    assert_true(billing->publishes.at[0].to_all);
    assert_int_equal(search->stage, STAGE_SPLIT);
    assert_str(search->team, "first");
    arena_free(arena);
}

static void test_positions(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const Manifest *manifest = parse_good(arena, GOOD "crlf-bom.yaml");
    const Service *orders = &manifest->services.at[0];
    assert_int_equal(orders->at.line, 3);
    assert_int_equal(orders->at.column, 3);
    assert_int_equal(orders->paths_at[0].line, 4);
    assert_int_equal(orders->paths_at[0].column, 13);
    assert_int_equal(orders->owns.at[0].at.line, 6);
    assert_int_equal(orders->owns.at[0].at.column, 9);
    arena_free(arena);
}

static void test_every_good_fixture(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(GOOD "*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        Arena *arena = arena_new();
        parse_good(arena, found.gl_pathv[i]);
        arena_free(arena);
    }
    globfree(&found);
}

/* Every YAML block of the page is a whole manifest. */
static void test_documented_examples(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Buffer page = read_file("docs/manifest.md");
    Str text = buffer_str(&page), fence = STR("```yaml\n");
    size_t count = 0;
    for (size_t at = 0; (at += str_find(str_slice(text, at, text.len), fence)) < text.len;
         count++) {
        Str block = str_slice(text, at + fence.len, text.len);
        Buffer said;
        block = str_slice(block, 0, str_find(block, STR("```")));
        if (!parse(arena, block, &said)) {
            fail_msg("%.*s%s", (int)block.len, block.at, buffer_cstring(&said));
        }
        buffer_free(&said);
        at += fence.len;
    }
    assert_true(count >= 3);
    buffer_free(&page);
    arena_free(arena);
}

/* Golden mistakes: NAME.yaml beside NAME.yaml.expected. */

static void write_file(const char *path, Str text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.len, file), text.len);
    fclose(file);
}

static bool check_golden(const char *path)
{
    Arena *arena = arena_new();
    Buffer said, text = read_file(path);
    const char *expected_path = arena_format(arena, "%s.expected", path).at;
    parse(arena, buffer_str(&text), &said);
    if (getenv("UPDATE")) {
        write_file(expected_path, buffer_str(&said));
    }
    Buffer expected = read_file(expected_path);
    bool same = said.len && str_equal(buffer_str(&said), buffer_str(&expected));
    if (!same) {
        print_error("%s: expected\n%sbut it says\n%s", path, buffer_cstring(&expected),
                    buffer_cstring(&said));
    }
    buffer_free(&expected);
    buffer_free(&said);
    buffer_free(&text);
    arena_free(arena);
    return same;
}

static void test_every_bad_fixture(void **state)
{
    (void)state;
    glob_t found;
    size_t failures = 0;
    assert_int_equal(glob(BAD "*.yaml", 0, NULL, &found), 0);
    assert_int_equal(glob(BAD "*.json", GLOB_APPEND, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        failures += !check_golden(found.gl_pathv[i]);
    }
    globfree(&found);
    assert_int_equal(failures, 0);
}

/* Hostile texts: any mistakes, but no crash and no long wait. */

static void survive(Str text)
{
    Arena *arena = arena_new();
    Buffer said;
    parse(arena, text, &said);
    buffer_free(&said);
    arena_free(arena);
}

static void survive_repeated(const char *start, const char *piece, size_t times)
{
    Buffer text = {0};
    buffer_append(&text, str_from(start));
    for (size_t i = 0; i < times; i++) {
        buffer_append(&text, str_from(piece));
    }
    survive(buffer_str(&text));
    buffer_free(&text);
}

static void test_hostile_shapes(void **state)
{
    (void)state;
    static const char *const pieces[] = {"[",   "{",     "{a: ", "- ",   "? ",  "'",    "\"",
                                         "&a ", "*a ",   "!!",   "| \n", ": ",  "a: {", "\n",
                                         "\r",  "---\n", "#",    "\\",   "<<: "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        survive_repeated("", pieces[i], 100000);
        survive_repeated("version: 1\nservices: ", pieces[i], 1000);
    }
    survive_repeated("version: 1\nservices:\n  orders:\n    paths:\n", "      - a/**\n", 50000);
    survive_repeated("version: 1\nrules:\n", "  \"\": off\n", 50000);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void mutate(char *text, size_t len, uint32_t *seed)
{
    static const char bytes[] = "\0\t\n\r \"'*&:?-[]{}#%|>!,<a0.\x80\xc3\xff\xef";
    for (uint32_t edits = 1 + next_random(seed) % 4; edits; edits--) {
        size_t at = next_random(seed) % len;
        size_t from = next_random(seed) % len;
        if (next_random(seed) % 3) {
            text[at] = bytes[next_random(seed) % (sizeof bytes - 1)];
        } else {
            size_t longest = len - (at > from ? at : from);
            memmove(text + at, text + from, longest < 12 ? longest : 12);
        }
    }
}

static void survive_mutations(const char *path, int rounds)
{
    uint32_t seed = 20260101;
    Buffer text = read_file(path);
    char *copy = memory_allocate(text.len);
    for (int i = 0; i < rounds; i++) {
        size_t len = next_random(&seed) % 4 ? text.len : 1 + next_random(&seed) % text.len;
        memcpy(copy, text.at, len);
        mutate(copy, len, &seed);
        survive((Str){.at = copy, .len = len});
    }
    free(copy);
    buffer_free(&text);
}

static void test_mutations(void **state)
{
    (void)state;
    survive_mutations(GOOD "full.yaml", 4000);
    survive_mutations(GOOD "full.json", 2000);
    survive_mutations(GOOD "anchors.yaml", 4000);
    survive_mutations(GOOD "quoted.yaml", 2000);
}

static void test_access_names(void **state)
{
    (void)state;
    assert_string_equal(access_name(ACCESS_SELECT), "select");
    assert_string_equal(access_name(ACCESS_GRANT | ACCESS_DELETE), "delete");
    assert_string_equal(access_name(0), "");
    assert_int_equal(access_from_name(STR("Update")), ACCESS_UPDATE);
    assert_int_equal(access_from_name(STR("all")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yaml_and_json_are_one_model),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_names_are_folded),
        cmocka_unit_test(test_styles_of_text),
        cmocka_unit_test(test_aliases_and_merge_keys),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_every_good_fixture),
        cmocka_unit_test(test_documented_examples),
        cmocka_unit_test(test_every_bad_fixture),
        cmocka_unit_test(test_hostile_shapes),
        cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_access_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
