#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/utf8.h"

#include "base/banned.h"

#define assert_str(actual, expected) assert_true(str_equal((actual), STR(expected)))

static void test_compare(void **state)
{
    Str nothing = {0};
    (void)state;
    assert_true(str_equal(nothing, STR("")));
    assert_false(str_equal(STR("a"), STR("A")));
    assert_true(str_equal(STR("a\0b"), STR("a\0b")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_true(str_equal_nocase(STR("SeLeCt"), STR("select")));
    assert_false(str_equal_nocase(STR("@"), STR("`")));
    assert_true(str_compare(nothing, STR("")) == 0);
    assert_true(str_compare(nothing, STR("a")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR("a\x7f"), STR("a\x80")) < 0);
    assert_true(str_from(NULL).len == 0);
    assert_str(str_from("abc"), "abc");
}

static void test_slices(void **state)
{
    Str nothing = {0};
    (void)state;
    assert_str(str_slice(STR("abcdef"), 1, 3), "bc");
    assert_str(str_slice(STR("abc"), 2, SIZE_MAX), "c");
    assert_str(str_slice(STR("abc"), 3, 1), "");
    assert_str(str_slice(STR("abc"), 9, 9), "");
    assert_int_equal(str_slice(nothing, 0, 5).len, 0);
    assert_str(str_trim(STR(" \t\r\n\v\fa b\n ")), "a b");
    assert_str(str_trim(STR(" \n ")), "");
    assert_int_equal(str_trim(nothing).len, 0);
    assert_true(str_starts_with(STR("abc"), STR("")));
    assert_true(str_starts_with(STR("abc"), STR("ab")));
    assert_false(str_starts_with(STR("a"), STR("ab")));
    assert_true(str_ends_with(STR("abc"), STR("bc")));
    assert_true(str_ends_with(nothing, nothing));
    assert_false(str_ends_with(STR("c"), STR("bc")));
}

static void test_find(void **state)
{
    (void)state;
    assert_int_equal(str_find_byte(STR("abcb"), 'b', 0), 1);
    assert_int_equal(str_find_byte(STR("abcb"), 'b', 2), 3);
    assert_int_equal(str_find_byte(STR("abcb"), 'x', 0), 4);
    assert_int_equal(str_find_byte(STR("abcb"), 'b', 99), 4);
    assert_int_equal(str_find_byte(STR("a\0b"), 'b', 0), 2);
    assert_int_equal(str_find_byte((Str){0}, 'b', 0), 0);
    assert_int_equal(str_find(STR("a\0bcd"), STR("cd")), 3);
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(STR("abc"), STR("abcd")), 3);
    assert_int_equal(str_find((Str){0}, STR("a")), 0);
}

static void test_lists(void **state)
{
    (void)state;
    assert_true(str_in_list("and or not", STR("and")));
    assert_true(str_in_list("and or not", STR("or")));
    assert_true(str_in_list("and or not", STR("not")));
    assert_true(str_in_list("android and", STR("and")));
    assert_false(str_in_list("and or not", STR("an")));
    assert_false(str_in_list("and or not", STR("nott")));
    assert_false(str_in_list("and or not", STR("ot")));
    assert_false(str_in_list("and or not", STR("and or")));
    assert_false(str_in_list("and or not", STR("OR")));
    assert_false(str_in_list("and or not", STR("not\0")));
    assert_false(str_in_list("and or not", STR("")));
    assert_false(str_in_list("and  or", (Str){0}));
    assert_false(str_in_list("", STR("and")));
    assert_false(str_in_list("", STR("")));
    assert_true(str_in_list(". -> ::", STR("::")));
    assert_false(str_in_list_nocase("and or not", STR("an")));
    assert_true(str_in_list_nocase("and or not", STR("OR")));
    assert_true(str_in_list_nocase("Dockerfile Makefile", STR("makeFile")));
    assert_false(str_in_list_nocase("@ [", STR("`")));
    assert_false(str_in_list_nocase("and or", STR("and or")));
    assert_false(str_in_list_nocase("and or", STR("")));
}

static void test_pieces(void **state)
{
    const char *list = ". -> ::";
    (void)state;
    assert_str(str_next_word(&list), ".");
    assert_str(str_next_word(&list), "->");
    assert_str(str_next_word(&list), "::");
    assert_str(str_next_word(&list), "");
    assert_str(str_next_word(&list), "");
    assert_true(str_holds_any(STR("import a.b;"), "a.b"));
    assert_true(str_holds_any(STR("import a.b;"), "x y|import a"));
    assert_false(str_holds_any(STR("import a.b;"), "x y|import b"));
    assert_false(str_holds_any(STR("import a|b"), "x"));
    assert_false(str_holds_any(STR("a"), ""));
    assert_false(str_holds_any((Str){0}, "a|b"));
    assert_true(str_holds_nocase(STR("run PSql"), STR("psql")));
    assert_true(str_holds_nocase(STR("psql"), STR("psQL")));
    assert_false(str_holds_nocase(STR("pssq"), STR("psq ")));
    assert_false(str_holds_nocase(STR("psq"), STR("psql")));
    assert_false(str_holds_nocase((Str){0}, STR("a")));
    assert_false(str_holds_nocase(STR("a"), (Str){0}));
}

/* As memmem says, wherever the needle stands, and in texts that nearly hold it everywhere. */
static void test_find_anywhere(void **state)
{
    char text[300];
    uint32_t random = 1;
    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        size_t letters = 1 + i % 3;
        for (size_t j = 0; j < sizeof text; j++) {
            random = random * 1664525u + 1013904223u;
            text[j] = (char)('a' + (random >> 16) % letters);
        }
        Str whole = {.at = text, .len = 1 + (random >> 8) % sizeof text};
        size_t length = 1 + i % 12 * (i % 5);
        text[(random >> 12) % sizeof text] = 'z';
        char needle[64];
        size_t from = (random >> 4) % (sizeof text - length);
        memcpy(needle, text + from, length);
        needle[length - 1] = i % 7 == 0 ? 'y' : needle[length - 1];
        const char *found = memmem(whole.at, whole.len, needle, length);
        assert_int_equal(str_find(whole, (Str){.at = needle, .len = length}),
                         found ? (size_t)(found - text) : whole.len);
    }
}

