#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "extract/script.h"

#include "base/banned.h"

static void append_squeezed(Buffer *buffer, Str sql)
{
    bool blank = false;
    for (size_t i = 0; i < sql.len; i++) {
        if (char_is_space(sql.at[i])) {
            blank = true;
        } else {
            if (blank) {
                buffer_append_byte(buffer, ' ');
            }
            buffer_append_byte(buffer, sql.at[i]);
            blank = false;
        }
    }
}

/* The statements of a script, each run of white space as one blank, separated by " | "; '!' before
 * one that ends inside a quote, '@' before the first one of a connection. */
static void check_script(const char *text, const char *expected)
{
    Arena *arena = arena_new();
    Buffer actual = {0};
    Str whole = str_from(text);
    PsqlVariables script_variables = {.arena = arena};
    Script script = script_open(whole, &script_variables);
    ScriptStatement statement;
    uint32_t behind = 0;
    while (script_next(&script, arena, &statement)) {
        assert_true(statement.in_text.start >= behind && statement.in_text.end <= whole.len);
        assert_int_equal(statement.sql.sql.at[statement.sql.sql.len], '\0');
        behind = statement.in_text.end;
        buffer_append(&actual, actual.len ? STR(" | ") : STR(""));
        buffer_append(&actual, statement.unterminated ? STR("!") : STR(""));
        buffer_append(&actual, statement.connected ? STR("@") : STR(""));
        append_squeezed(&actual, statement.sql.sql);
    }
    assert_string_equal(buffer_cstring(&actual), expected);
    buffer_free(&actual);
    arena_free(arena);
}

static void test_plain(void **state)
{
    (void)state;
    check_script("", "");
    check_script(";;\n; -- nothing\n", "");
    check_script("\xef\xbb\xbfSELECT 1", "SELECT 1");
    check_script("SELECT 1; SELECT 2", "SELECT 1 | SELECT 2");
    check_script("SELECT ';'; SELECT \";\"; SELECT $a$;$a$; SELECT E'\\';'; x",
                 "SELECT ';' | SELECT \";\" | SELECT $a$;$a$ | SELECT E'\\';' | x");
    check_script("SELECT 1 -- a;\n+ 2 /* ; /* ; */ ; */ ;x", "SELECT 1 + 2 | x");
    check_script("SELECT 1;\nSELECT 'a;\nSELECT 2;\n", "SELECT 1 | !SELECT 'a; SELECT 2;");
    check_script("SELECT $x$;SELECT 2;", "!SELECT $x$;SELECT 2;");
    check_script("SELECT \"a;", "!SELECT \"a;");
    check_script("SELECT 1;\r\nSELECT 2;\r\n", "SELECT 1 | SELECT 2");
}

static void test_parentheses(void **state)
{
    (void)state;
    check_script("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); x",
                 "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2) | x");
    check_script("SELECT ((1;2);3); x", "SELECT ((1;2);3) | x");
    check_script("SELECT 1); x", "SELECT 1) | x");
    check_script("SELECT '(' ; x", "SELECT '(' | x");
    /* One that is never closed costs no more than its statement. */
    check_script("a; SELECT (1; b; SELECT (2); c", "a | SELECT (1 | b | SELECT (2) | c");
}

static void test_atomic(void **state)
{
    (void)state;
    check_script("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; x",
                 "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END | x");
    check_script(
        "CREATE OR REPLACE PROCEDURE f()\nbegin atomic\nSELECT CASE WHEN a THEN CASE b WHEN 1 "
        "THEN 2 END END; SELECT 2; end; x",
        "CREATE OR REPLACE PROCEDURE f() begin atomic SELECT CASE WHEN a THEN CASE b WHEN 1 "
        "THEN 2 END END; SELECT 2; end | x");
    check_script("CREATE FUNCTION f(begin int, atomic int) RETURNS int LANGUAGE sql AS 'x;'; y",
                 "CREATE FUNCTION f(begin int, atomic int) RETURNS int LANGUAGE sql AS 'x;' | y");
    check_script(
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT \"end\"; SELECT 'end;'; END; x",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT \"end\"; SELECT 'end;'; END | x");
    check_script("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END; x",
                 "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END | x");
    /* BEGIN is a transaction's elsewhere. */
    check_script("BEGIN; ATOMIC; END; x", "BEGIN | ATOMIC | END | x");
    check_script("CREATE TABLE t(a int); BEGIN; COMMIT", "CREATE TABLE t(a int) | BEGIN | COMMIT");
    check_script("DO $$ BEGIN a; END $$; x", "DO $$ BEGIN a; END $$ | x");
    /* A body that is never closed does not hide the rest. */
    check_script("CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; x; y",
                 "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1 | x | y");
}

