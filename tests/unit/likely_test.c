#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "embedded/likely.h"
#include "embedded/prefilter.h"

#include "base/banned.h"

static const struct {
    const char *text;
    Likely likely;
} texts[] = {
    {"SELECT * FROM a", LIKELY_STATEMENT},
    {"  -- all\n  select id from a", LIKELY_STATEMENT},
    {"/* x */ (SELECT 1)", LIKELY_STATEMENT},
    {"WITH x AS (SELECT 1) SELECT * FROM x", LIKELY_STATEMENT},
    {"insert into a values (1)", LIKELY_STATEMENT},
    {"UPDATE a SET b = 1", LIKELY_STATEMENT},
    {"CREATE TABLE a (id int)", LIKELY_STATEMENT},
    {"DO $$ BEGIN END $$", LIKELY_STATEMENT},
    {"CALL a(1)", LIKELY_STATEMENT},
    {"Select a file", LIKELY_VERB},
    {"Update the settings", LIKELY_VERB},
    {"Delete this item", LIKELY_VERB},
    {"Create a new account", LIKELY_VERB},
    {"insert", LIKELY_VERB},
    {"COMMIT", LIKELY_VERB},
    {" FROM a.b JOIN c.d ON true", LIKELY_PART},
    {"id IN (SELECT id FROM a.b)", LIKELY_PART},
    {"selection", LIKELY_NO},
    {"query { user { name } }", LIKELY_NO},
    {"MATCH (n) RETURN n", LIKELY_NO},
    {"color: red; width: 3px", LIKELY_NO},
    {"", LIKELY_NO},
    {"a.id = b.id", LIKELY_NO},
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Likely likely = likely_sql(str_from(texts[i].text));
        if (likely != texts[i].likely) {
            fail_msg("%d, not %d: %s", likely, texts[i].likely, texts[i].text);
        }
    }
}

static const struct {
    const char *source;
    bool wanted;
} sources[] = {
    {"q(\"SELECT id FROM a.b\")", true},
    {"q('select id from b')", true},
    {"q(`\n   select id\n   from b`)", true},
    {"q(\"\\nSELECT id\\nFROM b\")", true},
    {"q(\"SELECT \" + columns + \" FROM b\")", true},
    {"q(\"SELECT billing.total(1)\")", true},
    {"q(\"\"\"SELECT \"a\" FROM b\"\"\")", true},
    {"q(f\"SELECT {columns} FROM b\")", true},
    {"q(\"/* all */ SELECT id FROM b\")", true},
    {"psql <<EOF\nDELETE FROM a;\nEOF\n", true},
    {"q(\"WITH x AS (SELECT id FROM b) SELECT * FROM x\")", true},
    {"q(\"UPDATE a \" + \"SET b = 1\")", true},
    {"q(\"INSERT INTO a VALUES (1)\")", true},
    {"q(\"DELETE FROM a\")", true},
    {"q(\"MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE\")", true},
    {"q(\"TRUNCATE TABLE a.b\")", true},
    {"q(\"COPY a FROM STDIN\")", true},
    {"q(\"CALL a.b(1)\")", true},
    {"q(\"CREATE TABLE a (id int)\")", true},
    {"q(\"ALTER TABLE a ADD b int\")", true},
    {"q(\"DROP VIEW a\")", true},
    {"q(\"GRANT SELECT ON a TO b\")", true},
    {"q(\"REVOKE ALL ON a FROM b\")", true},
    {"q(\"SET ROLE b\")", true},
    {"q(\"SET search_path = b\")", true},
    {"q(\"LOCK TABLE a\")", true},
    {"q(\"REFRESH MATERIALIZED VIEW a\")", true},
    {"q(\"COMMENT ON TABLE a IS 'x'\")", true},
    {"q(\"IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c\")", true},
    {"q(\"EXPLAIN ANALYZE SELECT * FROM a\")", true},
    {"x = \" FROM a.b\"", true},
    {"x = \"LEFT JOIN a.b ON true\"", true},
    {"# ringfence:allow x", true},
    {"import x from 'y'", false},
    {"from a.b import c", false},
    {"// Select the first item from the list", false},
    {"function select(x) { return update(x) }", false},
    {"delete x.y; set(y); create(z);", false},
    {"title: 'Select an item'", false},
    {"throw 'Create failed'", false},
    {"select {\ncase <-c:\n}", false},
    {"q(\"CALL a.b($1)\")", true},
    {"q(`CALL ${schema}.b(1)`)", true},
    {"q(\"{call b(?)}\")", true},
    {"'call the first statement (or the second)'", false},
    {"q(\"COPY a (id) FROM STDIN\")", true},
    {"q(\"COPY b TO '/tmp/x'\")", true},
    {"q(\"COPY %s FROM STDIN\")", true},
    {"'Copy to clipboard'", false},
    {"\"Copy the list from this page\"", false},
    {"// select the first one from it", false},
    {"  // SELECT id FROM a.b", false},
    {"gradient(from \".concat(x))", false},
    {"", false},
};