/* The vectors of http://www.isthe.com/chongo/tech/comp/fnv/ */
static void test_hash(void **state)
{
    (void)state;
    assert_true(str_hash(STR("")) == 0xcbf29ce484222325u);
    assert_true(str_hash(STR("a")) == 0xaf63dc4c8601ec8cu);
    assert_true(str_hash(STR("foobar")) == 0x85944171f73967e8u);
    assert_true(str_hash_more(str_hash(STR("foo")), STR("bar")) == str_hash(STR("foobar")));
}

static void test_number(void **state)
{
    uint64_t number = 99;
    (void)state;
    assert_true(str_to_number(STR("0"), 0, &number) && number == 0);
    assert_true(str_to_number(STR("007"), 7, &number) && number == 7);
    assert_true(str_to_number(STR("18446744073709551615"), UINT64_MAX, &number));
    assert_true(number == UINT64_MAX);
    number = 99;
    assert_false(str_to_number(STR("18446744073709551616"), UINT64_MAX, &number));
    assert_false(str_to_number(STR("99999999999999999999999"), 5, &number));
    assert_false(str_to_number(STR("77777777777777777777777777"), 5, &number));
    assert_false(str_to_number(STR("8"), 7, &number));
    assert_false(str_to_number(STR("70"), 7, &number));
    assert_false(str_to_number(STR("7"), 5, &number));
    assert_false(str_to_number(STR(""), 9, &number));
    assert_false(str_to_number(STR("-1"), 9, &number));
    assert_false(str_to_number(STR("1 "), 9, &number));
    assert_false(str_to_number(STR("+1"), 9, &number));
    assert_true(number == 99);
}

