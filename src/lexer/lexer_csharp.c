#include "lexer/lexer_state.h"

#include "base/banned.h"

static const uint8_t csharp_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, ['/'] = BYTE_SPECIAL,
    ['$'] = BYTE_SPECIAL,    ['@'] = BYTE_SPECIAL, ['#'] = BYTE_SPECIAL};

/* """…""", with so many quotes; on one line, or with the quotes on lines of their own. */
static bool read_raw(Lexer *lexer, uint32_t start, uint32_t quotes, uint32_t dollars)
{
    uint32_t count = lexer_run_length(lexer, quotes, '"', 200);
    uint32_t at = quotes + count;
    while (lexer_byte(lexer, at) == ' ' || lexer_byte(lexer, at) == '\t' ||
           lexer_byte(lexer, at) == '\r') {
        at++;
    }
    bool lines = lexer_byte(lexer, at) == '\n';
    uint8_t form = dollars ? (lines ? FORM_CSHARP_BLOCK_HOLES : FORM_CSHARP_RAW_HOLES)
                           : (lines ? FORM_CSHARP_BLOCK : FORM_CSHARP_RAW);
    return lexer_quote(lexer, (LexQuote){.start = start,
                                         .content = quotes + count,
                                         .form = form,
                                         .close = '"',
                                         .quotes = (uint8_t)count,
                                         .marks = (uint8_t)dollars});
}

/* A u8 behind a string is a part of it. */
static bool take_suffix(Lexer *lexer, uint32_t index)
{
    LexToken *token = &lexer->tokens[index];
    bool suffix =
        (lexer_has(lexer, token->end, STR("u8")) || lexer_has(lexer, token->end, STR("U8"))) &&
        !lexer_in_name(lexer, token->end + 2) && !token->broken && token->close < 200;
    if (suffix && !lexer->lost) {
        token->close += 2;
        token->end += 2;
        lexer->at = token->end;
    }
    return true;
}

/* A string whose prefix of $ and @ is from `start` to `quotes`. */
static bool read_string(Lexer *lexer, uint32_t start, uint32_t quotes)
{
    static const uint8_t forms[2][2] = {{FORM_CSHARP, FORM_CSHARP_HOLES},
                                        {FORM_CSHARP_VERBATIM, FORM_CSHARP_VERBATIM_HOLES}};
    uint32_t index = lexer->count;
    uint32_t dollars = 0;
    uint32_t ats = 0;
    for (uint32_t at = start; at < quotes; at++) {
        dollars += lexer->text[at] == '$';
        ats += lexer->text[at] == '@';
    }
    if (!ats && lexer_has(lexer, quotes, STR("\"\"\""))) {
        read_raw(lexer, start, quotes, dollars);
        return take_suffix(lexer, index);
    }
    lexer_quote(lexer, (LexQuote){.start = start,
                                  .content = quotes + 1,
                                  .form = forms[ats > 0][dollars > 0],
                                  .close = '"',
                                  .quotes = 1});
    return take_suffix(lexer, index);
}

static bool read_prefix(Lexer *lexer)
{
    uint32_t start = lexer->at;
    uint32_t at = start;
    while (at - start < 100 && (lexer_byte(lexer, at) == '$' || lexer_byte(lexer, at) == '@')) {
        at++;
    }
    if (lexer_byte(lexer, at) == '"') {
        return read_string(lexer, start, at);
    }
    return lexer->text[start] == '@' && lexer_begins_name(lexer, start + 1) &&
           lexer_take(lexer, LEX_NAME, start, lexer_name_end(lexer, start + 1));
}

/* What follows these on their line is prose. */
static bool read_directive(Lexer *lexer)
{
    static const Str prose[] = {STR("region"), STR("endregion"), STR("error"), STR("warning"),
                                STR("pragma")};
    uint32_t name = lexer->at + 1;
    while (lexer_byte(lexer, name) == ' ' || lexer_byte(lexer, name) == '\t') {
        name++;
    }
    for (size_t i = 0; lexer->first && i < sizeof prose / sizeof *prose; i++) {
        if (lexer_has(lexer, name, prose[i])) {
            lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
            lexer_take(lexer, LEX_NAME, name, name + (uint32_t)prose[i].len);
            lexer->at = lexer_line_end(lexer, name);
            return true;
        }
    }
    return false;
}

static bool csharp_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
        return read_string(lexer, lexer->at, lexer->at);
    case '\'':
        return lexer_character(lexer, lexer->at, FORM_CSHARP_CHARACTER);
    case '#':
        return read_directive(lexer);
    case '/':
        return lexer_peek(lexer, 1) == '/'   ? lexer_line_comment(lexer, false)
               : lexer_peek(lexer, 1) == '*' ? lexer_block_comment(lexer, false)
                                             : false;
    default:
        return read_prefix(lexer);
    }
}

const LexRules lexer_csharp = {.bytes = csharp_bytes, .special = csharp_special};
