#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"

#include "base/banned.h"

static bool is_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void test_take(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    for (size_t size = 0; size < 5000; size++) {
        char *bytes = arena_take(arena, size);
        assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
        assert_true(is_zero(bytes, size));
        memset(bytes, 0xff, size);
    }
    arena_free(arena);
}

static void test_large(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    char *before = arena_take(arena, 10);
    memset(before, 'b', 10);
    char *large = arena_take(arena, 20 * 1024 * 1024);
    assert_true(is_zero(large, 20 * 1024 * 1024));
    char *after = arena_take(arena, 10);
    memset(after, 'a', 10);
    assert_memory_equal(before, "bbbbbbbbbb", 10);
    arena_free(arena);
}

static void test_reset(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 1000; i++) {
            char *bytes = arena_take(arena, 1000);
            assert_true(is_zero(bytes, 1000));
            memset(bytes, 'x', 1000);
        }
        arena_reset(arena);
        arena_reset(arena);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void test_text(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    Str copy = arena_copy(arena, STR("a\0b"));
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.at, "a\0b", 4);
    assert_string_equal(arena_copy(arena, (Str){0}).at, "");
    Str formatted = arena_format(arena, "%s-%d", "orders", 42);
    assert_string_equal(formatted.at, "orders-42");
    assert_int_equal(formatted.len, 9);
    assert_int_equal(arena_format(arena, "%200000d", 1).len, 200000);
    assert_int_equal(arena_format(arena, "%s", "").len, 0);
    arena_free(arena);
}

static void test_array(void **state)
{
    typedef struct {
        int a, b;
    } Pair;
    Arena *arena = arena_new();
    ARRAY(Pair) pairs = {0};
    (void)state;
    for (int i = 0; i < 10000; i++) {
        array_push(arena, &pairs, (Pair){i, -i});
    }
    assert_int_equal(pairs.count, 10000);
    for (int i = 0; i < 10000; i++) {
        assert_int_equal(pairs.at[i].a, i);
        assert_int_equal(pairs.at[i].b, -i);
    }
    arena_free(arena);
}

/* What is in the other one stays, and the arena goes on where it was. */
static void test_adopt(void **state)
{
    Arena *arena = arena_new();
    Arena *other = arena_new();
    char *own = arena_take(arena, 100);
    char *small = arena_take(other, 100);
    char *large = arena_take(other, 3 * 1024 * 1024);
    (void)state;
    memset(own, 1, 100);
    memset(small, 2, 100);
    memset(large, 3, 3 * 1024 * 1024);
    arena_adopt(arena, other);
    for (int i = 0; i < 1000; i++) {
        memset(arena_take(arena, 10000), 4, 10000);
    }
    assert_int_equal(own[99], 1);
    assert_int_equal(small[99], 2);
    assert_int_equal(large[3 * 1024 * 1024 - 1], 3);
    arena_reset(arena);
    assert_true(is_zero(arena_take(arena, 5000), 5000));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_take), cmocka_unit_test(test_large), cmocka_unit_test(test_reset),
        cmocka_unit_test(test_text), cmocka_unit_test(test_array), cmocka_unit_test(test_adopt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
