#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/glob.h"

#include "base/banned.h"

typedef struct {
    const char *pattern, *text;
    bool matches;
} Case;

static void check_cases(const Case *cases, size_t count, char separator)
{
    for (size_t i = 0; i < count; i++) {
        bool matches = glob_match(str_from(cases[i].pattern), str_from(cases[i].text), separator);
        if (matches != cases[i].matches) {
            fail_msg("%s against %s: %d", cases[i].pattern, cases[i].text, matches);
        }
    }
}

static void test_paths(void **state)
{
    static const Case cases[] = {
        {"", "", true},
        {"", "a", false},
        {"a", "a", true},
        {"a", "", false},
        {"*", "", true},
        {"*", "abc", true},
        {"*", "a/b", false},
        {"?", "a", true},
        {"?", "", false},
        {"?", "/", false},
        {"a?c", "abc", true},
        {"a*c", "abbbc", true},
        {"a*c", "ab/c", false},
        {"*.sql", "a.sql", true},
        {"*.sql", "x/a.sql", false},
        {"**/*.sql", "a.sql", true},
        {"**/*.sql", "x/y/a.sql", true},
        {"**/*.sql", "x/y/a.sqlx", false},
        {"**/a", "ba", false},
        {"**/a", "b/a", true},
        {"**", "", true},
        {"**", "a/b/c", true},
        {"a/**", "a/b", true},
        {"a/**", "a/b/c", true},
        {"a/**", "a", false},
        {"a/**", "ab/c", false},
        {"a/**/b", "a/b", true},
        {"a/**/b", "a/x/b", true},
        {"a/**/b", "a/x/y/b", true},
        {"a/**/b", "ab", false},
        {"a/**/b", "a/xb", false},
        {"a/**/b/**/c", "a/b/b/x/c", true},
        {"**/vendor/**", "vendor/x", true},
        {"**/vendor/**", "a/vendor/b/c", true},
        {"**/vendor/**", "vendor", false},
        {"**/vendor/**", "myvendor/x", false},
        {"**/**", "a", true},
        {"**/**/a", "a", true},
        {"**/**/a", "x/y/z/a", true},
        {"a**b", "axxb", true},
        {"a**b", "ax/xb", false},
        {"a/b**", "a/bc", true},
        {"a/b**", "a/bc/d", false},
        {"**a", "xa", true},
        {"**a", "x/a", false},
        {"***/a", "x/y/a", true},
        {"a/*/c", "a/b/c", true},
        {"a/*/c", "a/c", false},
        {"a/*/c", "a/b/b/c", false},
        {"*/**", "a/b", true},
        {"*/**", "a", false},
        {"[ab]", "a", false},
        {"[ab]", "[ab]", true},
        {"a\\*", "a\\b", true},
        {"{a,b}", "{a,b}", true},
        {"*\xc3\xa9*", "caf\xc3\xa9s", true},
    };
    (void)state;
    check_cases(cases, sizeof cases / sizeof *cases, '/');
}

static void test_names(void **state)
{
    static const Case cases[] = {
        {"order_*", "order_items", true},
        {"order_*", "order_", true},
        {"order_*", "orders", false},
        {"*", "a/b.c", true},
        {"**", "a/b", true},
        {"**/a", "x/y/a", true},
        {"**/a", "a", false},
        {"?x", "/x", true},
        {"*_v?", "summary_v1", true},
        {"*_v?", "summary_v10", false},
    };
    (void)state;
    check_cases(cases, sizeof cases / sizeof *cases, '\0');
    assert_true(glob_match(STR("a*"), STR("a\0b"), '\0'));
    assert_true(glob_match(STR("a?b"), STR("a\0b"), '\0'));
}

static void test_prefix(void **state)
{
    (void)state;
    assert_true(str_equal(glob_literal_prefix(STR("a/b*/c")), STR("a/b")));
    assert_true(str_equal(glob_literal_prefix(STR("a?")), STR("a")));
    assert_true(str_equal(glob_literal_prefix(STR("abc")), STR("abc")));
    assert_int_equal(glob_literal_prefix(STR("**")).len, 0);
    assert_true(glob_is_pattern(STR("a?")));
    assert_true(glob_is_pattern(STR("*")));
    assert_false(glob_is_pattern(STR("a[b]")));
    assert_false(glob_is_pattern((Str){0}));
}

