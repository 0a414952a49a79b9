#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"

#include "base/banned.h"

static void test_empty(void **state)
{
    Map map = {0};
    (void)state;
    assert_null(map_get(&map, STR("a")));
    assert_null(map_get(&map, (Str){0}));
}

static void test_put(void **state)
{
    Arena *arena = arena_new();
    Map map = {0};
    int one = 1;
    int two = 2;
    (void)state;
    map_put(arena, &map, STR("a"), &one);
    map_put(arena, &map, STR("a\0b"), &two);
    assert_ptr_equal(map_get(&map, STR("a")), &one);
    assert_ptr_equal(map_get(&map, STR("a\0b")), &two);
    assert_null(map_get(&map, STR("b")));
    map_put(arena, &map, STR("a"), &two);
    assert_ptr_equal(map_get(&map, STR("a")), &two);
    assert_int_equal(map.count, 2);
    map_put(arena, &map, STR("a"), NULL);
    assert_null(map_get(&map, STR("a")));
    arena_free(arena);
}

static void test_empty_key(void **state)
{
    Arena *arena = arena_new();
    Map map = {0};
    int value = 1;
    (void)state;
    map_put(arena, &map, (Str){0}, &value);
    assert_ptr_equal(map_get(&map, (Str){0}), &value);
    assert_ptr_equal(map_get(&map, STR("")), &value);
    assert_null(map_get(&map, STR("a")));
    map_put(arena, &map, STR(""), NULL);
    assert_int_equal(map.count, 1);
    arena_free(arena);
}

static void test_many(void **state)
{
    enum { COUNT = 50000 };
    Arena *arena = arena_new();
    Map map = {0};
    Str *keys = ARENA_ARRAY(arena, Str, COUNT);
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        keys[i] = arena_format(arena, "schema_%zu.table_%zu", i % 7, i);
        map_put(arena, &map, keys[i], &keys[i]);
    }
    assert_int_equal(map.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        Str twin = arena_copy(arena, keys[i]);
        assert_ptr_equal(map_get(&map, twin), &keys[i]);
    }
    assert_null(map_get(&map, STR("schema_0.table_50000")));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_empty_key),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
