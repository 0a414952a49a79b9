#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

static const uint8_t elixir_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, ['#'] = BYTE_SPECIAL,
    ['~'] = BYTE_SPECIAL,    [':'] = BYTE_SPECIAL, ['?'] = BYTE_SPECIAL,  ['@'] = BYTE_SPECIAL};

/* "…" and """…""", and the same with apostrophes, whose quotes are at `quotes`; `forms`: of one and
 * of three. */
static bool read_string(Lexer *lexer, uint32_t start, uint32_t quotes, const uint8_t forms[2])
{
    char quote = lexer->text[quotes];
    bool three = lexer_run_length(lexer, quotes, quote, 3) == 3;
    return lexer_quote(lexer, (LexQuote){.start = start,
                                         .content = quotes + (three ? 3 : 1),
                                         .form = forms[three],
                                         .close = quote,
                                         .quotes = three ? 3 : 1});
}

/* What a sigil's letter makes of its text: lower case resolves escapes and has holes. */
static const uint8_t *sigil_forms(char letter)
{
    static const uint8_t forms[6][2] = {
        {FORM_ELIXIR, FORM_ELIXIR_BLOCK},       {FORM_ELIXIR_RAW, FORM_ELIXIR_RAW_BLOCK},
        {FORM_ELIXIR_REGEX, FORM_ELIXIR_REGEX}, {FORM_ELIXIR_REGEX_RAW, FORM_ELIXIR_REGEX_RAW},
        {FORM_ELIXIR_WORDS, FORM_ELIXIR_WORDS}, {FORM_ELIXIR_WORDS_RAW, FORM_ELIXIR_WORDS_RAW},
    };
    bool raw = letter >= 'A' && letter <= 'Z';
    char lower = char_to_lower(letter);
    return forms[(lower == 'r' ? 2 : lower == 'w' ? 4 : 0) + raw];
}

static void take_modifiers(Lexer *lexer, uint32_t index)
{
    LexToken *token = &lexer->tokens[index];
    while (!lexer->lost && !token->broken && token->close < 200 &&
           char_is_alpha(lexer_byte(lexer, token->end))) {
        token->close++;
        token->end++;
        lexer->at = token->end;
    }
}

static bool read_sigil(Lexer *lexer)
{
    uint32_t start = lexer->at;
    uint32_t name = start + 1;
    uint32_t end = name;
    while (char_is_alpha(lexer_byte(lexer, end)) ||
           (end > name && char_is_digit(lexer_byte(lexer, end)))) {
        end++;
    }
    char open = lexer_byte(lexer, end);
    if (end == name || end - name > 100 || !open || !strchr("/|\"'([{<", open)) {
        return false;
    }
    uint32_t index = lexer->count;
    const uint8_t *forms = sigil_forms(lexer->text[name]);
    if (open == '"' || open == '\'') {
        read_string(lexer, start, end, forms);
    } else {
        /* Brackets do not nest: the first one that closes ends it. */
        lexer_quote(lexer, (LexQuote){.start = start,
                                      .content = end + 1,
                                      .form = forms[0],
                                      .close = lexer_closing(open),
                                      .quotes = 1});
    }
    take_modifiers(lexer, index);
    return true;
}

/* :"…" is an atom; :: and := are operators, :name is a colon and a name. */
static bool read_colon(Lexer *lexer)
{
    static const uint8_t forms[2] = {FORM_ELIXIR_ATOM, FORM_ELIXIR_ATOM};
    char next = lexer_peek(lexer, 1);
    return (next == '"' || next == '\'') && read_string(lexer, lexer->at, lexer->at + 1, forms);
}

/* ?a and ?\n */
static bool read_character(Lexer *lexer)
{
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    if (!next || next == '\n') {
        return false;
    }
    uint32_t end = start + 2;
    end += next == '\\' && end < lexer->end;
    while (end < lexer->end && ((unsigned char)lexer->text[end] & 0xc0) == 0x80) {
        end++;
    }
    return lexer_literal(lexer, start, end, FORM_ELIXIR_CHARACTER, 1, 0);
}

/* The end of a name that may end in ? or !. */
static uint32_t suffixed_end(const Lexer *lexer, uint32_t end)
{
    char next = lexer_byte(lexer, end);
    return end + (next == '?' || (next == '!' && lexer_byte(lexer, end + 1) != '='));
}

static bool read_attribute(Lexer *lexer)
{
    uint32_t end = lexer_name_end(lexer, lexer->at + 1);
    return lexer_take(lexer, LEX_NAME, lexer->at, suffixed_end(lexer, end));
}

static bool elixir_special(Lexer *lexer, char byte)
{
    static const uint8_t forms[2] = {FORM_ELIXIR, FORM_ELIXIR_BLOCK};
    switch (byte) {
    case '"':
    case '\'':
        return read_string(lexer, lexer->at, lexer->at, forms);
    case '#':
        return lexer_line_comment(lexer, false);
    case '~':
        return read_sigil(lexer);
    case ':':
        return read_colon(lexer);
    case '?':
        return read_character(lexer);
    default:
        return lexer_begins_name(lexer, lexer->at + 1) && read_attribute(lexer);
    }
}

static bool elixir_word(Lexer *lexer, uint32_t start)
{
    uint32_t end = suffixed_end(lexer, lexer->at);
    return end > lexer->at && lexer_take(lexer, LEX_NAME, start, end);
}

const LexRules lexer_elixir = {
    .bytes = elixir_bytes, .special = elixir_special, .word = elixir_word, .every_word = true};
