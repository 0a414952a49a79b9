#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "extract/name_pattern.h"

#include "base/banned.h"

/* The globs of `pattern`, separated by spaces; "!" when it was not understood. */
static void check(const char *pattern, const char *expected)
{
    Arena *arena = arena_new();
    Buffer text = {0};
    PatternGlobs globs;
    if (!name_pattern_globs(arena, str_from(pattern), &globs)) {
        buffer_append(&text, STR("!"));
        globs.count = 0;
    }
    for (size_t i = 0; i < globs.count; i++) {
        buffer_append(&text, i ? STR(" ") : STR(""));
        buffer_append(&text, globs.at[i]);
    }
    buffer_append_byte(&text, '\0');
    assert_string_equal(text.at, expected);
    buffer_free(&text);
    arena_free(arena);
}

static void test_names(void **state)
{
    (void)state;
    check("public.orders", "public.orders");
    check("public\\.orders", "public.orders");
    check("^public\\.orders$", "public.orders");
    check("", "");
}

static void test_quotes(void **state)
{
    (void)state;
    check("\\Qpublic.orders\\E", "public.orders");
    check("\\Qpublic.\\Eorders_\\d", "public.orders_?");
    check("public\\.\\Qa|b(c", "public.a|b(c");
    check("\\Qa.bc\\E+", "a.b*");
    check("a\\\\Qx", "a\\Qx");
    check("a.\\Q\\E", "a.");
    check("a\\E.x", "a.x");
    check("(\\Qa.x\\E|\\Qb.y\\E)", "a.x b.y");
    check("a.\\Qx\\y\\E", "a.x\\y");
}

static void test_repetitions(void **state)
{
    (void)state;
    check("public\\.order_.*", "public.order_*");
    check("public.*", "public*");
    check(".+\\.outbox", "*.outbox");
    check("a\\.b{2,3}c", "a.*c");
    check("a\\.b?c", "a.bc a.c");
    check("a\\.[a-z]+?", "a.*");
    check("a\\.\\w*+", "a.*");
}

static void test_groups(void **state)
{
    (void)state;
    check("(a|b)\\.(c|d)", "a.c a.d b.c b.d");
    check("a.x|b.y", "a.x b.y");
    check("(?:a|(b|c))\\.x", "a.x b.x c.x");
    check("(a|b)?x", "ax bx x");
    check("(a|b)*x", "*x");
    check("a\\.(?!secret).*", "a.*");
    check("(?i)a.b", "a.b");
}

static void test_classes(void **state)
{
    (void)state;
    check("a\\.[]x]\\d", "a.??");
    check("a\\.[^\\]]", "a.?");
    check("\\bab\\b", "ab");
}

static void test_too_much(void **state)
{
    (void)state;
    check("(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)", "!");
    check("((((((((((((((((((a))))))))))))))))))", "!");
    check("a)b", "!");
}

static void test_broken(void **state)
{
    (void)state;
    check("(a", "a");
    check("a[", "a?");
    check("a{", "*");
    check("*a", "*a");
    check("a\\", "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),       cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_repetitions), cmocka_unit_test(test_groups),
        cmocka_unit_test(test_classes),     cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
