#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "extract/script.h"
#include "sql/read.h"
#include "sql/resolve.h"
#include "sql/tree.h"

#include "base/banned.h"

static const char manifest_text[] =
    "version: 1\n"
    "services:\n"
    "  a:\n"
    "    paths: ['a/**']\n"
    "    owns: [{schema: a}, {table: public.a_*}]\n"
    "    search_path: [a, public]\n"
    "  b:\n"
    "    paths: ['b/**']\n"
    "    owns: [{schema: b}, {table: public.b_t}]\n"
    "    publishes:\n"
    "      - {relation: b.open, to: [a]}\n"
    "      - {relation: b.joined, to: '*', joinable: true, privileges: [select, insert]}\n"
    "  s:\n"
    "    paths: ['s/**']\n"
    "    owns: [{schema: s}]\n"
    "    stage: split\n"
    "    publishes: [{relation: s.open, to: '*'}]\n"
    "shared:\n"
    "  - {schema: common}\n"
    "  - {relation: reference.countries, owner: b}\n"
    "exceptions:\n"
    "  - {service: a, to: b.debt, privileges: [select], reason: x, until: 2027-03-31}\n";

static Arena *arena;
static Resolver resolver;

/* What the repository declares, besides what a test's own script does. */
static const char declared[] =
    "CREATE TABLE a.t(i int); CREATE TABLE b.only(i int); CREATE TABLE b.t(i int);"
    "CREATE TABLE public.x(i int); CREATE TABLE a.twice(i int); CREATE TABLE b.twice(i int);"
    "CREATE SEQUENCE b.q; CREATE TABLE public.b_t(i int);";

static Statement read_part(const LineIndex *lines, const ScriptStatement *part)
{
    Arena *scratch = arena_new();
    SqlFragment fragment = part->sql;
    fragment.lines = lines;
    Statement statement = sql_read(arena, scratch, &fragment, NULL);
    statement.connected = part->connected;
    arena_free(scratch);
    return statement;
}