static void test_commands(void **state)
{
    (void)state;
    check_script("\\set x 1\nSELECT 1;\n\\echo 'it''s; \\q\nSELECT 2;", "SELECT 1 | SELECT 2");
    check_script("\\pset null '(null)'\nSELECT 1;", "SELECT 1");
    check_script("SELECT 1\n\\echo between;\n+ 2;\nx", "SELECT 1 + 2 | x");
    check_script("SELECT 1 \\g\nSELECT 2 \\gx out.txt\nSELECT 3 \\gset pre_\nx",
                 "SELECT 1 | SELECT 2 | SELECT 3 | x");
    check_script("SELECT 'SELECT 1' \\gexec\nx", "SELECT 'SELECT 1' | x");
    check_script("SELECT 1 \\r\nSELECT 2;", "SELECT 2");
    check_script("SELECT 1 \\watch 5\nx", "SELECT 1 | x");
    check_script("SELECT 1\\; SELECT 2; x", "SELECT 1 | SELECT 2 | x");
    check_script("SELECT ARRAY[1,2][1\\:2]; x", "SELECT ARRAY[1,2][1 :2] | x");
    check_script("SELECT 1; \\c other\nSELECT 2; SELECT 3;", "SELECT 1 | @SELECT 2 | SELECT 3");
    check_script("\\connect - user\nSELECT 2;", "@SELECT 2");
    check_script("\\echo a \\\\ SELECT 1;", "SELECT 1");
    check_script("SELECT E'\\n\\;'; x", "SELECT E'\\n\\;' | x");
}

static void test_copy(void **state)
{
    (void)state;
    check_script("COPY t FROM stdin;\n1\t';\n\\.\nSELECT 1;", "COPY t FROM stdin | SELECT 1");
    check_script("COPY t (a, b) FROM STDIN WITH (FORMAT csv);\n\"a;\n\\.\nx",
                 "COPY t (a, b) FROM STDIN WITH (FORMAT csv) | x");
    check_script("COPY t FROM stdin;\r\n1\r\n\\.\r\nx;", "COPY t FROM stdin | x");
    check_script("COPY t FROM stdin;\n\\.\nx;", "COPY t FROM stdin | x");
    check_script("COPY t FROM stdin;\n1\n\\.", "COPY t FROM stdin");
    check_script("COPY t FROM '/tmp/x'; x", "COPY t FROM '/tmp/x' | x");
    check_script("COPY t TO stdout; x", "COPY t TO stdout | x");
    check_script("COPY (SELECT a FROM stdin) TO stdout; x",
                 "COPY (SELECT a FROM stdin) TO stdout | x");
    check_script("COPY t FROM stdin; SELECT 1;\n1\n\\.\nx", "COPY t FROM stdin | SELECT 1 | x");
    check_script("COPY t FROM stdin\\; COPY u FROM stdin;\n1\n\\.\n2\n\\.\nx",
                 "COPY t FROM stdin | COPY u FROM stdin | x");
    /* No data at all: nothing is skipped. */
    check_script("COPY t FROM stdin;\nSELECT 1;\nSELECT 2;",
                 "COPY t FROM stdin | SELECT 1 | SELECT 2");
    check_script("\\copy t from 'x.csv' csv\nSELECT 1;", "copy t from stdin | SELECT 1");
}

static void check_same_fingerprint(const char *left, const char *right, bool same)
{
    Arena *arena = arena_new();
    PsqlVariables a_variables = {.arena = arena};
    Script a = script_open(str_from(left), &a_variables);
    PsqlVariables b_variables = {.arena = arena};
    Script b = script_open(str_from(right), &b_variables);
    ScriptStatement first;
    ScriptStatement second;
    assert_true(script_next(&a, arena, &first));
    assert_true(script_next(&b, arena, &second));
    assert_int_equal(first.fingerprint == second.fingerprint, same);
    arena_free(arena);
}

static void test_fingerprint(void **state)
{
    (void)state;
    check_same_fingerprint("SELECT a FROM b", "select  A\nFROM /* x */ b -- y", true);
    check_same_fingerprint("SELECT 1, 'x', $1", ";;\nSELECT 22, $$y$$, $2;", true);
    check_same_fingerprint("SELECT a FROM b", "SELECT a FROM c", false);
    check_same_fingerprint("SELECT ab", "SELECT a b", false);
}

/* Positions: byte i of the statement is byte start + i of the text, whatever was blanked. */
static void test_positions(void **state)
{
    static const char text[] = "-- a\n  SELECT /* b */ 1\n\\echo x\n, 2;";
    Arena *arena = arena_new();
    PsqlVariables script_variables = {.arena = arena};
    Script script = script_open(str_from(text), &script_variables);
    ScriptStatement statement;
    (void)state;
    assert_true(script_next(&script, arena, &statement));
    assert_int_equal(statement.in_text.start, 7);
    assert_int_equal(statement.sql.sql.len, statement.in_text.end - statement.in_text.start);
    for (size_t i = 0; i < statement.sql.sql.len; i++) {
        char byte = statement.sql.sql.at[i];
        assert_true(char_is_space(byte) || byte == text[statement.in_text.start + i]);
    }
    assert_false(script_next(&script, arena, &statement));
    assert_false(script_next(&script, arena, &statement));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),     cmocka_unit_test(test_parentheses),
        cmocka_unit_test(test_atomic),    cmocka_unit_test(test_commands),
        cmocka_unit_test(test_copy),      cmocka_unit_test(test_fingerprint),
        cmocka_unit_test(test_positions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
