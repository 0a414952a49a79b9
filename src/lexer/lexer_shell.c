#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

static const uint8_t shell_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, ['#'] = BYTE_SPECIAL,
    ['$'] = BYTE_SPECIAL,    ['<'] = BYTE_SPECIAL, ['\\'] = BYTE_SPECIAL};

/* A comment begins where a word may. */
static bool read_comment(Lexer *lexer)
{
    char before = lexer->at ? lexer->text[lexer->at - 1] : '\n';
    return (char_is_space(before) || memchr(";|&()`", before, 6)) &&
           lexer_line_comment(lexer, false);
}

/* <<TAG, <<-TAG; a tag with a quote or a backslash anywhere keeps the text as it is. */
static bool read_heredoc(Lexer *lexer)
{
    static const uint8_t forms[2][2] = {{FORM_SHELL_HEREDOC, FORM_SHELL_HEREDOC_RAW},
                                        {FORM_SHELL_TABS, FORM_SHELL_TABS_RAW}};
    uint32_t start = lexer->at;
    bool tabs = lexer_peek(lexer, 2) == '-';
    uint32_t tag = start + 2 + tabs;
    while (lexer_byte(lexer, tag) == ' ' || lexer_byte(lexer, tag) == '\t') {
        tag++;
    }
    char quote = lexer_byte(lexer, tag);
    bool quoted = quote == '"' || quote == '\'';
    tag += quoted || quote == '\\';
    uint32_t end = tag;
    while (end < lexer->end && !char_is_space(lexer->text[end]) &&
           !memchr("\"';|&()<>`$\\", lexer->text[end], 12)) {
        end++;
    }
    if (end == tag || (quoted && lexer_byte(lexer, end) != quote) ||
        (lexer->count && str_equal(lexer_last(lexer), STR("<")))) {
        return false;
    }
    return lexer_heredoc(lexer, start, end + quoted, forms[tabs][quoted || quote == '\\'],
                         (Range){tag, end}, tabs);
}

/* The end of the variable's name behind a dollar: a word, digits, or one sign; `at` when it is
 * none. */
static uint32_t variable_end(const Lexer *lexer, uint32_t at)
{
    if (lexer_begins_name(lexer, at)) {
        return lexer_name_end(lexer, at);
    }
    char byte = lexer_byte(lexer, at);
    return byte && (char_is_digit(byte) || memchr("@*#?$!-", byte, 7)) ? at + 1 : at;
}

static bool read_dollar(Lexer *lexer)
{
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    if (next == '\'' || next == '"') {
        return lexer_quote(lexer, (LexQuote){.start = start,
                                             .content = start + 2,
                                             .form = next == '"' ? FORM_SHELL : FORM_SHELL_ANSI,
                                             .close = next,
                                             .quotes = 1});
    }
    uint32_t end = variable_end(lexer, start + 1);
    return end > start + 1 && lexer_take(lexer, LEX_NAME, start, end);
}

static bool shell_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
        return lexer_simple(lexer, FORM_SHELL);
    case '\'':
        return lexer_simple(lexer, FORM_SHELL_SINGLE);
    case '#':
        return read_comment(lexer);
    case '$':
        return read_dollar(lexer);
    case '<':
        if (lexer_has(lexer, lexer->at, STR("<<<"))) {
            return lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 3);
        }
        return lexer_peek(lexer, 1) == '<' && read_heredoc(lexer);
    default:
        /* A quoted byte; before a line's end, the lines are one. */
        return lexer_peek(lexer, 1) != '\n' && lexer_peek(lexer, 1) != '\r' &&
               lexer->at + 2 <= lexer->end &&
               lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 2);
    }
}

/* A ) that ends a pattern of `case` ends no $( ). */
static bool shell_word(Lexer *lexer, uint32_t start)
{
    Str word = {.at = lexer->text + start, .len = lexer->at - start};
    if (str_equal(word, STR("case")) && lexer_byte(lexer, lexer->at) == ' ' &&
        (lexer->first || (lexer->count && lexer->tokens[lexer->count - 1].kind != LEX_NAME) ||
         str_equal(lexer_last(lexer), STR("do")) || str_equal(lexer_last(lexer), STR("then")))) {
        lexer->cases++;
    } else if (str_equal(word, STR("esac")) && lexer->cases) {
        lexer->cases--;
    }
    return false;
}

/* ${name:-word} inside double quotes, up to its brace: apostrophes are plain there. */
static bool read_braces(Lexer *lexer)
{
    while (lexer->at < lexer->end) {
        char byte = lexer->text[lexer->at];
        if (byte == '}') {
            return true;
        }
        if (byte == '\\') {
            lexer->at += lexer->at + 1 < lexer->end ? 2 : 1;
        } else if (byte == '"') {
            lexer_simple(lexer, FORM_SHELL);
        } else if (byte == '$' && lexer->depth < LEXER_DEPTH) {
            char next = lexer_peek(lexer, 1);
            if (next == '\'') {
                read_dollar(lexer);
                continue;
            }
            if (next != '{' && next != '(') {
                lexer->at++;
                continue;
            }
            lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 2);
            lexer->depth++;
            bool closed = next == '{' ? read_braces(lexer) : lexer_run(lexer, '(', ')');
            lexer->depth--;
            if (!closed) {
                return false;
            }
            lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
        } else if (lexer_begins_name(lexer, lexer->at)) {
            lexer_take(lexer, LEX_NAME, lexer->at, lexer_name_end(lexer, lexer->at));
        } else {
            lexer->at++;
        }
    }
    return false;
}

/* `command` inside double quotes. */
static bool read_backticks(Lexer *lexer, LexBody *body)
{
    uint32_t start = lexer->at;
    uint32_t close = start + 1;
    uint32_t outer_end = lexer->end;
    while (close < outer_end && lexer->text[close] != '`') {
        close += lexer->text[close] == '\\' ? 2 : 1;
    }
    if (close >= outer_end) {
        return false;
    }
    uint32_t hole = lexer_hole_open(lexer, body, start, start + 1);
    lexer->end = close;
    lexer->depth++;
    lexer_run(lexer, '\0', '\0');
    lexer->depth--;
    lexer->end = outer_end;
    lexer_hole_close(lexer, body, hole, close, close + 1);
    return true;
}

bool lexer_shell_hole(Lexer *lexer, LexBody *body)
{
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    unsigned cases = lexer->cases;
    if (lexer->text[start] == '`') {
        return read_backticks(lexer, body);
    }
    if (next == '{') {
        uint32_t hole = lexer_hole_open(lexer, body, start, start + 2);
        lexer->depth++;
        lexer->missed = !read_braces(lexer);
        lexer->depth--;
        lexer_hole_close(lexer, body, hole, lexer->at, lexer->at + !lexer->missed);
        return true;
    }
    if (next == '(') {
        lexer->cases = 0;
        lexer->missed = !lexer_hole(lexer, body, start, start + 2, '(', ')');
        lexer->cases = cases;
        return true;
    }
    uint32_t end = variable_end(lexer, start + 1);
    if (end == start + 1) {
        return false;
    }
    lexer_name_hole(lexer, body, start, (Range){start, end}, end);
    return true;
}

const LexRules lexer_shell = {
    .bytes = shell_bytes, .special = shell_special, .word = shell_word, .every_word = true};
