#include "check/suppress.h"

#include <string.h>

#include "base/array.h"
#include "check/suppress_parse.h"
#include "sql/token.h"

#include "base/banned.h"

/* What reading one script needs. */
typedef struct {
    Arena *arena;
    Str text;
    char *copy; /* what `text` is once a body in quotes was met */
    const LineIndex *lines;
    const ScriptLayout *layout;
    size_t statement; /* the first one that does not end before what is read */
    size_t data;
    size_t of_text; /* the first string that does not end before what is read */
    bool host;      /* the comment is the host language's */
    Range part;     /* the last one of a body: many comments may stand before one semicolon */
    ARRAY(Suppression) found;
} Scan;

static const Str marker = STR("ringfence:allow");

bool suppress_is_worth(Str text)
{
    return str_find(text, marker) < text.len;
}

/* The statement that a comment at `at` is for; an empty range behind the last one. */
static Range statement_at(Scan *scan, uint32_t at)
{
    const ScriptLayout *layout = scan->layout;
    while (scan->statement < layout->statement_count &&
           layout->statements[scan->statement].end <= at) {
        scan->statement++;
    }
    return scan->statement < layout->statement_count ? layout->statements[scan->statement]
                                                     : (Range){at, at};
}

/* The same for the string that a comment of the host language is for. */
static Range text_at(Scan *scan, uint32_t at)
{
    const ScriptLayout *layout = scan->layout;
    while (scan->of_text < layout->text_count && layout->texts[scan->of_text].end <= at) {
        scan->of_text++;
    }
    return scan->of_text < layout->text_count ? layout->texts[scan->of_text] : (Range){at, at};
}

/* What follows `at` up to the next semicolon, but not behind `end`. */
static Range part_at(Scan *scan, uint32_t at, uint32_t end)
{
    Str body = str_slice(scan->text, 0, end);
    Token token = {.start = scan->part.end};
    if (at < scan->part.start || at > scan->part.end) {
        token = token_next(body, at);
    }
    while (token.end && token.kind != TOKEN_END && !token_is_symbol(body, token, ';')) {
        token = token_next(body, token.end);
    }
    scan->part = (Range){at, token.start};
    return scan->part;
}

/* Reads the line [start, end) of a comment. `body` is the dollar quote around it; empty: none. */
static void scan_line(Scan *scan, uint32_t start, uint32_t end, Range body)
{
    bool whole_file;
    Suppression suppression = {0};
    while (start < end && (char_is_space(scan->text.at[start]) || scan->text.at[start] == '*')) {
        start++;
    }
    while (end > start && char_is_space(scan->text.at[end - 1])) {
        end--;
    }
    if (!suppress_parse(scan->arena, str_slice(scan->text, start, end), &suppression,
                        &whole_file)) {
        return;
    }
    Range scope = whole_file              ? (Range){0, (uint32_t)scan->text.len}
                  : body.end > body.start ? part_at(scan, end, body.end)
                  : scan->host            ? text_at(scan, start)
                                          : statement_at(scan, start);
    suppression.place =
        (Place){lines_position(scan->lines, start), lines_position(scan->lines, end)};
    suppression.from = lines_position(scan->lines, scope.start);
    suppression.to = lines_position(scan->lines, scope.end);
    suppression.to.column += whole_file;
    array_push(scan->arena, &scan->found, suppression);
}

static uint32_t block_comment_end(Str text, uint32_t at, uint32_t end)
{
    size_t depth = 0;
    for (; at + 1 < end; at++) {
        bool opens = text.at[at] == '/' && text.at[at + 1] == '*';
        bool closes = text.at[at] == '*' && text.at[at + 1] == '/';
        depth += opens;
        depth -= closes;
        if (closes && depth == 0) {
            return at + 2;
        }
        at += opens || closes;
    }
    return end;
}

static void scan_block_comment(Scan *scan, uint32_t start, uint32_t end, Range body)
{
    Str text = str_slice(scan->text, 0, end);
    uint32_t last = str_ends_with(text, STR("*/")) ? end - 2 : end;
    for (uint32_t at = start + 2; at < last;) {
        uint32_t line_end = (uint32_t)str_find_byte(str_slice(text, 0, last), '\n', at);
        scan_line(scan, at, line_end, body);
        at = line_end + 1;
    }
}

