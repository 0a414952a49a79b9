#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "extract/sieve.h"
#include "source/lean.h"

#include "base/banned.h"

/* The statements of a script with their lines. */
static void describe(Arena *arena, const SourceText *source, Buffer *out)
{
    LineIndex lines = lines_index_gaps(arena, source->text, source->gaps, source->gap_count);
    PsqlVariables variables = {.arena = arena};
    Script script = script_open(source->text, &variables);
    ScriptStatement part;
    while (script_next(&script, arena, &part)) {
        Position start = lines_position(&lines, part.in_text.start);
        Position end = lines_position(&lines, part.in_text.end);
        Str line = lines_line(&lines, start.line);
        Str text = part.kind == SCRIPT_SQL ? part.sql.sql : part.path;
        buffer_format(out, "%u:%u-%u:%u %d%d %.*s\n%.*s\n", start.line, start.column, end.line,
                      end.column, part.unterminated, part.connected, (int)text.len, text.at,
                      (int)line.len, line.at);
    }
}

/* Reads `text` with windows of that many bytes: all statements must be as in the whole text.
 * Returns how many bytes were left out. */
static uint64_t read_in_windows(Str text, size_t window)
{
    Arena *arena = arena_new();
    Arena *scratch = arena_new();
    Sieve sieve;
    SourceSieve lean = sieve_for(&sieve, arena, scratch);
    SourceText source;
    Buffer whole = {0};
    Buffer actual = {0};
    int file = memfd_create("script", 0);
    assert_int_equal(write(file, text.at, text.len), text.len);
    lean.window = window;
    assert_true(source_read_lean(file, &lean, &source));
    assert_int_equal(source.text.len + source.left_out, text.len);
    describe(arena, &(SourceText){.text = text}, &whole);
    describe(arena, &source, &actual);
    if (!str_equal(buffer_str(&actual), buffer_str(&whole))) {
        fail_msg("window %zu of\n%.*s\ngives\n%s\nfor\n%s", window, (int)text.len, text.at,
                 buffer_cstring(&actual), buffer_cstring(&whole));
    }
    uint64_t left_out = source.left_out;
    source_close(&source);
    close(file);
    buffer_free(&whole);
    buffer_free(&actual);
    arena_free(scratch);
    arena_free(arena);
    return left_out;
}

/* The most that any window leaves out. */
static uint64_t check_text(Str text)
{
    static const size_t windows[] = {16, 17, 23, 32, 61, 64, 100, 256, 4096};
    uint64_t most = 0;
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        uint64_t left_out = read_in_windows(text, windows[i]);
        most = left_out > most ? left_out : most;
    }
    return most;
}

#define ROWS "1\tone\n2\t\\N\n3\tCOPYcat\n4\tit's; (\n"
#define MANY ROWS ROWS ROWS ROWS

static const struct {
    const char *text;
    unsigned left_out; /* bytes */
} cases[] = {
    {"", 0},
    {"SELECT 1;\n", 0},
    {"COPY a FROM stdin;\n" MANY "\\.\nSELECT 2;\n", sizeof MANY - 1},
    {"COPY a FROM STDIN WITH (FORMAT csv);\r\n" MANY "\\.\r\nSELECT 2;", sizeof MANY - 1},
    {"SELECT 1;\nCOPY a FROM stdin;\n" MANY "\\.\nCOPY b (x) FROM stdin;\n" MANY "\\.\n\nSELECT\n2",
     2 * (sizeof MANY - 1)},
    {"\xef\xbb\xbf-- here\nCOPY a FROM stdin;\n" MANY "\\.\nSELECT 2;", sizeof MANY - 1},
    {"COPY a FROM stdin;\n" MANY "\\.", sizeof MANY - 1},
    {"\\restrict abc\n\\connect shop\nCOPY a FROM stdin;\n" MANY
     "\\.\n\\unrestrict abc\nSELECT 2;\n",
     sizeof MANY - 1},
    {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\nCOPY a FROM "
     "stdin;\n" MANY "\\.\nSELECT 2;\n",
     sizeof MANY - 1},
    /* none, or data that are none */
    {"COPY a FROM stdin;\n\\.\nSELECT 2;\n", 0},
    {"COPY a FROM stdin;\nSELECT 2;\nSELECT 3;\n", 0},
    {"COPY a FROM stdin;\nSELECT 'x';\nCOPY b FROM stdin;\n" MANY "\\.\nSELECT 2;\n",
     sizeof MANY - 1},
    {"  COPY a FROM stdin;\nSELECT 'x';\n  COPY b FROM stdin;\nCOPY c FROM stdin\n", 0},
    {"COPY a FROM stdin;\n" MANY "COPY is a word\n\\.\nSELECT 2;\n", 0},
    {"COPY a TO stdout; -- stdin\n" MANY "\\.\nSELECT 2;\n", 0},
    /* where it is not certain */
    {"/* COPY a FROM stdin;\n" MANY "\\.\n*/ SELECT 2;\n", 0},
    {"SELECT 'COPY a FROM stdin;\n 1 2\n\\.\n'; SELECT 2;\n", 0},
    {"DO $$ BEGIN\nCOPY a FROM stdin;\nSELECT 3;\n\\.\nEND $$; SELECT 2;\n", 0},
    {"SELECT (1;\nCOPY a FROM stdin;\nSELECT 3;\n\\.\nSELECT 2;\n", 0},
    {"COPY a FROM stdin; SELECT 1;\n" MANY "\\.\nSELECT 2;\n", 0},
    {"COPY a FROM stdin; /* 1\n" MANY "\\.\n*/ SELECT 2;\n", 0},
    {"COPY a FROM stdin\\; COPY b FROM stdin;\n" MANY "\\.\n" MANY "\\.\nSELECT 2;\n", 0},
    {"\\copy a from stdin\n" MANY "\\.\nCOPY b FROM stdin;\n" MANY "\\.\nSELECT 2;\n",
     sizeof MANY - 1},
    {"\\set x y\nCOPY :x FROM stdin;\n" MANY "\\.\nSELECT 2;\n", 0},
    {"\\if 1\nCOPY a FROM stdin;\n" MANY "\\.\n\\endif\nSELECT 2;\n", 0},
    {"\\i other.sql\nCOPY a FROM stdin;\n" MANY "\\.\nSELECT 2;\n", 0},
    {"SELECT {{ x;\nCOPY a FROM stdin;\n" MANY "\\.\n}} SELECT 2;\n", 0},
    {"SELECT ${x};\nCOPY a FROM stdin;\n" MANY "\\.\nSELECT 2;\n", 0},
    {"-- +goose Up\nCOPY a FROM stdin;\n" MANY "\\.\nSELECT 2;\n", 0},
    {"--! include a.sql\nCOPY a FROM stdin;\n" MANY "\\.\nSELECT 2;\n", 0},
    {"#!/bin/sh\n;COPY a FROM stdin;\n" MANY "\\.\nSELECT 2;\n", 0},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t left_out = check_text(str_from(cases[i].text));
        if (left_out != cases[i].left_out) {
            fail_msg("of\n%s\n%llu bytes were left out, not %u", cases[i].text,
                     (unsigned long long)left_out, cases[i].left_out);
        }
    }
}

