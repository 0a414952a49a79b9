#include "extract/marker.h"

#include <string.h>

#include "sql/token.h"

#include "base/banned.h"

typedef enum {
    LINE_OTHER,
    LINE_SEPARATES, /* ends the statement before it */
    LINE_ROLLBACK,  /* SQL follows the marker */
    LINE_CHECK,     /* SQL follows the marker and its settings */
} LineKind;

/* What a comment line begins with, blanks behind the dashes aside. */
static const struct {
    Str start;
    LineKind kind;
} markers[] = {
    {STR("+goose"), LINE_SEPARATES},        {STR("+migrate"), LINE_SEPARATES},
    {STR("migrate:up"), LINE_SEPARATES},    {STR("migrate:down"), LINE_SEPARATES},
    {STR("changeset "), LINE_SEPARATES},    {STR("liquibase formatted"), LINE_SEPARATES},
    {STR("rollback "), LINE_ROLLBACK},      {STR("name:"), LINE_SEPARATES},
    {STR("preconditions"), LINE_SEPARATES}, {STR("precondition-sql-check "), LINE_CHECK},
};

/* Rollbacks that are no SQL. */
static const Str no_rollbacks[] = {STR("empty"), STR("not required"), STR("changesetId:"),
                                   STR("changeSetId:")};

/* Without the dashes of a comment line; empty for any other line. */
static Str comment_of(Str line)
{
    Str text = str_trim(line);
    return str_starts_with(text, STR("--")) ? str_trim(str_slice(text, 2, text.len)) : (Str){0};
}

/* "name: get-user", "name: GetUser :one": one word, and how it is run. */
static bool is_query_name(Str comment)
{
    Str rest = str_trim(str_slice(comment, 5, comment.len));
    size_t words = rest.len > 0;
    for (size_t i = 0; i < rest.len; i++) {
        words += char_is_space(rest.at[i]) && !char_is_space(rest.at[i + 1]);
    }
    return words == 1 || (words == 2 && memchr(rest.at, ':', rest.len) != NULL);
}

static LineKind kind_of_line(Str line, bool liquibase)
{
    Str comment = comment_of(line);
    if (!comment.len) {
        return LINE_OTHER;
    }
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        bool starts = str_starts_with(comment, markers[i].start);
        if (starts && str_equal(markers[i].start, STR("name:"))) {
            return is_query_name(comment) ? LINE_SEPARATES : LINE_OTHER;
        }
        if (starts) {
            return markers[i].kind != LINE_SEPARATES && !liquibase ? LINE_OTHER : markers[i].kind;
        }
    }
    return LINE_OTHER;
}

/* Only the comments above the first statement can say that the markers mean something. */
static bool has_marker(Str text, bool *liquibase)
{
    size_t mark = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    Str head = str_slice(text, mark, token_next(text, mark).start);
    bool found = false;
    *liquibase = str_find(head, STR("liquibase formatted sql")) < head.len;
    for (size_t at = 0; at < head.len && !found;) {
        size_t end = str_find_byte(head, '\n', at);
        found = kind_of_line(str_slice(head, at, end), *liquibase) != LINE_OTHER;
        at = end + 1;
    }
    return found;
}

bool marker_is_on(Str text)
{
    bool liquibase;
    return has_marker(text, &liquibase);
}

static void blank(char *at, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        at[i] = at[i] == '\r' ? '\r' : ' ';
    }
}

/* The marker of `--rollback SQL` is blanked; the first one of several lines ends the statement
 * before it. */
static void apply_rollback(char *line, size_t length, bool first)
{
    Str text = {.at = line, .len = length};
    size_t start = str_find(text, STR("rollback ")) + 9;
    Str sql = str_trim(str_slice(text, start, text.len));
    for (size_t i = 0; i < sizeof no_rollbacks / sizeof *no_rollbacks; i++) {
        start = str_starts_with(sql, no_rollbacks[i]) ? length : start;
    }
    blank(line, start);
    if (first) {
        line[0] = ';';
    }
}

/* `--precondition-sql-check expectedResult:0 SELECT …` */
static void apply_check(char *line, size_t length)
{
    Str text = {.at = line, .len = length};
    size_t start = str_find(text, STR("-check ")) + 7;
    for (;;) {
        size_t space = str_find_byte(text, ' ', start);
        size_t colon = str_find_byte(text, ':', start);
        if (colon >= space || space >= length) {
            break;
        }
        start = space + 1;
    }
    blank(line, start);
    line[0] = ';';
}

/* endDelimiter:X of a changeset, if X is a text and not a pattern. */
static Str delimiter_of(Str line)
{
    static const Str key = STR("endDelimiter:");
    size_t at = str_find(line, key);
    if (at >= line.len) {
        return (Str){0};
    }
    Str value = str_slice(line, at + key.len, line.len);
    size_t end = 0;
    while (end < value.len && !char_is_space(value.at[end])) {
        end++;
    }
    value.len = end;
    bool pattern = str_find_byte(value, '\\', 0) < value.len;
    return pattern ? STR("/") : value; /* "\n/\s*\n": a slash on its own, in all practice */
}

/* A line that is the changeset's delimiter and nothing else. */
static void apply_delimiter(char *line, size_t length, Str delimiter)
{
    Str text = str_trim((Str){.at = line, .len = length});
    if (delimiter.len && str_equal_nocase(text, delimiter)) {
        blank(line, length);
        line[0] = ';';
    }
}

Str marker_apply(Arena *arena, Str text)
{
    bool liquibase;
    if (!has_marker(text, &liquibase)) {
        return text;
    }
    char *copy = (char *)arena_copy(arena, text).at;
    Str delimiter = {0};
    LineKind before = LINE_OTHER;
    for (size_t at = 0; at < text.len;) {
        size_t end = str_find_byte(text, '\n', at);
        Str line = str_slice(text, at, end);
        LineKind kind = kind_of_line(line, liquibase);
        if (before >= LINE_ROLLBACK && kind != before) {
            copy[at - 1] = ';'; /* the line end: what the marker holds ends with its lines */
        }
        if (kind == LINE_SEPARATES) {
            delimiter = liquibase ? delimiter_of(line) : delimiter;
            blank(copy + at, line.len);
            copy[at] = ';';
        } else if (kind == LINE_ROLLBACK) {
            apply_rollback(copy + at, line.len, before != LINE_ROLLBACK);
        } else if (kind == LINE_CHECK) {
            apply_check(copy + at, line.len);
        } else {
            apply_delimiter(copy + at, line.len, delimiter);
        }
        before = kind;
        at = end + 1;
    }
    return (Str){.at = copy, .len = text.len};
}