/* Reads the comments between two tokens. */
static void scan_gap(Scan *scan, uint32_t at, uint32_t end, Range body)
{
    Str text = scan->text;
    while (at + 1 < end) {
        if (text.at[at] == '-' && text.at[at + 1] == '-') {
            uint32_t start = at + 2;
            while (at < end && text.at[at] != '\n' && text.at[at] != '\r') {
                at++;
            }
            scan_line(scan, start, at, body);
        } else if (text.at[at] == '/' && text.at[at + 1] == '*') {
            uint32_t start = at;
            at = block_comment_end(text, at, end);
            scan_block_comment(scan, start, at, body);
        } else {
            at++;
        }
    }
}

static bool holds_marker(const Scan *scan, Range body)
{
    Str inside = str_slice(scan->text, body.start, body.end);
    return str_find(inside, marker) < inside.len;
}

/* The comments of a routine's body. What is quoted in it again is not looked into. */
static void scan_body(Scan *scan, Range body)
{
    Str inside = str_slice(scan->text, 0, body.end);
    for (uint32_t at = body.start; at < body.end;) {
        Token token = token_next(inside, at);
        scan_gap(scan, at, token.start, body);
        at = token.kind == TOKEN_END ? body.end : token.end;
    }
}

/* What stands between the quotes that are `opened` bytes long at the front. */
static Range inside_of(Token quote, uint32_t opened, uint32_t closed)
{
    Range body = {quote.start + opened, quote.end - closed};
    return quote.unterminated || body.end < body.start
               ? (Range){body.start < quote.end ? body.start : quote.end, quote.end}
               : body;
}

/* Escapes of a string, so that its text can be read where it stands: of `''` one quote is left, of
 * `\n` the line end. */
static void undo_escapes(char *at, const char *end, bool backslashes)
{
    for (; at + 1 < end; at++) {
        bool escape = backslashes && at[0] == '\\';
        if (escape || (at[0] == '\'' && at[1] == '\'')) {
            at[0] = ' ';
            at[1] = escape && at[1] == 'n' ? '\n' : at[1];
            at++;
        }
    }
}

/* A body in single quotes. */
static void scan_quoted_body(Scan *scan, Token quote)
{
    uint32_t opened = (uint32_t)str_find_byte(scan->text, '\'', quote.start) + 1 - quote.start;
    Range body = inside_of(quote, opened, 1);
    if (!holds_marker(scan, body)) {
        return;
    }
    if (!scan->copy) {
        scan->copy = (char *)arena_copy(scan->arena, scan->text).at;
        scan->text.at = scan->copy;
    }
    char prefix = scan->text.at[quote.start];
    undo_escapes(scan->copy + body.start, scan->copy + body.end, prefix == 'e' || prefix == 'E');
    scan_body(scan, body);
}

/* A string in quotes is a body behind AS, DO and DO LANGUAGE name. */
static void scan_token(Scan *scan, Token token, const Token before[2])
{
    if (token.kind == TOKEN_STRING && scan->text.at[token.start] == '$') {
        Str rest = str_slice(scan->text, 0, token.end);
        uint32_t opened = (uint32_t)str_find_byte(rest, '$', token.start + 1) + 1 - token.start;
        Range body = inside_of(token, opened, opened);
        if (holds_marker(scan, body)) {
            scan_body(scan, body);
        }
    } else if (token.kind == TOKEN_STRING &&
               (token_is_word(scan->text, before[0], STR("as")) ||
                token_is_word(scan->text, before[0], STR("do")) ||
                token_is_word(scan->text, before[1], STR("language")))) {
        scan_quoted_body(scan, token);
    }
}

/* psql's commands go on to the end of their line, and have no comments. */
static uint32_t token_end(const Scan *scan, Token token)
{
    char next = token.end < scan->text.len ? scan->text.at[token.end] : '\0';
    bool command = token.kind == TOKEN_BACKSLASH && next != ';' && next != ':' && next != '\\';
    return command ? (uint32_t)str_find_byte(scan->text, '\n', token.end) : token.end;
}

