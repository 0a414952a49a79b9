#include "embedded/choice.h"

#include "embedded/expression.h"

#include "base/banned.h"

/* A look at the tokens of an expression that are in no brackets of their own. */
typedef struct {
    const LexFile *file;
    uint32_t at, behind;
} Scan;

/* Over one token, or all of a group. */
static void scan_next(Scan *scan)
{
    const LexFile *file = scan->file;
    bool opens = lexer_is_one_of(file, scan->at, "( [ {");
    uint32_t behind = opens ? expression_behind_group(file, scan->at) : lexer_next(file, scan->at);
    scan->at = behind ? behind : scan->behind;
}

/* The first token `word` at or after `from`, or `behind`. */
static uint32_t find(const LexFile *file, uint32_t from, uint32_t behind, Str word)
{
    Scan scan = {file, from, behind};
    while (scan.at < behind && !lexer_is(file, scan.at, word)) {
        scan_next(&scan);
    }
    return scan.at < behind ? scan.at : behind;
}

/* The `:` of the `?` before `from`. */
static uint32_t find_colon(const LexFile *file, uint32_t from, uint32_t behind)
{
    uint32_t open = 1;
    Scan scan = {file, from, behind};
    while (scan.at < behind) {
        open += lexer_is(file, scan.at, STR("?"));
        open -= lexer_is(file, scan.at, STR(":"));
        if (open == 0) {
            return scan.at;
        }
        scan_next(&scan);
    }
    return behind;
}

/* Without the parentheses or braces around all of it. */
static Range bare(const LexFile *file, Range range)
{
    while (range.start < range.end && lexer_is_one_of(file, range.start, "( {") &&
           expression_behind_group(file, range.start) == range.end) {
        range.start++;
        range.end--;
    }
    return range;
}

static bool split(const LexFile *file, Range all, Range sides[2])
{
    uint32_t end = all.end;
    uint32_t question = find(file, all.start, end, STR("?"));
    uint32_t condition = find(file, all.start, end, STR("if"));
    uint32_t both = find(file, all.start, end, STR("&&"));
    uint32_t otherwise = find(file, condition, end, STR("else"));
    if (question < end) {
        uint32_t colon = find_colon(file, question + 1, end);
        if (colon == end) {
            return false; /* what is chosen goes on elsewhere: c ? join ",", @a : '' */
        }
        sides[0] = (Range){question + 1, colon};
        sides[1] = (Range){colon + 1, end};
    } else if (condition < end) {
        bool before = condition > all.start; /* a if c else b; else if (c) a else b */
        if (before && otherwise == end && str_equal(file->language->name, STR("perl"))) {
            return false; /* $name = 'a' if c: the statement is done or not, and the name kept */
        }
        Scan scan = {file, condition + 1, end};
        if (!before && lexer_is(file, scan.at, STR("("))) {
            scan_next(&scan);
        } else if (!before) {
            scan.at = find(file, scan.at, end, STR("{"));
        }
        sides[0] = before ? (Range){all.start, condition} : (Range){scan.at, otherwise};
        sides[1] = (Range){otherwise < end ? otherwise + 1 : end, end};
    } else if (both < end) {
        sides[0] = (Range){both + 1, end};
        sides[1] = (Range){end, end};
    } else {
        return false;
    }
    return true;
}

bool choice_find(const LexFile *file, uint32_t first, uint32_t behind, Range sides[2])
{
    bool literal = false;
    if (!split(file, bare(file, (Range){first, behind}), sides)) {
        return false;
    }
    for (size_t i = 0; i < 2; i++) {
        sides[i] = bare(file, sides[i]);
        for (uint32_t at = sides[i].start; at < sides[i].end; at = lexer_next(file, at)) {
            literal |= expression_is_literal(file, at);
        }
    }
    return literal;
}

/* Does an expression go on behind token `at`, whatever line that is on? */
static bool goes_on(const LexFile *file, uint32_t at)
{
    bool closes = lexer_is_one_of(file, at, ") ] }");
    return (file->tokens[at].kind == LEX_SYMBOL && !closes) || lexer_is(file, at, STR("else"));
}

uint32_t choice_end(const LexFile *file, uint32_t first)
{
    enum { LONGEST = 200 };
    Scan scan = {file, first, file->count};
    bool chosen = false;
    for (uint32_t last = first; scan.at < file->count && scan.at - first < LONGEST;) {
        LexToken token = file->tokens[scan.at];
        bool symbol = token.kind == LEX_SYMBOL || lexer_is(file, scan.at, STR("else"));
        symbol |= scan.at > first && goes_on(file, last);
        if (lexer_is_one_of(file, scan.at, "; , ) ] }") ||
            (token.first && scan.at > first && !symbol)) {
            break;
        }
        chosen |= lexer_is(file, scan.at, STR("?")) || lexer_is(file, scan.at, STR("if"));
        scan_next(&scan);
        last = scan.at - 1;
    }
    return chosen ? scan.at : 0;
}