static void test_distance(void **state)
{
    char text[70];
    memset(text, 'a', sizeof text);
    Str longest = {.at = text, .len = 64};
    Str longer = {.at = text, .len = 65};
    (void)state;
    assert_int_equal(str_distance(STR("orders"), STR("orders"), 2), 0);
    assert_int_equal(str_distance(STR("orders"), STR("order"), 2), 1);
    assert_int_equal(str_distance(STR("odrers"), STR("orders"), 2), 1);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 9), 3);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 2), 3);
    assert_int_equal(str_distance(STR(""), STR("abc"), 9), 3);
    assert_int_equal(str_distance(STR("abc"), STR(""), 9), 3);
    assert_int_equal(str_distance((Str){0}, (Str){0}, 9), 0);
    assert_int_equal(str_distance(longest, STR("a"), 99), 63);
    assert_int_equal(str_distance(longer, longer, 2), 3);
}

static void test_characters(void **state)
{
    (void)state;
    for (int c = -128; c < 128; c++) {
        char byte = (char)c;
        assert_int_equal(char_is_space(byte), byte && strchr(" \t\n\v\f\r", byte) != NULL);
        assert_int_equal(char_is_digit(byte), byte && strchr("0123456789", byte) != NULL);
        assert_int_equal(char_is_alpha(byte), (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
        assert_int_equal(char_is_word(byte),
                         char_is_alpha(byte) || char_is_digit(byte) || byte == '_');
        assert_int_equal(char_is_name(byte), char_is_word(byte) || c < 0);
    }
    assert_int_equal(char_to_lower('Z'), 'z');
    assert_int_equal(char_to_lower('['), '[');
}

static uint32_t decode(Str text, size_t *length)
{
    uint32_t code_point;
    *length = utf8_decode(text, &code_point);
    return code_point;
}

static void test_utf8_decode(void **state)
{
    size_t length;
    (void)state;
    assert_int_equal(decode(STR("\0"), &length), 0);
    assert_int_equal(decode(STR("\x7f"), &length), 0x7f);
    assert_int_equal(decode(STR("\xc2\x80"), &length), 0x80);
    assert_int_equal(decode(STR("\xdf\xbf"), &length), 0x7ff);
    assert_int_equal(decode(STR("\xe0\xa0\x80"), &length), 0x800);
    assert_int_equal(decode(STR("\xef\xbf\xbf"), &length), 0xffff);
    assert_int_equal(decode(STR("\xf0\x90\x80\x80"), &length), 0x10000);
    assert_int_equal(decode(STR("\xf4\x8f\xbf\xbf"), &length), 0x10ffff);
    assert_int_equal(length, 4);
}

static void test_utf8_invalid(void **state)
{
    static const char *const invalid[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc2",
        "\xc2\x41",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xe2\x82",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5",
        "\xff",
        "\xf0\x90\x80",
    };
    size_t length;
    (void)state;
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        assert_true(decode(str_from(invalid[i]), &length) == UTF8_INVALID);
        assert_int_equal(length, 1);
        assert_false(utf8_is_valid(str_from(invalid[i])));
    }
}

/* What is encoded is decoded again, at each edge of a length. */
static void test_utf8_encode(void **state)
{
    (void)state;
    static const struct {
        uint32_t code_point;
        size_t length;
    } cases[] = {{0, 1},      {0x7f, 1},   {0x80, 2},   {0x7ff, 2},   {0x800, 3},
                 {0xd7ff, 3}, {0xe000, 3}, {0xffff, 3}, {0x10000, 4}, {0x10ffff, 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char bytes[UTF8_LONGEST];
        uint32_t decoded;
        size_t length = utf8_encode(cases[i].code_point, bytes);
        assert_int_equal(length, cases[i].length);
        assert_int_equal(utf8_decode((Str){.at = bytes, .len = length}, &decoded), length);
        assert_int_equal(decoded, cases[i].code_point);
    }
}

static void test_utf8_count(void **state)
{
    (void)state;
    assert_true(utf8_is_valid(STR("a\xc3\xa9\xf0\x9f\x98\x80")));
    assert_true(utf8_is_valid((Str){0}));
    assert_int_equal(utf8_count(STR("a\xc3\xa9\xf0\x9f\x98\x80")), 3);
    assert_int_equal(utf8_count(STR("\xff\xc3\xe2\x82")), 4);
    assert_int_equal(utf8_offset(STR("a\xc3\xa9z"), 2), 3);
    assert_int_equal(utf8_offset(STR("a\xc3\xa9z"), 9), 4);
    assert_int_equal(utf8_offset((Str){0}, 1), 0);
}

static void test_buffer(void **state)
{
    Buffer buffer = {0};
    (void)state;
    assert_int_equal(buffer_str(&buffer).len, 0);
    assert_string_equal(buffer_cstring(&buffer), "");
    buffer_append(&buffer, (Str){0});
    for (int i = 0; i < 1000; i++) {
        buffer_append(&buffer, STR("ab"));
        buffer_append_byte(&buffer, '\0');
        buffer_format(&buffer, "%d%s", i % 10, "");
    }
    assert_int_equal(buffer.len, 4000);
    assert_memory_equal(buffer.at + 3996, "ab\0009", 4);
    assert_int_equal(buffer_cstring(&buffer)[4000], '\0');
    buffer_clear(&buffer);
    assert_int_equal(buffer_str(&buffer).len, 0);
    buffer_format(&buffer, "%5000s", "x");
    assert_int_equal(buffer.len, 5000);
    buffer_free(&buffer);
    assert_null(buffer.at);
}

static void test_error(void **state)
{
    char text[3000];
    Error error;
    (void)state;
    memset(text, 'x', sizeof text);
    assert_false(error_set(&error, STR("a.sql"), (Position){3, 4}, "expected %s", "a name"));
    assert_string_equal(error.path, "a.sql");
    assert_string_equal(error.text, "expected a name");
    assert_int_equal(error.at.line, 3);
    error_set(&error, (Str){.at = text, .len = 2999}, (Position){0}, "%.2999s", text);
    assert_int_equal(strlen(error.path), sizeof error.path - 1);
    assert_int_equal(strlen(error.text), sizeof error.text - 1);
    error_set(&error, (Str){0}, (Position){0}, "no place");
    assert_string_equal(error.path, "");
}

static void check_printable(Str text, const char *expected)
{
    Buffer buffer = {0};
    text_append_printable(&buffer, text);
    assert_string_equal(buffer_cstring(&buffer), expected);
    buffer_free(&buffer);
}

static void test_printable(void **state)
{
    (void)state;
    check_printable((Str){0}, "");
    check_printable(STR("a\tb \xc3\xa9\xf0\x9f\x98\x80"), "a\tb \xc3\xa9\xf0\x9f\x98\x80");
    check_printable(STR("\x1b[31m\r\n\0\x7f"), "\\x1b[31m\\x0d\\x0a\\x00\\x7f");
    check_printable(STR("\xc2\x9b"
                        "2J"),
                    "\\xc2\\x9b2J");
    check_printable(STR("\xe2\x80\xae\xe2\x81\xa6"), "\\xe2\\x80\\xae\\xe2\\x81\\xa6");
    check_printable(STR("a\xff\xc3"), "a\\xff\\xc3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare),     cmocka_unit_test(test_find_anywhere),
        cmocka_unit_test(test_slices),      cmocka_unit_test(test_find),
        cmocka_unit_test(test_hash),        cmocka_unit_test(test_number),
        cmocka_unit_test(test_distance),    cmocka_unit_test(test_characters),
        cmocka_unit_test(test_utf8_decode), cmocka_unit_test(test_utf8_invalid),
        cmocka_unit_test(test_utf8_encode), cmocka_unit_test(test_utf8_count),
        cmocka_unit_test(test_buffer),      cmocka_unit_test(test_error),
        cmocka_unit_test(test_printable),   cmocka_unit_test(test_lists),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
