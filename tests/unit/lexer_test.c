#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lexer/lexer.h"

#include "base/banned.h"

#define assert_str(actual, expected) assert_true(str_equal((actual), STR(expected)))

static LexFile lex(Arena *arena, const char *language, Str text)
{
    const Language *found = language_named(str_from(language));
    assert_non_null(found);
    return lexer_read(arena, found, text);
}

/* The source of string number `number` (from 0), nested ones included. */
static uint32_t string_at(const LexFile *file, unsigned number)
{
    for (uint32_t i = 0; i < file->count; i++) {
        if (file->tokens[i].kind == LEX_STRING && number-- == 0) {
            return i;
        }
    }
    fail_msg("no such string");
    return 0;
}

static void test_children(void **state)
{
    Arena *arena = arena_new();
    LexFile file = lex(arena, "kotlin", STR("q(\"a ${b(\"c\")} d\") + e"));
    uint32_t string = string_at(&file, 0);
    (void)state;
    assert_true(lexer_is(&file, 0, STR("q")) && file.tokens[0].first);
    assert_true(lexer_is(&file, 1, STR("(")) && file.tokens[1].joined);
    assert_int_equal(string, 2);
    uint32_t behind = lexer_next(&file, string);
    assert_true(lexer_is(&file, behind, STR(")")));
    assert_str(lexer_source(&file, string), "\"a ${b(\"c\")} d\"");

    uint32_t first, end;
    Range contents = lexer_contents(&file, string, &first, &end);
    assert_int_equal(contents.start, 3);
    assert_int_equal(end, behind);
    assert_int_equal(file.tokens[first].kind, LEX_PIECE);
    uint32_t hole = lexer_next(&file, first);
    assert_int_equal(file.tokens[hole].kind, LEX_HOLE);
    assert_str(lexer_source(&file, hole), "b(\"c\")");
    assert_true(lexer_is(&file, hole + 1, STR("b")));
    uint32_t last = lexer_next(&file, hole);
    assert_str(lexer_source(&file, last), " d");
    assert_int_equal(lexer_next(&file, last), end);

    LexText text = lexer_decode(arena, &file, string);
    assert_str(text.text, "a  d");
    assert_int_equal(text.hole_count, 1);
    assert_int_equal(text.holes[0].at, 2);
    assert_int_equal(text.holes[0].token, hole);
    arena_free(arena);
}

static void test_heredoc(void **state)
{
    Arena *arena = arena_new();
    LexFile file = lex(arena, "ruby", STR("f(<<~A, 1)\n  x #{y}\n    z\nA\ng\n"));
    uint32_t opener = 2;
    uint32_t seen = 0;
    (void)state;
    assert_true(file.tokens[opener].heredoc);
    assert_str(lexer_source(&file, opener), "<<~A");
    assert_str(lexer_decode(arena, &file, opener).text, "x \n  z\n");
    /* f ( <<~A , 1 ) g: the body is passed over. */
    for (uint32_t i = 0; i < file.count; i = lexer_next(&file, i)) {
        seen++;
    }
    assert_int_equal(seen, 7);
    arena_free(arena);
}

static void check_span(LexText text, size_t index, uint32_t sql, uint32_t file)
{
    assert_true(index < text.span_count);
    assert_int_equal(text.spans[index].sql, sql);
    assert_int_equal(text.spans[index].file, file);
}

static void test_positions(void **state)
{
    Arena *arena = arena_new();
    LexFile file = lex(arena, "java", STR("x = \"\"\"\r\n   \xc3\xa9\\tb  \r\n    c\"\"\";"));
    LexText text = lexer_decode(arena, &file, string_at(&file, 0));
    (void)state;
    assert_str(text.text, "\xc3\xa9\tb\n c");
    assert_int_equal(text.span_count, 4);
    check_span(text, 0, 0, 12); /* e acute and the escape, whose first byte it maps to */
    check_span(text, 1, 3, 16); /* b */
    check_span(text, 2, 4, 20); /* the line end, without its blanks and \r */
    check_span(text, 3, 5, 24); /* behind the indentation */
    arena_free(arena);
}

