#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

/* Kotlin and Scala: nested comments, three quotes that take any quotes before them, names in
 * backticks. */

static const uint8_t kotlin_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL,
    ['/'] = BYTE_SPECIAL,    ['`'] = BYTE_SPECIAL, ['$'] = BYTE_SPECIAL};
static const uint8_t scala_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL,
    ['/'] = BYTE_SPECIAL,    ['`'] = BYTE_SPECIAL, ['$'] = BYTE_NAME};

static bool read_slash(Lexer *lexer)
{
    char next = lexer_peek(lexer, 1);
    return next == '/'   ? lexer_line_comment(lexer, false)
           : next == '*' ? lexer_block_comment(lexer, true)
                         : false;
}

static bool read_quoted_name(Lexer *lexer)
{
    uint32_t end = lexer_find_on_line(lexer, lexer->at + 1, '`');
    return end && lexer_take(lexer, LEX_NAME, lexer->at, end + 1);
}

/* A string whose quotes are at `quotes`, one or three of them; `forms`: of one and of three. */
static bool read_string(Lexer *lexer, uint32_t start, uint32_t quotes, const uint8_t forms[2],
                        uint32_t marks)
{
    bool three = lexer_has(lexer, quotes, STR("\"\"\""));
    return lexer_quote(lexer, (LexQuote){.start = start,
                                         .content = quotes + (three ? 3 : 1),
                                         .form = forms[three],
                                         .close = '"',
                                         .quotes = three ? 3 : 1,
                                         .marks = (uint8_t)marks});
}

static bool kotlin_special(Lexer *lexer, char byte)
{
    static const uint8_t forms[2] = {FORM_KOTLIN, FORM_KOTLIN_RAW};
    uint32_t start = lexer->at;
    uint32_t dollars;
    switch (byte) {
    case '"':
        return read_string(lexer, start, start, forms, 1);
    case '$':
        /* $$"…": so many dollars begin a hole. */
        dollars = lexer_run_length(lexer, start, '$', 200);
        return lexer_byte(lexer, start + dollars) == '"' &&
               read_string(lexer, start, start + dollars, forms, dollars);
    case '\'':
        return lexer_character(lexer, start, FORM_KOTLIN_CHARACTER);
    case '`':
        return read_quoted_name(lexer);
    default:
        return read_slash(lexer);
    }
}

static uint32_t code_point_length(char byte)
{
    unsigned char lead = (unsigned char)byte;
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* 'x' is a character, 'x alone a symbol or the name of a type. */
static bool scala_quote(Lexer *lexer)
{
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    if (next == '\\') {
        return lexer_character(lexer, start, FORM_SCALA_CHARACTER);
    }
    uint32_t close = start + 1 + code_point_length(next);
    if (next != '\n' && lexer_byte(lexer, close) == '\'') {
        return lexer_literal(lexer, start, close + 1, FORM_SCALA_CHARACTER, 1, 1);
    }
    return lexer_begins_name(lexer, start + 1) &&
           lexer_take(lexer, LEX_NAME, start, lexer_name_end(lexer, start + 1));
}

static bool scala_special(Lexer *lexer, char byte)
{
    static const uint8_t forms[2] = {FORM_SCALA, FORM_SCALA_RAW};
    switch (byte) {
    case '"':
        return read_string(lexer, lexer->at, lexer->at, forms, 0);
    case '\'':
        return scala_quote(lexer);
    case '`':
        return read_quoted_name(lexer);
    default:
        return read_slash(lexer);
    }
}

/* Behind an underscore that does not begin it, a name goes on with signs of operators: x_? is one.
 */
static uint32_t scala_name_end(const Lexer *lexer, uint32_t start, uint32_t at)
{
    if (at - start < 2 || lexer->text[at - 1] != '_') {
        return at;
    }
    while (lexer_byte(lexer, at) && strchr("!#%&*+-/:<=>?@\\^|~", lexer->text[at]) &&
           !lexer_has(lexer, at, STR("//")) && !lexer_has(lexer, at, STR("/*"))) {
        at++;
    }
    return at;
}

/* An interpolator right before the quotes. s and f resolve escapes; raw and sql leave them alone.
 */
static bool scala_word(Lexer *lexer, uint32_t start)
{
    static const uint8_t cooked[2] = {FORM_SCALA_HOLES, FORM_SCALA_HOLES_BLOCK};
    static const uint8_t raw[2] = {FORM_SCALA_RAW_HOLES, FORM_SCALA_RAW_HOLES_BLOCK};
    uint32_t end = scala_name_end(lexer, start, lexer->at);
    bool escapes = end - start == 1 && memchr("sf", lexer->text[start], 2);
    return lexer_byte(lexer, end) == '"' &&
           read_string(lexer, start, end, escapes ? cooked : raw, 0);
}

const LexRules lexer_kotlin = {.bytes = kotlin_bytes, .special = kotlin_special};
const LexRules lexer_scala = {
    .bytes = scala_bytes, .special = scala_special, .word = scala_word, .every_word = true};
