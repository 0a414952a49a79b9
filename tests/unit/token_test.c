#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "sql/token.h"

#include "base/banned.h"

/* The tokens of `sql`, separated by one blank: a letter for the kind, '!' if unterminated, and the
 * text. */
static void check_tokens(const char *sql, const char *expected)
{
    static const char kinds[] = "EWQSNPB_";
    Buffer actual = {0};
    Str text = str_from(sql);
    for (Token token = token_next(text, 0); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        assert_true(token.end > token.start && token.end <= text.len);
        if (actual.len) {
            buffer_append_byte(&actual, ' ');
        }
        if (token.kind != TOKEN_SYMBOL) {
            buffer_append_byte(&actual, kinds[token.kind]);
        }
        if (token.unterminated) {
            buffer_append_byte(&actual, '!');
        }
        buffer_append(&actual, str_slice(text, token.start, token.end));
    }
    assert_string_equal(buffer_cstring(&actual), expected);
    buffer_free(&actual);
}

static void test_strings(void **state)
{
    (void)state;
    check_tokens("'a''b' x", "S'a''b' Wx");
    check_tokens("'a\\' x", "S'a\\' Wx");
    check_tokens("E'a\\' x'", "SE'a\\' x'");
    check_tokens("e'a\\\\' x", "Se'a\\\\' Wx");
    check_tokens("E'a''b\\'' x", "SE'a''b\\'' Wx");
    check_tokens("b'01' X'fF' n'x'", "Sb'01' SX'fF' Sn'x'");
    check_tokens("ee'x'", "Wee S'x'");
    check_tokens("E 'x\\'", "WE S'x\\'");
    check_tokens("'a\nb'", "S'a\nb'");
    check_tokens("'a", "S!'a");
    check_tokens("E'a\\", "S!E'a\\");
    check_tokens("E'a\\'", "S!E'a\\'");
    check_tokens("''", "S''");
    check_tokens("'''", "S!'''");
}

static void test_unicode_prefix(void **state)
{
    (void)state;
    check_tokens("U&'a\\0061' u&\"b\\0062\"", "SU&'a\\0061' Qu&\"b\\0062\"");
    check_tokens("U&'a\\' x", "SU&'a\\' Wx");
    check_tokens("u & 'a'", "Wu & S'a'");
    check_tokens("U&x", "WU & Wx");
    check_tokens("\xc3\xa9t\xc3\xa9 x", "W\xc3\xa9t\xc3\xa9 Wx");
}

static void test_dollars(void **state)
{
    (void)state;
    check_tokens("$$a'b$$ x", "S$$a'b$$ Wx");
    check_tokens("$x$ $$ $y$ $x$ z", "S$x$ $$ $y$ $x$ Wz");
    check_tokens("$x$ $X$", "S!$x$ $X$");
    check_tokens("$$a$", "S!$$a$");
    check_tokens("$1 $23a", "P$1 P$23 Wa");
    check_tokens("$1$2", "P$1 P$2");
    check_tokens("a$1 a$b$", "Wa$1 Wa$b$");
    check_tokens("$\xc3\xa9$x$\xc3\xa9$", "S$\xc3\xa9$x$\xc3\xa9$");
    check_tokens("$x y$", "$ Wx Wy$");
    check_tokens("$", "$");
}

static void test_comments(void **state)
{
    (void)state;
    check_tokens("a -- 'b\nc", "Wa Wc");
    check_tokens("a --b\rc", "Wa Wc");
    check_tokens("a /* ' \" $$ */ b", "Wa Wb");
    check_tokens("a /* /* */ b */ c", "Wa Wc");
    check_tokens("a /*/* */*/ c", "Wa Wc");
    check_tokens("a /*/ b */ c", "Wa Wc");
    check_tokens("a -- /*\nb */", "Wa Wb * /");
    check_tokens("a /* -- */ b", "Wa Wb");
    check_tokens("'--' \"/*\" -- x", "S'--' Q\"/*\"");
    check_tokens("--", "");
    check_tokens("", "");
}

/* An operator ends where a comment begins. */
static void test_operators(void **state)
{
    (void)state;
    check_tokens("1+-- x\n2", "N1 + N2");
    check_tokens("a<--b\n c", "Wa < Wc");
    check_tokens("a*/*x*/b", "Wa * Wb");
    check_tokens("a->>'b'", "Wa - > > S'b'");
    check_tokens("a-b", "Wa - Wb");
    check_tokens("a::b[1:2]", "Wa : : Wb [ N1 : N2 ]");
    check_tokens("1.5e10 .5 1..2", "N1.5 We10 . N5 N1..2");
    check_tokens("\\d x \\; y", "B\\ Wd Wx B\\ ; Wy");
}

static void test_quoted_names(void **state)
{
    (void)state;
    check_tokens("\"a\"\"b\".\"c\"", "Q\"a\"\"b\" . Q\"c\"");
    check_tokens("\"a;--b\" c", "Q\"a;--b\" Wc");
    check_tokens("\"a", "Q!\"a");
    check_tokens("\"a\\\" b", "Q\"a\\\" Wb");
}

static void check_name(const char *sql, const char *expected)
{
    Arena *arena = arena_new();
    Str text = str_from(sql);
    Str name = token_name(arena, text, token_next(text, 0));
    assert_string_equal(name.at, expected);
    assert_int_equal(name.len, strlen(expected));
    arena_free(arena);
}

static void test_names(void **state)
{
    (void)state;
    check_name("FooBar", "foobar");
    check_name("\"FooBar\"", "FooBar");
    check_name("\"a\"\"b\"", "a\"b");
    check_name("\"a", "a");
    check_name("\xc3\x89T\xc3\x89", "\xc3\x89t\xc3\x89");
    check_name("x23456789012345678901234567890123456789012345678901234567890123456789",
               "x23456789012345678901234567890123456789012345678901234567890123");
    /* 62 bytes and a code point of two: not cut in its middle */
    check_name("x2345678901234567890123456789012345678901234567890123456789012\xc3\xa9",
               "x2345678901234567890123456789012345678901234567890123456789012");
}

static void check_find(const char *sql, const char *schema, const char *name, uint32_t start,
                       uint32_t end)
{
    Arena *arena = arena_new();
    Str parts[] = {str_from(schema), str_from(name)};
    size_t skipped = schema[0] ? 0 : 1;
    Range range = token_find_name(arena, str_from(sql), 0, parts + skipped, 2 - skipped);
    assert_int_equal(range.start, start);
    assert_int_equal(range.end, end);
    arena_free(arena);
}

static void test_find(void **state)
{
    (void)state;
    check_find("a.b", "a", "b", 0, 3);
    check_find("xa.b a.bx A . /* */ \"b\"", "a", "b", 10, 23);
    check_find("'a.b' a.b", "a", "b", 6, 9);
    check_find("\"A\".b", "a", "b", 0, 0);
    check_find("x.y", "", "y", 2, 3);
    check_find("a.", "a", "b", 0, 0);
    Range dotted = token_dotted_name(STR(" a . \"B\".c x"), 0);
    assert_int_equal(dotted.start, 1);
    assert_int_equal(dotted.end, 10);
    dotted = token_dotted_name(STR("1"), 0);
    assert_int_equal(dotted.start, dotted.end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),   cmocka_unit_test(test_unicode_prefix),
        cmocka_unit_test(test_dollars),   cmocka_unit_test(test_comments),
        cmocka_unit_test(test_operators), cmocka_unit_test(test_quoted_names),
        cmocka_unit_test(test_names),     cmocka_unit_test(test_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
