#include "embedded/scope.h"

#include "base/banned.h"

enum { FARTHEST_HEAD = 80 };

static const char branches[] =
    "if else elif elsif elseif unless for foreach while until switch case "
    "when match try except catch rescue finally with do loop then";

const NameLine *scope_line(const HostNames *names, uint32_t token)
{
    size_t low = 0;
    size_t high = names->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (names->lines[middle].token <= token) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &names->lines[low];
}

/* The token behind the parentheses that token `place` stands in; 0: in none, or far from its end.
 */
static uint32_t behind_parentheses(const LexFile *file, uint32_t place)
{
    int depth = 1;
    for (uint32_t at = place + 1; at < file->count && at - place < FARTHEST_HEAD; at++) {
        depth += lexer_is(file, at, STR("("));
        depth -= lexer_is(file, at, STR(")"));
        if (depth == 0) {
            return at + 1;
        }
        if (lexer_is(file, at, STR(";")) || lexer_is(file, at, STR("{"))) {
            return 0;
        }
    }
    return 0;
}

/* Are the parentheses around token `place` those of if (…), and no function's? */
static bool is_condition(const LexFile *file, uint32_t place)
{
    int depth = 1;
    uint32_t at = place;
    for (int i = 0; i < FARTHEST_HEAD && depth > 0 && at > 0; i++) {
        at--;
        depth += lexer_is(file, at, STR(")"));
        depth -= lexer_is(file, at, STR("("));
    }
    return at > 0 && str_in_list(branches, lexer_source(file, at - 1));
}

/* def f(name): the line that begins with def, and its block. */
static ScopeParameter parameter_of_lines(const HostNames *names, uint32_t place, uint32_t use)
{
    const LexFile *file = names->file;
    const NameLine *line = scope_line(names, place);
    const NameLine *body = line + 1;
    uint32_t word = line->token;
    uint32_t behind = behind_parentheses(file, place);
    bool heads = lexer_is(file, word, STR("def")) || lexer_is(file, word, STR("async")) ||
                 lexer_is(file, word, STR("defp"));
    while (body < names->lines + names->line_count && body->indent > line->indent &&
           body->token < behind) {
        body++; /* parameters on lines of their own */
    }
    if (!heads || place <= word + 1 || body >= names->lines + names->line_count ||
        body->indent <= line->indent) {
        return SCOPE_NONE;
    }
    return use > place && use < body->behind ? SCOPE_OURS : SCOPE_OTHERS;
}

ScopeParameter scope_parameter(const HostNames *names, uint32_t place, uint32_t use)
{
    enum { FARTHEST_BLOCK = 16 };
    const LexFile *file = names->file;
    if (names->style->indented) {
        return parameter_of_lines(names, place, use);
    }
    uint32_t behind = is_condition(file, place) ? 0 : behind_parentheses(file, place);
    for (uint32_t at = behind; behind && at < file->count && at - behind < FARTHEST_BLOCK; at++) {
        if (lexer_is(file, at, STR("{"))) {
            bool ours = use > at && (!names->close[at] || use < names->close[at]);
            return ours ? SCOPE_OURS : SCOPE_OTHERS;
        }
        if (lexer_is(file, at, STR(";")) || lexer_is(file, at, STR("(")) ||
            lexer_is(file, at, STR(","))) {
            break;
        }
    }
    return SCOPE_NONE;
}

bool scope_is_modified(const LexFile *file, uint32_t value)
{
    if (!str_in_list("perl ruby", file->language->name)) {
        return false;
    }
    uint32_t at = value < file->count ? lexer_next(file, value) : file->count;
    for (int i = 0; i < FARTHEST_HEAD && at < file->count && !file->tokens[at].first; i++) {
        if (lexer_is(file, at, STR(";"))) {
            return false;
        }
        if (file->tokens[at].kind == LEX_NAME && str_in_list("if unless", lexer_source(file, at))) {
            return true;
        }
        at = lexer_next(file, at);
    }
    return false;
}

bool scope_is_on_branch_line(const HostNames *names, uint32_t place)
{
    uint32_t word = scope_line(names, place)->token;
    return word < place && str_in_list(branches, lexer_source(names->file, word));
}

bool scope_is_branch(const HostNames *names, uint32_t place)
{
    const LexFile *file = names->file;
    uint32_t word;
    if (names->style->indented) {
        word = names->lines[scope_line(names, place)->head].token;
    } else if (names->open[place]) {
        word = names->open[place] - 1;
        for (int i = 0; i < FARTHEST_HEAD && word > 0 && !file->tokens[word].first; i++) {
            word--;
        }
        word += lexer_is(file, word, STR("}"));
    } else {
        return false;
    }
    return str_in_list(branches, lexer_source(file, word));
}