/* Wherever in a long file it stands. */
static void test_prefilter(void **state)
{
    (void)state;
    Arena *kept = arena_new();
    Prefilter *prefilter = prefilter_new(kept);
    const Language *go = language_named(STR("go"));
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        for (int before = 0; before < 70; before++) {
            Arena *arena = arena_new();
            Str text = arena_format(arena, "%*s\n%s\n%*s", before, "", sources[i].source,
                                    before % 3 * 40, "");
            bool wanted = prefilter_read(prefilter, arena, go, text).sql;
            if (wanted != sources[i].wanted) {
                fail_msg("%s: %s", sources[i].wanted ? "not wanted" : "wanted", sources[i].source);
            }
            arena_free(arena);
        }
    }
    arena_free(kept);
}

static const struct {
    const char *language, *source;
    size_t places;
} mappings[] = {
    {"javascript", "knex('a.b')", 1},
    {"javascript", "db.from('orders')", 1},
    {"javascript", "db\n  .from<Order>('orders').join('items as i', 'i.id', 'b.id')", 2},
    {"javascript", "db.from(/* all */ 'orders')", 1},
    {"javascript", "const t = 'orders'; db.from(t)", 1},
    {"javascript", "db.from(`${schema}.orders`)", 1},
    {"javascript", "db.from(TABLES.orders)", 0},
    {"javascript", "const T = {orders: 'a.orders'}; db.from(T.orders)", 1},
    {"javascript", "import x from 'orders'", 0},
    {"javascript", "Array.from('orders'); path.join('a', 'b'); path2.join('a', 'b')", 0},
    {"javascript", "x.join(','); x.join('\\n'); x.join('a'); x.join(''); x.from('9')", 0},
    {"javascript", "x.from(document.body); x.from([1, 2]); x.from(f('a b'))", 0},
    {"javascript", "from('orders'); xfrom('orders'); x.froms('orders')", 0},
    {"typescript", "@Entity({ name: 'orders' })", 1},
    {"typescript", "class Entity {}", 0},
    {"java", "@Table(name = \"orders\")", 1},
    {"java", "@javax.persistence.Table (name = \"orders\")", 1},
    {"java", "Table table = new Table();", 0},
    {"go", "db.Table(\"orders\")", 1},
    {"go", "t := \"orders\"\ndb.Table(t)", 1},
    {"javascript", "var e=\"orders\";e=f(1);x.from(e)", 0},
    {"javascript", "_path2.default.join('a', 'b')", 0},
    {"go", "filepath.Join(\"a\", \"b\"); strings.Join(x, \",\")", 0},
    {"go", "func (Order) TableName() string { return \"orders\" }", 1},
    {"php", "protected $table = 'orders';", 1},
    {"php", "/** @ORM\\Table(name=\"orders\") */", 1},
    {"php", "DB::table('orders')", 1},
    {"python", "__tablename__ = 'orders'", 1},
    {"rust", "table! { orders (id) { id -> Int4, } }", 1},
};

static void test_mappings(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Prefilter *prefilter = prefilter_new(arena);
    for (size_t i = 0; i < sizeof mappings / sizeof *mappings; i++) {
        const Language *language = language_named(str_from(mappings[i].language));
        Prefiltered found =
            prefilter_read(prefilter, arena, language, str_from(mappings[i].source));
        if (found.places.count != mappings[i].places) {
            fail_msg("%zu, not %zu: %s", found.places.count, mappings[i].places,
                     mappings[i].source);
        }
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mappings),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_prefilter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
