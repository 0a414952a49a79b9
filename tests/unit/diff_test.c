/* cmocka needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/diff.h"

#include "base/banned.h"

static void append_lines(Buffer *out, const char *letters)
{
    for (; *letters; letters++) {
        buffer_append_byte(out, *letters);
        buffer_append_byte(out, '\n');
    }
}

/* One letter a line. */
static void expect(const char *old, const char *new, const char *wanted)
{
    Buffer a = {0}, b = {0}, diff = {0};
    append_lines(&a, old);
    append_lines(&b, new);
    diff_append(&diff, buffer_str(&a), buffer_str(&b), STR("a"), STR("b"));
    assert_string_equal(buffer_cstring(&diff), wanted);
    buffer_free(&a);
    buffer_free(&b);
    buffer_free(&diff);
}

static void test_shapes(void **state)
{
    (void)state;
    expect("abc", "abc", "");
    expect("", "", "");
    expect("", "ab", "--- a\n+++ b\n@@ -0,0 +1,2 @@\n+a\n+b\n");
    expect("ab", "", "--- a\n+++ b\n@@ -1,2 +0,0 @@\n-a\n-b\n");
    expect("abcdefgh", "abcdXfgh",
           "--- a\n+++ b\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n");
    expect("aXbcdefghijkYl", "abcdefghijkl",
           "--- a\n+++ b\n@@ -1,5 +1,4 @@\n a\n-X\n b\n c\n d\n@@ -10,5 +9,4 @@\n i\n j\n k\n-Y\n "
           "l\n");
}

static uint64_t number_at(const char **text)
{
    uint64_t number = strtoull(*text, (char **)text, 10);
    return number;
}

/* What a diff makes of `old`, as patch(1) would. */
static void apply(Buffer *out, Str old, Str diff)
{
    size_t taken = 0; /* bytes of old, which has two a line */
    for (size_t at = 0, end; at < diff.len; at = end + 1) {
        end = str_find_byte(diff, '\n', at);
        Str line = str_slice(diff, at, end);
        if (str_starts_with(line, STR("@@"))) {
            const char *text = line.at + 4;
            uint64_t first = number_at(&text);
            text++;
            size_t start = (size_t)(number_at(&text) ? first - 1 : first) * 2;
            buffer_append(out, str_slice(old, taken, start));
            taken = start;
        } else if (at && !str_starts_with(line, STR("+++ ")) && line.at[0] != '-') {
            buffer_append(out, str_slice(diff, at + 1, end + 1));
            taken += line.at[0] == ' ' ? 2 : 0;
        } else if (at && line.at[0] == '-') {
            taken += 2;
        }
    }
    buffer_append(out, str_slice(old, taken, old.len));
}

static void test_a_diff_makes_the_new_from_the_old(void **state)
{
    (void)state;
    srand(1);
    for (int round = 0; round < 2000; round++) {
        char letters[2][40] = {{0}, {0}};
        Buffer old = {0}, new = {0}, diff = {0}, made = {0};
        for (int text = 0; text < 2; text++) {
            int count = rand() % 39;
            for (int i = 0; i < count; i++) {
                letters[text][i] = (char)('a' + rand() % (2 + round % 20));
            }
        }
        append_lines(&old, letters[0]);
        append_lines(&new, letters[1]);
        diff_append(&diff, buffer_str(&old), buffer_str(&new), STR("a"), STR("b"));
        apply(&made, buffer_str(&old), buffer_str(&diff));
        assert_string_equal(buffer_cstring(&made), buffer_cstring(&new));
        buffer_free(&old);
        buffer_free(&new);
        buffer_free(&diff);
        buffer_free(&made);
    }
}

static void test_texts_that_have_nothing_in_common(void **state)
{
    (void)state;
    Buffer old = {0}, new = {0}, diff = {0};
    for (int i = 0; i < 5000; i++) {
        buffer_format(&old, "old %d\n", i);
        buffer_format(&new, "new %d\n", i);
    }
    diff_append(&diff, buffer_str(&old), buffer_str(&new), STR("a"), STR("b"));
    assert_true(
        str_starts_with(buffer_str(&diff), STR("--- a\n+++ b\n@@ -1,5000 +1,5000 @@\n-old 0\n")));
    assert_true(str_ends_with(buffer_str(&diff), STR("+new 4999\n")));
    buffer_free(&old);
    buffer_free(&new);
    buffer_free(&diff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_a_diff_makes_the_new_from_the_old),
        cmocka_unit_test(test_texts_that_have_nothing_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
