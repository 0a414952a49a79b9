#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "base/buffer.h"
#include "manifest/ownership.h"

#include "base/banned.h"

static const char shop[] =
    "version: 1\n"
    "services:\n"
    "  orders:\n"
    "    paths: ['services/orders/**', '**/orders/**', 'Makefile']\n"
    "    owns:\n"
    "      - schema: orders\n"
    "      - table: public.orders\n"
    "      - table: public.order_*\n"
    "      - table: public.*_old\n"
    "    publishes:\n"
    "      - {relation: orders.summary, to: [billing], joinable: true}\n"
    "      - {relation: orders.summary, to: [search]}\n"
    "      - {relation: public.order_view, to: '*'}\n"
    "      - {routine: orders.total(bigint), to: billing}\n"
    "      - {routine: orders.total(text), to: search}\n"
    "  billing:\n"
    "    paths: ['services/**', 'services/orders/invoices/**', '**/billing/**']\n"
    "    owns:\n"
    "      - schema: '\"Billing\"'\n"
    "      - table: orders.invoices\n"
    "      - table: public.order_items_*\n"
    "      - table: public.order_lines\n"
    "  search:\n"
    "    paths: ['services/ord*/search.sql']\n"
    "    owns: [{schema: search}]\n"
    "shared:\n"
    "  - {relation: orders.statuses, owner: billing}\n"
    "  - {relation: orders.kind_*}\n"
    "  - {schema: reference}\n";

typedef struct {
    Arena *arena;
    const Manifest *manifest;
    const Ownership *ownership;
} Fixture;

static const Manifest *parse(Arena *arena, Str text)
{
    ManifestMistakes mistakes;
    const Manifest *manifest =
        manifest_parse(arena, STR("ringfence.yaml"), text, (StrList){0}, &mistakes);
    if (!manifest) {
        fail_msg("%u:%u: %s", mistakes.at[0].at.line, mistakes.at[0].at.column,
                 mistakes.at[0].text.at);
    }
    return manifest;
}

static int open_shop(void **state)
{
    static Fixture fixture;
    fixture.arena = arena_new();
    fixture.manifest = parse(fixture.arena, STR(shop));
    fixture.ownership = fixture.manifest->ownership;
    *state = &fixture;
    return 0;
}

static int close_shop(void **state)
{
    arena_free(((Fixture *)*state)->arena);
    return 0;
}

static void assert_owner(const Fixture *fixture, Owner owner, OwnerKind kind, const char *service)
{
    const Service *expected =
        service ? manifest_service(fixture->manifest, str_from(service)) : NULL;
    assert_int_equal(owner.kind, kind);
    assert_ptr_equal(owner.service, expected);
}

static void assert_object(const Fixture *fixture, const char *schema, const char *name,
                          OwnerKind kind, const char *service)
{
    Owner owner = ownership_of_object(fixture->ownership, str_from(schema), str_from(name));
    assert_owner(fixture, owner, kind, service);
}

static void test_objects(void **state)
{
    const Fixture *fixture = *state;
    assert_object(fixture, "orders", "anything", OWNER_SERVICE, "orders");
    assert_object(fixture, "orders", "invoices", OWNER_SERVICE, "billing");
    assert_object(fixture, "public", "orders", OWNER_SERVICE, "orders");
    assert_object(fixture, "public", "order_x", OWNER_SERVICE, "orders");
    assert_object(fixture, "public", "order_items_2026", OWNER_SERVICE, "billing");
    assert_object(fixture, "public", "order_items", OWNER_SERVICE, "orders");
    assert_object(fixture, "public", "order_lines", OWNER_SERVICE, "billing");
    assert_object(fixture, "public", "billing_old", OWNER_SERVICE, "orders");
    assert_object(fixture, "public", "order_*", OWNER_SERVICE, "orders");
    assert_object(fixture, "public", "users", OWNER_NONE, NULL);
    assert_object(fixture, "public", "", OWNER_NONE, NULL);
    assert_object(fixture, "Billing", "x", OWNER_SERVICE, "billing");
    assert_object(fixture, "billing", "x", OWNER_NONE, NULL);
}

static void test_shared_and_reserved(void **state)
{
    const Fixture *fixture = *state;
    assert_object(fixture, "orders", "statuses", OWNER_SHARED, "billing");
    assert_object(fixture, "orders", "kind_of", OWNER_SHARED, NULL);
    assert_object(fixture, "reference", "countries", OWNER_SHARED, NULL);
    assert_object(fixture, "pg_catalog", "pg_class", OWNER_SYSTEM, NULL);
    assert_object(fixture, "information_schema", "tables", OWNER_SYSTEM, NULL);
    assert_object(fixture, "pg_toast", "x", OWNER_SYSTEM, NULL);
    assert_object(fixture, "pg_temp", "x", OWNER_TEMPORARY, NULL);
    assert_object(fixture, "pg_temp_12", "x", OWNER_TEMPORARY, NULL);
    assert_object(fixture, "pg_toast_temp_1", "x", OWNER_TEMPORARY, NULL);
}

static void test_schemas(void **state)
{
    const Fixture *fixture = *state;
    const Ownership *ownership = fixture->ownership;
    assert_owner(fixture, ownership_of_schema(ownership, STR("orders")), OWNER_SERVICE, "orders");
    assert_owner(fixture, ownership_of_schema(ownership, STR("public")), OWNER_NONE, NULL);
    assert_true(ownership_knows_schema(ownership, STR("public")));
    assert_true(ownership_knows_schema(ownership, STR("reference")));
    assert_false(ownership_knows_schema(ownership, STR("nowhere")));
}