static void test_intersect(void **state)
{
    static const Case cases[] = {
        {"a", "a", true},
        {"a", "b", false},
        {"a*", "*b", true},
        {"a*", "b*", false},
        {"a*", "a/b", false},
        {"a/**", "a/b", true},
        {"a/**", "**/b", true},
        {"a/**/c", "a/b/**", true},
        {"a/*/c", "a/b/*", true},
        {"a/*/c", "a/*", false},
        {"a/*/c", "a/**", true},
        {"*.sql", "**/*.py", false},
        {"**/*.sql", "a/**", true},
        {"a/*.sql", "a/b/**", false},
        {"a?c", "ab?", true},
        {"a?c", "a/?", false},
        {"**/a/**", "**/b", true},
        {"a/**", "b/**", false},
        {"**/x", "*/*/y", false},
        {"**/x", "*/*/?", true},
        {"", "*", true},
        {"", "?", false},
        {"x/**/x", "x/x", true},
        {"*a*b*", "*b*a*", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str a = str_from(cases[i].pattern);
        Str b = str_from(cases[i].text);
        if (glob_intersect(a, b, '/') != cases[i].matches ||
            glob_intersect(b, a, '/') != cases[i].matches) {
            fail_msg("%s and %s", cases[i].pattern, cases[i].text);
        }
    }
    assert_true(glob_intersect(STR("order_*"), STR("*_items"), '\0'));
    assert_true(glob_intersect(STR("a*"), STR("*/b"), '\0'));
    assert_false(glob_intersect(STR("order_*"), STR("item_*"), '\0'));
}

/* The definition, by trying everything: exponential, for short patterns. */
static bool match_simply(const char *pattern, bool at_start, const char *text)
{
    if (!*pattern) {
        return !*text;
    }
    size_t stars = strspn(pattern, "*");
    const char *rest = pattern + stars;
    if (stars > 1 && at_start && !*rest) {
        return true;
    }
    if (stars > 1 && at_start && *rest == '/') {
        if (match_simply(rest + 1, true, text)) {
            return true;
        }
        for (; *text; text++) {
            if (*text == '/' && match_simply(rest + 1, true, text + 1)) {
                return true;
            }
        }
        return false;
    }
    if (stars) {
        for (;; text++) {
            if (match_simply(rest, false, text)) {
                return true;
            }
            if (!*text || *text == '/') {
                return false;
            }
        }
    }
    return *text && (*pattern == '?' ? *text != '/' : *pattern == *text) &&
           match_simply(pattern + 1, *pattern == '/', text + 1);
}

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void random_text(uint32_t *seed, const char *alphabet, size_t longest, char *text)
{
    size_t len = random_next(seed) % (longest + 1);
    for (size_t i = 0; i < len; i++) {
        text[i] = alphabet[random_next(seed) % strlen(alphabet)];
    }
    text[len] = '\0';
}

static void test_match_against_definition(void **state)
{
    uint32_t seed = 1;
    (void)state;
    for (int i = 0; i < 300000; i++) {
        char pattern[10], text[10];
        random_text(&seed, "ab/**?", 8, pattern);
        random_text(&seed, "ab/", 8, text);
        bool expected = match_simply(pattern, true, text);
        if (glob_match(str_from(pattern), str_from(text), '/') != expected) {
            fail_msg("%s against %s should be %d", pattern, text, expected);
        }
    }
}

/* Every text over {a, b, /} up to six bytes: short patterns that meet at all meet in one of them.
 */
static bool intersect_simply(Str a, Str b)
{
    for (unsigned len = 0, count = 1; len <= 6; len++, count *= 3) {
        for (unsigned i = 0; i < count; i++) {
            char text[8] = {0};
            for (unsigned j = 0, rest = i; j < len; j++, rest /= 3) {
                text[j] = "ab/"[rest % 3];
            }
            Str candidate = {.at = text, .len = len};
            if (glob_match(a, candidate, '/') && glob_match(b, candidate, '/')) {
                return true;
            }
        }
    }
    return false;
}

static void test_intersect_against_definition(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        char a[6], b[6];
        random_text(&seed, "ab/**?", 4, a);
        random_text(&seed, "ab/**?", 4, b);
        bool expected = intersect_simply(str_from(a), str_from(b));
        if (glob_intersect(str_from(a), str_from(b), '/') != expected) {
            fail_msg("%s and %s should be %d", a, b, expected);
        }
    }
}

/* Backtracking matchers never come back from these. */
static void test_hostile(void **state)
{
    enum { TEXT = 20000 };
    char pattern[] = "**/*a*a*a*a*a*a*a*a*a*a/**/*a*a*a*a*a*a*a*a/**/*a*a*a*a*a*a*b";
    char *text = malloc(TEXT);
    char *twin = malloc(TEXT);
    (void)state;
    for (size_t i = 0; i < TEXT; i++) {
        text[i] = i % 40 ? 'a' : '/';
        twin[i] = i % 2 ? 'a' : '*';
    }
    assert_false(glob_match(str_from(pattern), (Str){text, TEXT}, '/'));
    assert_false(glob_match((Str){twin, 1000}, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), '/'));
    assert_true(glob_match((Str){twin, 1000}, (Str){text + 1, 0}, '/') == false);
    assert_true(glob_intersect((Str){twin, 2000}, (Str){twin, 1500}, '/'));
    free(twin);
    free(text);
}

static void test_speed(void **state)
{
    Str path = STR("services/orders/internal/storage/postgres/migrations/0042_add_index.sql");
    size_t matches = 0;
    (void)state;
    clock_t start = clock();
    for (int i = 0; i < 100000; i++) {
        matches += glob_match(STR("**/*.sql"), path, '/');
        matches += glob_match(STR("**/vendor/**"), path, '/');
    }
    print_message("200,000 matches: %.3f s\n", (double)(clock() - start) / CLOCKS_PER_SEC);
    assert_int_equal(matches, 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_intersect),
        cmocka_unit_test(test_match_against_definition),
        cmocka_unit_test(test_intersect_against_definition),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
