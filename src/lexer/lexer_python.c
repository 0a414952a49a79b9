#include "lexer/lexer_state.h"

#include "base/banned.h"

static const uint8_t python_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, ['#'] = BYTE_SPECIAL};

/* Python's Language Reference, 2.4.1; t is Python 3.14's. */
enum { PREFIX_RAW = 1, PREFIX_HOLES = 2, PREFIX_BYTES = 4, PREFIX_UNICODE = 8, PREFIX_NONE = 16 };

static unsigned prefix_of(char letter)
{
    switch (char_to_lower(letter)) {
    case 'r':
        return PREFIX_RAW;
    case 'f':
    case 't':
        return PREFIX_HOLES;
    case 'b':
        return PREFIX_BYTES;
    case 'u':
        return PREFIX_UNICODE;
    default:
        return PREFIX_NONE;
    }
}

static bool read_string(Lexer *lexer, uint32_t start, unsigned prefix)
{
    static const uint8_t forms[2][5] = {
        {FORM_PYTHON, FORM_PYTHON_RAW, FORM_PYTHON_HOLES, FORM_PYTHON_RAW_HOLES, FORM_PYTHON_BYTES},
        {FORM_PYTHON_BLOCK, FORM_PYTHON_RAW_BLOCK, FORM_PYTHON_HOLES_BLOCK,
         FORM_PYTHON_RAW_HOLES_BLOCK, FORM_PYTHON_BYTES_BLOCK},
    };
    char quote = lexer->text[lexer->at];
    bool three = lexer_run_length(lexer, lexer->at, quote, 3) == 3;
    unsigned kind = prefix & (PREFIX_RAW | PREFIX_HOLES);
    kind = prefix == PREFIX_BYTES ? 4 : kind;
    return lexer_quote(lexer, (LexQuote){.start = start,
                                         .content = lexer->at + (three ? 3 : 1),
                                         .form = forms[three][kind],
                                         .close = quote,
                                         .quotes = three ? 3 : 1});
}

static bool python_special(Lexer *lexer, char byte)
{
    return byte == '#' ? lexer_line_comment(lexer, false) : read_string(lexer, lexer->at, 0);
}

static bool python_word(Lexer *lexer, uint32_t start)
{
    uint32_t length = lexer->at - start;
    char next = lexer->text[lexer->at];
    if (length > 2 || (next != '"' && next != '\'')) {
        return false;
    }
    unsigned prefix = prefix_of(lexer->text[start]);
    unsigned second = length == 2 ? prefix_of(lexer->text[start + 1]) : 0;
    bool raw_twice = length == 2 && !((prefix | second) & PREFIX_RAW);
    if ((prefix | second) & PREFIX_NONE || raw_twice || prefix == second) {
        return false;
    }
    return read_string(lexer, start, prefix | second);
}

const LexRules lexer_python = {
    .bytes = python_bytes, .special = python_special, .word = python_word, .conversions = true};