static int set_up(void **state)
{
    ManifestMistakes mistakes;
    (void)state;
    tree_prepare();
    arena = arena_new();
    const Manifest *manifest =
        manifest_parse(arena, STR("ringfence.yaml"), STR(manifest_text), (StrList){0}, &mistakes);
    assert_non_null(manifest);
    Catalog *catalog = catalog_new(arena);
    LineIndex lines = lines_index(arena, STR(declared));
    PsqlVariables variables = {.arena = arena};
    Script script = script_open(STR(declared), &variables);
    ScriptStatement part;
    while (script_next(&script, arena, &part)) {
        Statement *statement = ARENA_NEW(arena, Statement);
        *statement = read_part(&lines, &part);
        assert_int_equal(statement->declaration_count, 1);
        catalog_add(catalog, &statement->declarations[0], statement->declarations[0].name.schema,
                    NULL);
    }
    resolver = (Resolver){.manifest = manifest,
                          .catalog = catalog,
                          .service = manifest_service(manifest, STR("a")),
                          .today = 20270331};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void append_access(Buffer *out, const Access *access)
{
    static const char *const boundaries[] = {"inside", "published", "excepted", "foreign",
                                             "unknown"};
    static const char *const owners[] = {"nobody", "", "shared", "system", "temporary"};
    Owner owner = access->owner;
    buffer_append(out, access->name.schema);
    buffer_append(out, STR("."));
    buffer_append(out, access->name.name);
    buffer_append(out, STR(" "));
    buffer_append(out,
                  owner.kind == OWNER_SERVICE ? owner.service->name : str_from(owners[owner.kind]));
    buffer_format(out, " %s %s", certainty_name(access->certainty), boundaries[access->boundary]);
    buffer_append(out, access->joinable ? STR(" joinable") : STR(""));
    buffer_append(out, access->rival ? STR(" rival ") : STR(""));
    buffer_append(out, access->rival ? access->rival->name : STR(""));
}

/* What the relations, sequences and indexes of a script's last statement resolve to. */
static void check_last(const char *text, const char *expected)
{
    Buffer actual = {0};
    Str whole = str_from(text);
    LineIndex lines = lines_index(arena, whole);
    Session session = session_start(arena, resolver.service);
    PsqlVariables variables = {.arena = arena};
    Script script = script_open(whole, &variables);
    ScriptStatement part;
    while (script_next(&script, arena, &part)) {
        Statement statement = read_part(&lines, &part);
        assert_int_equal(statement.refusal.len, 0);
        session_enter(&session, &statement);
        resolve_statement(&resolver, &session, &statement);
        session_apply(&session, &statement);
        buffer_clear(&actual);
        for (size_t i = 0; i < statement.access_count; i++) {
            ObjectKind kind = statement.accesses[i].kind;
            if (kind == KIND_RELATION || kind == KIND_SEQUENCE || kind == KIND_INDEX) {
                buffer_append(&actual, actual.len ? STR(", ") : STR(""));
                append_access(&actual, &statement.accesses[i]);
            }
        }
    }
    assert_string_equal(buffer_cstring(&actual), expected);
    buffer_free(&actual);
}

static void test_search_path(void **state)
{
    (void)state;
    check_last("SELECT * FROM t", "a.t a search-path inside");
    check_last("SELECT * FROM x", "public.x nobody search-path unknown");
    check_last("SELECT * FROM a_new", "a.a_new a search-path inside");
    check_last("SELECT * FROM b_t", "public.b_t b search-path foreign");
    check_last("SELECT * FROM b.t", "b.t b exact foreign");
    check_last("SET search_path TO b; SELECT * FROM t", "b.t b search-path foreign");
    check_last("SET search_path = 'b', a; SELECT * FROM t", "b.t b search-path foreign");
    check_last("SET search_path = b; RESET search_path; SELECT * FROM t",
               "a.t a search-path inside");
    check_last("BEGIN; SET LOCAL search_path = b; COMMIT; SELECT * FROM t",
               "a.t a search-path inside");
    check_last("BEGIN; SET LOCAL search_path = b; SELECT * FROM t", "b.t b search-path foreign");
    check_last("BEGIN; SET search_path = b; ROLLBACK; SELECT * FROM t", "a.t a search-path inside");
    check_last("SET search_path = b; \\c\nSELECT * FROM t", "a.t a search-path inside");
}

static void test_catalog(void **state)
{
    (void)state;
    check_last("SELECT * FROM only_nowhere", "a.only_nowhere a search-path inside");
    check_last("SELECT * FROM \"only\"", "b.only b catalog foreign");
    check_last("SELECT * FROM twice", "a.twice a search-path inside");
    check_last("SET search_path = public; SELECT * FROM twice", "a.twice a catalog inside rival b");
    check_last("SELECT * FROM pg_class", "pg_catalog.pg_class system search-path inside");
    check_last("SELECT * FROM information_schema.tables",
               "information_schema.tables system exact inside");
    check_last("DROP TABLE IF EXISTS \"only\"", "a.only a search-path inside");
}

static void test_temporaries(void **state)
{
    (void)state;
    check_last("CREATE TEMP TABLE t(i int); SELECT * FROM t", "pg_temp.t temporary exact inside");
    check_last("CREATE TEMP TABLE b(i int); SELECT * FROM b, b.t",
               "pg_temp.b temporary exact inside, b.t b exact foreign");
    check_last("CREATE TEMP TABLE t(i int); DROP TABLE t; SELECT * FROM t",
               "a.t a search-path inside");
    check_last("BEGIN; CREATE TEMP TABLE t(i int); ROLLBACK; SELECT * FROM t",
               "a.t a search-path inside");
    check_last("BEGIN; CREATE TEMP TABLE t(i int) ON COMMIT DROP; COMMIT; SELECT * FROM t",
               "a.t a search-path inside");
    check_last("CREATE TEMP TABLE t(i int); DISCARD ALL; SELECT * FROM t",
               "a.t a search-path inside");
    check_last("CREATE TEMP TABLE t(i int); SELECT * FROM a.t", "a.t a exact inside");
}

static void test_boundary(void **state)
{
    (void)state;
    check_last("SELECT * FROM b.open", "b.open b exact published");
    check_last("SELECT * FROM b.joined", "b.joined b exact published joinable");
    check_last("INSERT INTO b.open VALUES (1)", "b.open b exact foreign");
    check_last("INSERT INTO b.joined VALUES (1)", "b.joined b exact published joinable");
    check_last("UPDATE b.joined SET i = 1", "b.joined b exact foreign");
    check_last("SELECT * FROM s.open", "s.open s exact foreign");
    check_last("SELECT * FROM b.debt", "b.debt b exact excepted");
    check_last("DELETE FROM b.debt", "b.debt b exact foreign");
    check_last("SELECT * FROM common.x", "common.x shared exact inside");
    check_last("DROP TABLE common.x", "common.x shared exact inside");
    check_last("SELECT * FROM reference.countries", "reference.countries shared exact inside");
    check_last("DELETE FROM reference.countries", "reference.countries shared exact foreign");
    check_last("SELECT * FROM nobody.x", "nobody.x nobody exact unknown");
}

/* An exception holds on its last day, and no longer. */
static void test_dates(void **state)
{
    (void)state;
    resolver.today = 20270401;
    check_last("SELECT * FROM b.debt", "b.debt b exact foreign");
    resolver.today = 20270331;
}

static void test_nobodys_code(void **state)
{
    const Service *service = resolver.service;
    (void)state;
    resolver.service = NULL;
    check_last("SELECT * FROM b.t", "b.t b exact unknown");
    check_last("SELECT * FROM x", "public.x nobody search-path unknown");
    resolver.service = service;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search_path), cmocka_unit_test(test_catalog),
        cmocka_unit_test(test_temporaries), cmocka_unit_test(test_boundary),
        cmocka_unit_test(test_dates),       cmocka_unit_test(test_nobodys_code),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
