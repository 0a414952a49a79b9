#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "sql/fragment.h"

#include "base/banned.h"

static Arena *arena;
static LineIndex lines;
static Span whole_span;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The file as one fragment. */
static SqlFragment open_file(const char *text)
{
    lines = lines_index(arena, str_from(text));
    whole_span = (Span){0};
    return (SqlFragment){
        .sql = str_from(text), .spans = &whole_span, .span_count = 1, .lines = &lines};
}

/* The first string constant of the fragment, decoded. */
static SqlFragment first_string(const SqlFragment *fragment)
{
    Token token = token_next(fragment->sql, 0);
    while (token.kind != TOKEN_STRING) {
        assert_int_not_equal(token.kind, TOKEN_END);
        token = token_next(fragment->sql, token.end);
    }
    return fragment_of_string(arena, fragment, token);
}

/* Byte `sql` of the fragment stands at byte `file` of the file. */
static void check_offset(const SqlFragment *fragment, uint32_t sql, uint32_t file)
{
    uint32_t offset = fragment_offset(fragment, sql);
    if (offset != file) {
        fail_msg("byte %u is at %u, not %u", sql, offset, file);
    }
}

/* Decodes the string in `text`; each of its bytes but those that an escape makes must be the file's
 * own. */
static SqlFragment check_string(const char *text, const char *expected)
{
    SqlFragment file = open_file(text);
    SqlFragment string = first_string(&file);
    assert_int_equal(string.sql.len, strlen(expected));
    assert_memory_equal(string.sql.at, expected, string.sql.len + 1);
    uint32_t last = 0;
    for (uint32_t i = 0; i <= string.sql.len; i++) {
        uint32_t offset = fragment_offset(&string, i);
        assert_true(offset >= last && offset <= file.sql.len);
        last = offset;
    }
    return string;
}

static void test_dollar(void **state)
{
    (void)state;
    SqlFragment string = check_string("x $$a'b$$", "a'b");
    check_offset(&string, 0, 4);
    check_offset(&string, 3, 7);
    string = check_string("$tag$ $$ \\n $tag$", " $$ \\n ");
    check_offset(&string, 0, 5);
    check_string("$$$$", "");
    check_string("$a$ open", " open");
}

static void test_doubled(void **state)
{
    (void)state;
    SqlFragment string = check_string("x 'a''b' y", "a'b");
    check_offset(&string, 0, 3);
    check_offset(&string, 1, 4);
    check_offset(&string, 2, 6);
    check_offset(&string, 3, 7);
    check_string("''", "");
    check_string("''''", "'");
    check_string("'a\\n'", "a\\n");
    check_string("'open", "open");
    check_string("n'x' ", "x");
}

static void test_escapes(void **state)
{
    (void)state;
    SqlFragment string = check_string("E'a\\nb\\'c' y", "a\nb'c");
    check_offset(&string, 0, 2);
    check_offset(&string, 2, 5);
    check_offset(&string, 4, 8);
    check_offset(&string, 5, 9);
    check_string("e'\\\\ \\b\\f\\r\\t \\q'", "\\ \b\f\r\t q");
    check_string("E'\\101\\7\\1018'", "A\aA8");
    check_string("E'\\x41\\x4 \\x42C'", "A\x04 BC");
    string = check_string("E'\\u00e9x\\U0001F600y'", "\xc3\xa9x\xf0\x9f\x98\x80y");
    check_offset(&string, 2, 8);
    check_offset(&string, 7, 19);
    check_string("E'a''b'", "a'b");
    check_string("E'open\\", "open\\");
}

/* A string in a string in a string. */
static void test_nested(void **state)
{
    (void)state;
    SqlFragment file = open_file("DO 'EXECUTE ''SELECT ''''x'''' FROM b.t''';");
    SqlFragment body = first_string(&file);
    assert_string_equal(body.sql.at, "EXECUTE 'SELECT ''x'' FROM b.t'");
    SqlFragment inner = first_string(&body);
    assert_string_equal(inner.sql.at, "SELECT 'x' FROM b.t");
    check_offset(&inner, 0, 14);
    check_offset(&inner, 16, 36);
    assert_memory_equal(file.sql.at + 36, "b.t", 3);
    SqlFragment innermost = first_string(&inner);
    assert_string_equal(innermost.sql.at, "x");
    check_offset(&innermost, 0, 25);
    Str source = fragment_source(&inner, (Range){.start = 16, .end = 19});
    assert_true(str_equal(source, STR("b.t")));
}

static void test_nested_escapes(void **state)
{
    (void)state;
    SqlFragment file = open_file("SELECT E'f(\\'a\\'\\'b\\', $$c\\n$$)'");
    SqlFragment outer = first_string(&file);
    assert_string_equal(outer.sql.at, "f('a''b', $$c\n$$)");
    SqlFragment inner = first_string(&outer);
    assert_string_equal(inner.sql.at, "a'b");
    check_offset(&inner, 0, 13);
    check_offset(&inner, 2, 18);
}

static void test_places(void **state)
{
    (void)state;
    SqlFragment string = check_string("'a''\n\xc3\xa9''b.t'", "a'\n\xc3\xa9'b.t");
    Place place = fragment_place(&string, (Range){.start = 6, .end = 9});
    assert_int_equal(place.start.line, 2);
    assert_int_equal(place.start.column, 4);
    assert_int_equal(place.end.line, 2);
    assert_int_equal(place.end.column, 7);
    /* The end is behind the last byte, not at what follows it. */
    string = check_string("'b.t''x'", "b.t'x");
    place = fragment_place(&string, (Range){.start = 0, .end = 3});
    assert_int_equal(place.end.column, 5);
    place = fragment_place(&string, (Range){.start = 5, .end = 5});
    assert_int_equal(place.start.column, 8);
    assert_int_equal(place.end.column, 8);
}

static void test_range(void **state)
{
    (void)state;
    SqlFragment string = check_string("'a''b c''d'", "a'b c'd");
    SqlFragment range = fragment_of_range(arena, &string, (Range){.start = 2, .end = 6});
    assert_string_equal(range.sql.at, "b c'");
    check_offset(&range, 0, 4);
    check_offset(&range, 2, 6);
    SqlFragment empty = fragment_of_range(arena, &string, (Range){.start = 7, .end = 7});
    assert_int_equal(empty.sql.len, 0);
    check_offset(&empty, 0, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dollar),  cmocka_unit_test(test_doubled),
        cmocka_unit_test(test_escapes), cmocka_unit_test(test_nested),
        cmocka_unit_test(test_places),  cmocka_unit_test(test_nested_escapes),
        cmocka_unit_test(test_range),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