static void test_comments(void **state)
{
    Arena *arena = arena_new();
    LexFile file = lex(arena, "go", STR("a // b \"c\"\nd /* e */ f"));
    (void)state;
    assert_int_equal(file.count, 3);
    assert_int_equal(file.comment_count, 2);
    assert_int_equal(file.comments[0].start, 2);
    assert_int_equal(file.comments[0].end, 10);
    assert_int_equal(file.comments[1].end, 20);
    assert_true(file.tokens[1].first && !file.tokens[2].first && !file.tokens[2].joined);
    arena_free(arena);
}

static void test_operators(void **state)
{
    Arena *arena = arena_new();
    static const char *const operators[] = {"+=",  "=>",   "->", "::", ":=", "<>", "..",  "...",
                                            "===", "?\?=", "|>", "<<", "<-", "=~", "<=>", "||="};
    (void)state;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        LexFile file = lex(arena, "go", arena_format(arena, "a %s b", operators[i]));
        assert_int_equal(file.count, 3);
        assert_true(lexer_is(&file, 1, str_from(operators[i])));
    }
    LexFile file = lex(arena, "java", STR("List<List<A>>x"));
    assert_int_equal(file.count, 8);
    assert_false(lexer_is(&file, 8, STR("x")));
    arena_free(arena);
}

/* Every language reads what follows a literal, a comment or a hole that is not closed. */
static void test_recovery(void **state)
{
    Arena *arena = arena_new();
    static const char *const beginnings[] = {"\"",    "'", "/* ",  "\"${",  "\"#{",
                                             "\"\\(", "`", "<<A ", "\"\"\""};
    (void)state;
    for (size_t i = 0; language_at(i); i++) {
        const Language *language = language_at(i);
        bool island = str_equal(language->name, STR("vue")) ||
                      str_equal(language->name, STR("svelte")) ||
                      str_equal(language->name, STR("mybatis")) ||
                      str_equal(language->name, STR("liquibase"));
        for (size_t k = 0; !island && k < sizeof beginnings / sizeof *beginnings; k++) {
            Str text =
                arena_format(arena, "%sx = %s\nreached\n",
                             str_equal(language->name, STR("php")) ? "<?php " : "", beginnings[k]);
            LexFile file = lexer_read(arena, language, text);
            bool reached = false;
            for (uint32_t t = 0; t < file.count; t = lexer_next(&file, t)) {
                reached |= lexer_is(&file, t, STR("reached"));
            }
            assert_true(reached);
        }
    }
    arena_free(arena);
}

/* Deep nesting costs neither the stack nor more than linear time. */
static void test_depth(void **state)
{
    Arena *arena = arena_new();
    enum { TIMES = 100000 };
    char *text = arena_take(arena, TIMES * 3);
    (void)state;
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(text + i * 3, "\"\\(", 3);
    }
    LexFile file = lex(arena, "swift", (Str){.at = text, .len = TIMES * 3});
    assert_true(file.count > 0);
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(text + i * 3, "`${", 3);
    }
    file = lex(arena, "typescript", (Str){.at = text, .len = TIMES * 3});
    assert_true(file.count > 0);
    arena_free(arena);
}

static void test_empty(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; language_at(i); i++) {
        assert_int_equal(lexer_read(arena, language_at(i), (Str){0}).count, 0);
        assert_int_equal(lexer_read(arena, language_at(i), STR("\xef\xbb\xbf")).count, 0);
    }
    arena_free(arena);
}

static void expect_language(const char *path, Str head, const char *name)
{
    const Language *language = language_of_file(str_from(path), head);
    if (!name) {
        assert_null(language);
        return;
    }
    assert_non_null(language);
    assert_true(str_equal(language->name, str_from(name)));
}

/* A mapper behind a comment of `size` bytes. */
static Str commented(char *text, size_t size)
{
    static const Str mapper = STR(" --><mapper namespace=\"a\"><select>");
    memset(text, '-', size);
    memcpy(text, "<!-- ", 5);
    memcpy(text + size, mapper.at, mapper.len);
    return (Str){.at = text, .len = size + mapper.len};
}

