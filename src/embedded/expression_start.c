#include "embedded/expression.h"
#include "embedded/expression_tokens.h"

#include "base/banned.h"

/* From a literal back to where the expression begins that it is a part of. */

enum { FARTHEST_BACK = 64 };

/* Is the group of token `open` parentheses around an expression, and not a call's? */
static bool only_groups(const LexFile *file, uint32_t open)
{
    if (open == 0) {
        return true;
    }
    LexToken before = file->tokens[open - 1];
    Str source = lexer_source(file, open - 1);
    bool word = str_in_list("return in and or", source);
    bool call = (before.kind == LEX_NAME && !word) || before.kind == LEX_STRING ||
                str_in_list(") ] > ! }", source);
    return !call;
}

bool expression_printed(const LexFile *file, uint32_t literal, uint32_t *name, uint32_t *behind)
{
    enum { FARTHEST_FORMAT = 10 };
    uint32_t open = literal;
    for (uint32_t steps = 0; steps < FARTHEST_FORMAT && open > 1; steps++) {
        open--;
        if (lexer_is(file, open, STR("(")) && lexer_is_name(file, open - 1) &&
            str_in_list("sprintf snprintf asprintf", lexer_source(file, open - 1))) {
            *name = open + 1 + lexer_is(file, open + 1, STR("&"));
            *behind = expression_behind_group(file, open);
            return *name + 1 < literal && lexer_is_name(file, *name) && *behind;
        }
    }
    return false;
}

/* The first token of the operand that ends before token `at`; `at` where there is none. */
static uint32_t operand_start(const LexFile *file, const HostStyle *style, uint32_t at)
{
    uint32_t start = at;
    for (uint32_t steps = 0; steps < FARTHEST_BACK && start > 0; steps++) {
        LexToken token = file->tokens[start - 1];
        bool expected = start == at || lexer_is_one_of(file, start, style->paths);
        if (lexer_is(file, start - 1, STR(")")) || lexer_is(file, start - 1, STR("]"))) {
            uint32_t depth = 0;
            uint32_t open = start;
            do {
                open--;
                depth += lexer_is(file, open, STR(")")) || lexer_is(file, open, STR("]"));
                depth -= lexer_is(file, open, STR("(")) || lexer_is(file, open, STR("["));
            } while (depth && open > 0 && at - open < FARTHEST_BACK);
            if (depth) {
                return at;
            }
            start = open;
            if (only_groups(file, open)) {
                return start;
            }
            at = start; /* a name is called */
        } else if (token.kind == LEX_NAME && expected) {
            start--;
            if (start == 0 || !lexer_is_one_of(file, start - 1, style->paths)) {
                return start > 0 && lexer_is(file, start - 1, STR("new")) ? start - 1 : start;
            }
        } else if (token.kind == LEX_NUMBER && expected) {
            return start - 1;
        } else if (start < at && lexer_is_one_of(file, start - 1, style->paths)) {
            start--;
        } else {
            return start;
        }
    }
    return at;
}

/* Is the group that opens at `open` the argument of a call that gives its text back, formatted or
 * as it is? Then that call is the expression. */
static bool is_transparent(const LexFile *file, const HostStyle *style, uint32_t open)
{
    bool macro = open > 1 && lexer_is(file, open - 1, STR("!"));
    uint32_t name = open - 1 - macro;
    if (open < 1 + (uint32_t)macro || !lexer_is_name(file, name)) {
        return false;
    }
    Str source = lexer_source(file, name);
    if (expression_word_formats(source) || expression_word_wraps(source)) {
        return true;
    }
    if (!expression_word_keeps(source)) {
        return false;
    }
    uint32_t behind = expression_behind_group(file, open);
    return (lexer_is_one_of(file, behind, style->paths) &&
            lexer_is(file, behind + 1, STR("format"))) ||
           (behind && style->percent && lexer_is(file, behind, STR("%")));
}

bool expression_is_wrapped(const LexFile *file, const HostStyle *style, uint32_t first)
{
    return first > 1 && lexer_is(file, first - 1, STR("(")) &&
           is_transparent(file, style, first - 1);
}

/* Is there a & before it that takes its address? */
static bool is_reference(const LexFile *file, uint32_t start)
{
    return start > 1 && lexer_is(file, start - 1, STR("&")) &&
           (lexer_is_one_of(file, start - 2, "( , = [ {") ||
            lexer_is(file, start - 2, STR("return")));
}

/* The first token of the call that joins the list whose bracket is at `open`: ", ".join([,
 * strings.Join([]string{, […].join; or `open` + 1. */
static uint32_t list_start(const LexFile *file, const HostStyle *style, uint32_t open)
{
    uint32_t behind = expression_behind_group(file, open);
    if (lexer_is(file, open, STR("[")) && lexer_is_one_of(file, behind, style->paths) &&
        str_in_list("join joinToString joined", lexer_source(file, behind + 1))) {
        return open;
    }
    bool go = open > 7 && lexer_is(file, open, STR("{")) &&
              lexer_is(file, open - 1, STR("string")) && lexer_is(file, open - 4, STR("(")) &&
              lexer_is(file, open - 5, STR("Join"));
    bool python = open > 4 && !lexer_is(file, open, STR("{")) &&
                  lexer_is(file, open - 1, STR("(")) && lexer_is(file, open - 2, STR("join")) &&
                  lexer_is(file, open - 3, STR(".")) && expression_is_literal(file, open - 4);
    return go ? open - 7 : python ? open - 4 : open + 1;
}

uint32_t expression_start(const LexFile *file, const HostStyle *style, uint32_t literal)
{
    uint32_t start = literal;
    for (uint32_t steps = 0; steps < FARTHEST_BACK && start > 0; steps++) {
        uint32_t before = start;
        if (lexer_is_one_of(file, start - 1, style->joins) && start > 1) {
            before = operand_start(file, style, start - 1);
            bool unary = before == start - 1 && lexer_is(file, start - 1, STR("+"));
            before = before < start - 1 || unary ? before : start;
        } else if (lexer_is(file, start - 1, STR("(")) && only_groups(file, start - 1)) {
            before = start - 1;
        } else if (lexer_is(file, start - 1, STR("(")) && is_transparent(file, style, start - 1)) {
            bool macro = lexer_is(file, start - 2, STR("!"));
            before = operand_start(file, style, start - 1 - macro);
        } else if (is_reference(file, start)) {
            before = start - 1;
        } else if (start > 2 && lexer_is(file, start - 1, STR(":")) &&
                   lexer_is(file, start - 2, STR("format")) && /* Swift's */
                   lexer_is(file, start - 3, STR("("))) {
            before = operand_start(file, style, start - 3);
        } else if (style->adjacency == ADJACENT_ANYWHERE && lexer_is_name(file, start - 1) &&
                   expression_is_literal(file, start) && start > 1 &&
                   expression_is_literal(file, start - 2)) {
            before = start - 2;
        }
        if (before == start && lexer_is_one_of(file, start - 1, "[ ( {")) {
            before = list_start(file, style, start - 1);
        }
        if (before == start) {
            return start;
        }
        start = before;
    }
    return start;
}