Suppressions suppress_read(Arena *arena, Str text, const LineIndex *lines,
                           const ScriptLayout *layout)
{
    Scan scan = {.arena = arena, .text = text, .lines = lines, .layout = layout};
    Token before[2] = {{0}};
    for (uint32_t at = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;;) {
        Token token = token_next(text, at);
        while (scan.data < layout->data_count && layout->data[scan.data].end <= at) {
            scan.data++;
        }
        if (scan.data < layout->data_count && token.start >= layout->data[scan.data].start) {
            Range data = layout->data[scan.data++];
            scan_gap(&scan, at, data.start > at ? data.start : at, (Range){0});
            at = data.end;
            continue;
        }
        scan_gap(&scan, at, token.start, (Range){0});
        if (token.kind == TOKEN_END) {
            return (Suppressions){.at = scan.found.at, .count = scan.found.count};
        }
        scan_token(&scan, token, before);
        before[1] = before[0];
        before[0] = token;
        at = token_end(&scan, token);
    }
}

/* Is there nothing but the signs of a comment before byte `at` of its line? In SQL, they must be
 * SQL's own. */
static bool begins_comment(Str text, uint32_t from, uint32_t at, bool sql)
{
    static const char signs[] = " \t/*#-!<;%";
    uint32_t start = at;
    while (start > from && text.at[start - 1] && strchr(signs, text.at[start - 1])) {
        start--;
    }
    Str before = str_trim(str_slice(text, start, at));
    if (sql) {
        return str_ends_with(before, STR("--")) || str_ends_with(before, STR("/*"));
    }
    return start == from || text.at[start - 1] == '\n';
}

/* The end of the line at `at`, without what closes a comment. */
static uint32_t comment_line_end(Str text, uint32_t at, uint32_t end)
{
    Str line = str_slice(text, at, end);
    line.len = str_find_byte(line, '\n', 0);
    size_t close = str_find(line, STR("*/"));
    size_t markup = str_find(line, STR("-->"));
    return at + (uint32_t)(close < markup ? close : markup);
}

Suppressions suppress_read_host(Arena *arena, Str text, const LineIndex *lines,
                                const ScriptLayout *layout, const Range *comments, size_t count)
{
    Scan scan = {.arena = arena, .text = text, .lines = lines, .layout = layout};
    size_t comment = 0;
    for (uint32_t at = 0;;) {
        at += (uint32_t)str_find(str_slice(text, at, text.len), marker);
        if (at >= text.len) {
            return (Suppressions){.at = scan.found.at, .count = scan.found.count};
        }
        while (comment < count && comments[comment].end <= at) {
            comment++;
        }
        scan.host = comment < count && comments[comment].start <= at;
        Range around = scan.host ? comments[comment] : statement_at(&scan, at);
        if (around.start < at && at < around.end &&
            begins_comment(text, around.start, at, !scan.host)) {
            scan_line(&scan, at, comment_line_end(text, at, around.end), (Range){0});
        }
        at += (uint32_t)marker.len;
    }
}

static bool is_before(Position a, Position b)
{
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

/* The position of the finding's rule in the suppression's list, or rule_count. */
static size_t find_rule(const Suppression *suppression, const Finding *finding)
{
    size_t i = 0;
    while (i < suppression->rule_count && rules_all[suppression->rules[i]] != finding->rule) {
        i++;
    }
    return i;
}

static void apply_one(Suppression *suppression, Finding *finding)
{
    size_t i = find_rule(suppression, finding);
    if (i < suppression->rule_count) {
        suppression->used[i] = true;
        finding->suppressed = SUPPRESSED_BY_COMMENT;
        finding->justification = suppression->reason;
    }
}

/* The index of the first finding that does not begin before `at`. */
static size_t first_from(const Finding *findings, size_t count, Position at)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (is_before(findings[middle].place.start, at)) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return low;
}

void suppress_apply(const Suppressions *suppressions, uint32_t today, Finding *findings,
                    size_t count)
{
    for (size_t i = 0; i < suppressions->count; i++) {
        Suppression *suppression = &suppressions->at[i];
        if (suppression->mistake.len || (suppression->until && suppression->until < today)) {
            continue;
        }
        size_t j = first_from(findings, count, suppression->from);
        for (; j < count && is_before(findings[j].place.start, suppression->to); j++) {
            apply_one(suppression, &findings[j]);
        }
    }
}
