#include "lexer/lexer_state.h"

#include "base/banned.h"

/* JavaScript and TypeScript: templates, and what a slash means. */

#define JS_BYTES                                                                             \
    BYTES_OF_EVERY_LANGUAGE, ['$'] = BYTE_NAME, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, \
                             ['`'] = BYTE_SPECIAL, ['/'] = BYTE_SPECIAL

static const uint8_t js_bytes[256] = {JS_BYTES};
static const uint8_t jsx_bytes[256] = {JS_BYTES, ['<'] = BYTE_SPECIAL};

static bool is_one_of(Str word, const Str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* Is token `index` a keyword that an expression follows? Not behind a dot, where it is a property.
 */
static bool is_operator_word(const Lexer *lexer, uint32_t index)
{
    static const Str words[] = {STR("return"), STR("typeof"), STR("case"),    STR("in"),
                                STR("of"),     STR("do"),     STR("else"),    STR("void"),
                                STR("delete"), STR("throw"),  STR("new"),     STR("instanceof"),
                                STR("yield"),  STR("await"),  STR("default"), STR("extends")};
    LexToken token = lexer->tokens[index];
    Str word = {.at = lexer->text + token.start, .len = token.end - token.start};
    if (!is_one_of(word, words, sizeof words / sizeof *words)) {
        return false;
    }
    LexToken before = lexer->tokens[index > 0 ? index - 1 : 0];
    return index < 1 || before.kind != LEX_SYMBOL || lexer->text[before.start] != '.' ||
           before.end - before.start == 3;
}

/* Is the last token the ) of if (…), while (…), for (…) or with (…)? Looks no further back than
 * some tokens, so that the whole stays linear. */
static bool behind_condition(const Lexer *lexer)
{
    static const Str words[] = {STR("if"), STR("while"), STR("for"), STR("with")};
    enum { FURTHEST = 200 };
    uint32_t level = 0;
    for (uint32_t i = lexer->count; i > 1 && lexer->count - i < FURTHEST; i--) {
        LexToken token = lexer->tokens[i - 1];
        char byte = token.kind == LEX_SYMBOL ? lexer->text[token.start] : 'x';
        level += byte == ')';
        if (byte == '(' && --level == 0) {
            LexToken word = lexer->tokens[i - 2];
            return word.kind == LEX_NAME &&
                   is_one_of((Str){.at = lexer->text + word.start, .len = word.end - word.start},
                             words, sizeof words / sizeof *words);
        }
    }
    return false;
}

/* May an expression begin here? Else a slash divides, and < compares. */
static bool begins_expression(const Lexer *lexer)
{
    Str last = lexer_last(lexer);
    if (str_equal(last, STR(")"))) {
        return behind_condition(lexer);
    }
    if (str_equal(last, STR("}"))) {
        /* Behind a block, far more often than behind an object. */
        return lexer_peek(lexer, 1) != ' ' && lexer_peek(lexer, 1) != '=';
    }
    if (str_equal(last, STR("++")) || str_equal(last, STR("--"))) {
        return false;
    }
    if (str_equal(last, STR("!")) && lexer->count > 1 && lexer->tokens[lexer->count - 1].joined) {
        /* TypeScript's x! is a value; return!x is none. */
        LexToken before = lexer->tokens[lexer->count - 2];
        char byte = lexer->text[before.start];
        return is_operator_word(lexer, lexer->count - 2) ||
               (before.kind == LEX_SYMBOL && byte != ')' && byte != ']');
    }
    return !lexer_behind_value(lexer) || is_operator_word(lexer, lexer->count - 1);
}

/* The end of the regular expression at lexer->at, before its flags; 0: it does not end on its line.
 */
static uint32_t regex_end(Lexer *lexer)
{
    bool set = false;
    for (uint32_t at = lexer->at + 1; at < lexer->end; at++) {
        char byte = lexer->text[at];
        if (byte == '\n') {
            break;
        }
        if (byte == '\\') {
            at += lexer_byte(lexer, at + 1) != '\n';
        } else if (byte == '[') {
            set = true;
        } else if (byte == ']') {
            set = false;
        } else if (byte == '/' && !set) {
            return at + 1;
        }
    }
    lexer->searches++;
    return 0;
}

static bool read_slash(Lexer *lexer)
{
    char next = lexer_peek(lexer, 1);
    if (next == '/') {
        return lexer_line_comment(lexer, false);
    }
    if (next == '*') {
        return lexer_block_comment(lexer, false);
    }
    uint32_t end =
        lexer->searches < LEXER_SEARCHES && begins_expression(lexer) ? regex_end(lexer) : 0;
    if (!end) {
        return false;
    }
    uint32_t flags = lexer_name_end(lexer, end);
    return lexer_literal(lexer, lexer->at, flags, FORM_REGEX, 1, flags - end + 1);
}

static bool js_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
    case '\'':
        return lexer_simple(lexer, FORM_JS);
    case '`':
        return lexer_simple(lexer, FORM_JS_TEMPLATE);
    case '/':
        return read_slash(lexer);
    default:
        return begins_expression(lexer) && !str_equal(lexer_last(lexer), STR("}")) &&
               lexer_jsx(lexer);
    }
}

const LexRules lexer_typescript = {.bytes = js_bytes, .special = js_special};
const LexRules lexer_javascript = {.bytes = jsx_bytes, .special = js_special};
const LexRules lexer_tsx = {.bytes = jsx_bytes, .special = js_special, .dialect = 1};