/* Pieces in any order: what is left out is always what script.c jumps over. */
static void test_pieces(void **state)
{
    static const Str pieces[] = {
        STR("COPY a FROM stdin;\n"),
        STR("copy b (x, y) from STDIN;\n"),
        STR("\\.\n"),
        STR(ROWS),
        STR("SELECT 1;\n"),
        STR("  COPY c FROM stdin;\n"),
        STR("'"),
        STR("$$"),
        STR("/*"),
        STR("*/"),
        STR("("),
        STR(")"),
        STR(";"),
        STR("-- stdin\n"),
        STR("COPY d FROM Stdin;\n"),
        STR("\n"),
        STR("\\copy e from stdin\n"),
        STR("{{"),
        STR("}}"),
        STR("COPY f FROM stdin\\;"),
        STR("BEGIN ATOMIC "),
        STR("CREATE FUNCTION f() "),
        STR("END;\n"),
        STR("\\.\r\n"),
        STR("\\. \n"),
        STR("\\.x\n"),
        STR("INSERT INTO t VALUES ('COPY x FROM stdin;\n');\n"),
        STR("\\set v 'x;'\n"),
        STR(":v"),
        STR("COPY g FROM stdin"),
        STR("\\r\n"),
        STR("\\echo it's\n"),
        STR("\xc3\xa9\xff\n"),
        STR("COPY h FROM stdin; -- x\n"),
        STR("COPY i FROM stdout;\n"),
    };
    uint32_t random = 12345;
    uint64_t left_out = 0;
    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        Buffer text = {0};
        random = random * 1664525u + 1013904223u;
        for (size_t left = 2 + (random >> 8) % 14; left; left--) {
            random = random * 1664525u + 1013904223u;
            size_t count = sizeof pieces / sizeof *pieces;
            size_t most = i % 2 ? count : 6; /* those of dumps alone */
            buffer_append(&text, pieces[(random >> 8) % most]);
        }
        left_out += read_in_windows(buffer_str(&text), 16 + i % 64);
        buffer_free(&text);
    }
    assert_true(left_out > 10000);
}

/* The quick scan finds what the slow one does, wherever it stands. */
static void test_scan(void **state)
{
    char text[256];
    (void)state;
    for (size_t at = 0; at < 200; at++) {
        for (size_t from = 0; from < 40; from++) {
            memset(text, 'x', sizeof text);
            text[at] = '\n';
            text[at + 1] = at % 2 ? '\\' : 'C';
            text[at + 2] = at % 2 ? '.' : 'o';
            text[at / 2] = '\n';
            uint64_t lines = 0;
            size_t found = source_scan_data(text, from, 220, &lines);
            assert_int_equal(found, from <= at ? at : 220);
            assert_int_equal(lines, (from <= at) + (at / 2 != at && from <= at / 2));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_scan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