static void test_named_relations(void **state)
{
    const Ownership *ownership = ((Fixture *)*state)->ownership;
    assert_true(ownership_names_relation(ownership, STR("public"), STR("orders")));
    assert_true(ownership_names_relation(ownership, STR("orders"), STR("statuses")));
    assert_true(ownership_names_relation(ownership, STR("orders"), STR("summary")));
    assert_false(ownership_names_relation(ownership, STR("orders"), STR("total")));
    assert_false(ownership_names_relation(ownership, STR("public"), STR("order_x")));
    assert_false(ownership_names_relation(ownership, STR("public"), STR("order_*")));
}

static void assert_path(const Fixture *fixture, const char *path, const char *service,
                        const char *tied)
{
    const Service *other, *none = NULL;
    const Service *owner = ownership_of_path(fixture->ownership, str_from(path), &other);
    assert_ptr_equal(owner,
                     service ? manifest_service(fixture->manifest, str_from(service)) : none);
    assert_ptr_equal(other, tied ? manifest_service(fixture->manifest, str_from(tied)) : none);
}

static void test_paths(void **state)
{
    const Fixture *fixture = *state;
    assert_path(fixture, "services/orders/a.sql", "orders", NULL);
    assert_path(fixture, "services/orders/db/a.sql", "orders", NULL);
    assert_path(fixture, "services/orders/invoices/a.sql", "billing", NULL);
    assert_path(fixture, "services/ordered/search.sql", "search", NULL);
    assert_path(fixture, "services/other/a.sql", "billing", NULL);
    assert_path(fixture, "Makefile", "orders", NULL);
    assert_path(fixture, "Makefile.am", NULL, NULL);
    assert_path(fixture, "lib/orders/a.sql", "orders", NULL);
    assert_path(fixture, "lib/billing/a.sql", "billing", NULL);
    assert_path(fixture, "lib/orders/billing/a.sql", "orders", "billing");
    assert_path(fixture, "", NULL, NULL);
    assert_path(fixture, "/", NULL, NULL);
    assert_non_null(ownership_of_path(fixture->ownership, STR("Makefile"), NULL));
}

static const Publication *publication(const Fixture *fixture, PublicationKind kind,
                                      const char *schema, const char *name, const char *reader)
{
    return ownership_publication(fixture->ownership, kind, str_from(schema), str_from(name),
                                 manifest_service(fixture->manifest, str_from(reader)));
}

static void test_publications(void **state)
{
    const Fixture *fixture = *state;
    const Publication *published = fixture->manifest->services.at[0].publishes.at;
    assert_ptr_equal(publication(fixture, PUBLISHED_RELATION, "orders", "summary", "billing"),
                     &published[0]);
    assert_ptr_equal(publication(fixture, PUBLISHED_RELATION, "orders", "summary", "search"),
                     &published[1]);
    assert_null(publication(fixture, PUBLISHED_RELATION, "orders", "summary", "orders"));
    assert_null(publication(fixture, PUBLISHED_ROUTINE, "orders", "summary", "billing"));
    assert_ptr_equal(publication(fixture, PUBLISHED_RELATION, "public", "order_view", "search"),
                     &published[2]);
    assert_ptr_equal(publication(fixture, PUBLISHED_ROUTINE, "orders", "total", "search"),
                     &published[4]);
}

/* A key of look-ups is built in a fixed buffer: longer names are in no map. */
static void test_long_names(void **state)
{
    const Fixture *fixture = *state;
    char name[2000];
    for (size_t i = 0; i < sizeof name; i++) {
        name[i] = "order_"[i < 6 ? i : 5];
    }
    Str text = {.at = name, .len = sizeof name};
    assert_owner(fixture, ownership_of_object(fixture->ownership, STR("public"), text),
                 OWNER_SERVICE, "orders");
    assert_owner(fixture, ownership_of_object(fixture->ownership, text, text), OWNER_NONE, NULL);
    assert_false(ownership_names_relation(fixture->ownership, text, text));
}

static Buffer large_manifest(void)
{
    Buffer text = {0};
    buffer_append(&text, STR("version: 1\nservices:\n"));
    for (int service = 0; service < 1000; service++) {
        buffer_format(&text,
                      "  s%d:\n    paths: [services/s%d/**, '**/s%d/**']\n    owns:\n"
                      "      - schema: s%d\n",
                      service, service, service, service);
        for (int table = 0; table < 18; table++) {
            buffer_format(&text, "      - table: public.s%d_t%d\n", service, table);
        }
        buffer_format(&text, "      - table: public.s%d_*\n      - table: public.*_s%d\n", service,
                      service);
    }
    return text;
}

static double seconds_since(clock_t start)
{
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Generous, for sanitizers and busy machines: quadratic work would take minutes. */
static void test_large_manifest(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Buffer text = large_manifest();
    clock_t start = clock();
    Fixture fixture = {.manifest = parse(arena, buffer_str(&text))};
    fixture.ownership = fixture.manifest->ownership;
    assert_true(seconds_since(start) < 20);
    start = clock();
    for (int i = 0; i < 20000; i++) {
        assert_object(&fixture, "public", "s999_t17", OWNER_SERVICE, "s999");
        assert_object(&fixture, "public", "s500_other", OWNER_SERVICE, "s500");
        assert_path(&fixture, "services/s700/db/migrations/1.sql", "s700", NULL);
    }
    assert_true(seconds_since(start) < 20);
    buffer_free(&text);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_objects),    cmocka_unit_test(test_shared_and_reserved),
        cmocka_unit_test(test_schemas),    cmocka_unit_test(test_named_relations),
        cmocka_unit_test(test_paths),      cmocka_unit_test(test_publications),
        cmocka_unit_test(test_long_names), cmocka_unit_test(test_large_manifest),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