static void expect_long_comments(void)
{
    char *text = malloc(1 << 17);
    assert_non_null(text);
    Str path = STR("M.xml");
    for (size_t size = LANGUAGE_HEAD - 60; size < LANGUAGE_HEAD + 10; size++) {
        Str all = commented(text, size);
        Str head = str_slice(all, 0, LANGUAGE_HEAD);
        expect_language("M.xml", all, "mybatis");
        assert_true(language_wants_more(path, head) || language_of_file(path, head));
    }
    expect_language("M.xml", commented(text, LANGUAGE_FARTHEST - 100), "mybatis");
    expect_language("M.xml", commented(text, LANGUAGE_FARTHEST), NULL);
    memset(text, ' ', LANGUAGE_HEAD);
    memcpy(text, "<project>", 9);
    assert_false(language_wants_more(path, (Str){.at = text, .len = LANGUAGE_HEAD}));
    free(text);
}

static void test_languages(void **state)
{
    (void)state;
    expect_language("a/b.go", STR(""), "go");
    expect_language("a/B.PY", STR(""), "python");
    expect_language("a.b/Rakefile", STR(""), "ruby");
    expect_language("a.b/Other", STR(""), NULL);
    expect_language(".go", STR(""), NULL);
    expect_language("x.tsx", STR(""), "tsx");
    expect_language("x.d.ts", STR(""), "typescript");
    expect_language("x.sql", STR("#!/bin/sh\n"), NULL);
    expect_language("bin/run", STR("#!/bin/sh -e\n"), "shell");
    expect_language("bin/run", STR("#!/usr/bin/env -S A=b python3.11 -u\n"), "python");
    expect_language("bin/run", STR("#!\n"), NULL);
    expect_language("bin/run", STR("#!/usr/bin/env"), NULL);
    expect_language("pom.xml", STR("<project>"), NULL);
    expect_language("M.xml", STR("<?xml?><mapper namespace=\"a\">"), "mybatis");
    expect_language("M.XML", STR("\xef\xbb\xbf <!-- x -->\r\n<mapper\nnamespace='a'"), "mybatis");
    expect_language("M.xml", STR("<!DOCTYPE mapper PUBLIC \"-//mybatis.org//DTD Mapper 3.0//EN\""),
                    "mybatis");
    expect_language("c.xml", STR("<!DOCTYPE configuration PUBLIC \"-//mybatis.org//DTD Config"),
                    NULL);
    expect_language("c.xml", STR("<!-- <mapper namespace=\"a\"> --><project>"), NULL);
    expect_long_comments();
    expect_language("c.xml", STR("<?xml?>\n<databaseChangeLog\n xmlns='x'>"), "liquibase");
    expect_language("c.xml", STR("<lb:databaseChangeLog xmlns:lb='x'>"), "liquibase");
    expect_language("c.xml", STR("<databaseChangeLog>"), "liquibase");
    expect_language("c.xml", STR("<databaseChangeLogs>"), NULL);
    expect_language("c.xml", STR("<databaseChangeLog"), NULL);
    expect_language("c.xml", STR("<"), NULL);
    expect_language("c.xml", STR("<!-- <databaseChangeLog> --><project>"), NULL);
    expect_language("c.xml", STR("<mapper type=\"a\"><x namespace=\"b\">"), NULL);
    expect_language("c.xml", STR("<!-- "), NULL);
    expect_language("c.xml", STR(""), NULL);
    assert_null(language_named(STR("cobol")));
    assert_null(language_at(1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_children),  cmocka_unit_test(test_heredoc),
        cmocka_unit_test(test_positions), cmocka_unit_test(test_comments),
        cmocka_unit_test(test_operators), cmocka_unit_test(test_recovery),
        cmocka_unit_test(test_depth),     cmocka_unit_test(test_empty),
        cmocka_unit_test(test_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
