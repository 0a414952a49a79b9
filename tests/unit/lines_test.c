#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "source/lines.h"

#include "base/banned.h"

static void check_position(const LineIndex *lines, size_t offset, uint32_t line, uint32_t column)
{
    Position position = lines_position(lines, offset);
    if (position.line != line || position.column != column) {
        fail_msg("offset %zu is at %u:%u, not %u:%u", offset, position.line, position.column, line,
                 column);
    }
}

static void check_line(const LineIndex *lines, uint32_t line, const char *expected)
{
    Str actual = lines_line(lines, line);
    if (!str_equal(actual, str_from(expected))) {
        fail_msg("line %u is \"%.*s\"", line, (int)actual.len, actual.at);
    }
}

static void test_empty(void **state)
{
    Arena *arena = arena_new();
    LineIndex lines = lines_index(arena, (Str){0});
    (void)state;
    assert_int_equal(lines.count, 1);
    check_position(&lines, 0, 1, 1);
    check_position(&lines, 9, 1, 1);
    check_line(&lines, 0, "");
    check_line(&lines, 1, "");
    check_line(&lines, 2, "");
    arena_free(arena);
}

static void test_line_ends(void **state)
{
    Arena *arena = arena_new();
    LineIndex lines = lines_index(arena, STR("ab\r\n\ncd\re\n\r\nlast\r"));
    (void)state;
    assert_int_equal(lines.count, 5);
    check_line(&lines, 1, "ab");
    check_line(&lines, 2, "");
    check_line(&lines, 3, "cd\re");
    check_line(&lines, 4, "");
    check_line(&lines, 5, "last\r");
    check_line(&lines, UINT32_MAX, "");
    check_position(&lines, 0, 1, 1);
    check_position(&lines, 2, 1, 3);
    check_position(&lines, 3, 1, 4);
    check_position(&lines, 4, 2, 1);
    check_position(&lines, 5, 3, 1);
    check_position(&lines, 8, 3, 4);
    check_position(&lines, SIZE_MAX, 5, 6);
    arena_free(arena);
}

static void test_final_newline(void **state)
{
    Arena *arena = arena_new();
    LineIndex lines = lines_index(arena, STR("a\n"));
    (void)state;
    assert_int_equal(lines.count, 2);
    check_position(&lines, 1, 1, 2);
    check_position(&lines, 2, 2, 1);
    check_line(&lines, 2, "");
    arena_free(arena);
}

static void test_columns(void **state)
{
    Arena *arena = arena_new();
    /* x, 2, 3 and 4 bytes, a bad byte, a cut sequence */
    LineIndex lines = lines_index(arena, STR("x\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xffy\xe2\x82"));
    (void)state;
    check_position(&lines, 1, 1, 2);
    check_position(&lines, 2, 1, 2);
    check_position(&lines, 3, 1, 3);
    check_position(&lines, 5, 1, 3);
    check_position(&lines, 6, 1, 4);
    check_position(&lines, 9, 1, 4);
    check_position(&lines, 10, 1, 5);
    check_position(&lines, 11, 1, 6);
    check_position(&lines, 12, 1, 7);
    check_position(&lines, 13, 1, 8);
    check_position(&lines, 14, 1, 9);
    arena_free(arena);
}

static void test_bom(void **state)
{
    Arena *arena = arena_new();
    LineIndex lines = lines_index(arena, STR("\xef\xbb\xbf"
                                             "a\n\xef\xbb\xbf"
                                             "b"));
    LineIndex only = lines_index(arena, STR("\xef\xbb\xbf"));
    (void)state;
    check_position(&lines, 0, 1, 1);
    check_position(&lines, 3, 1, 1);
    check_position(&lines, 4, 1, 2);
    check_position(&lines, 8, 2, 2);
    check_line(&lines, 1, "a");
    check_line(&lines, 2,
               "\xef\xbb\xbf"
               "b");
    check_position(&only, 3, 1, 1);
    check_line(&only, 1, "");
    arena_free(arena);
}

static void test_many(void **state)
{
    enum { COUNT = 100000 };
    Arena *arena = arena_new();
    char *text = arena_take(arena, COUNT * 2);
    (void)state;
    memset(text, '\n', COUNT * 2);
    for (size_t i = 0; i < COUNT; i++) {
        text[i * 2] = 'a';
    }
    LineIndex lines = lines_index(arena, (Str){.at = text, .len = COUNT * 2});
    assert_int_equal(lines.count, COUNT + 1);
    for (uint32_t i = 0; i < COUNT; i++) {
        check_position(&lines, i * 2u, i + 1, 1);
        check_position(&lines, i * 2u + 1, i + 1, 2);
    }
    arena_free(arena);
}

/* Columns of long lines, against counting from the line's start. */
static void test_long_lines(void **state)
{
    static const char *const pieces[] = {"x",    "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                                         "\xff", "\n"};
    enum { PIECES = 20000 };
    Arena *arena = arena_new();
    Buffer buffer = {0};
    uint32_t random = 1;
    (void)state;
    buffer_append(&buffer, STR("\xef\xbb\xbf"));
    for (size_t i = 0; i < PIECES; i++) {
        random = random * 1664525u + 1013904223u;
        buffer_append(&buffer, str_from(pieces[i % 5000 == 4999 ? 5 : (random >> 16) % 5]));
    }
    LineIndex lines = lines_index(arena, buffer_str(&buffer));
    uint32_t line = 1;
    uint32_t column = 1;
    check_position(&lines, 0, 1, 1);
    for (size_t i = 3; i < lines.text.len;) {
        uint32_t code_point;
        size_t length = utf8_decode(str_slice(lines.text, i, lines.text.len), &code_point);
        for (size_t j = 0; j < length; j++) {
            check_position(&lines, i + j, line, column);
        }
        bool ends = lines.text.at[i] == '\n';
        line += ends;
        column = ends ? 1 : column + 1;
        i += length;
    }
    check_position(&lines, lines.text.len, line, column);
    buffer_free(&buffer);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),         cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_final_newline), cmocka_unit_test(test_columns),
        cmocka_unit_test(test_bom),           cmocka_unit_test(test_many),
        cmocka_unit_test(test_long_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
