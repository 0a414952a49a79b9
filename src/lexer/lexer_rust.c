#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

static const uint8_t rust_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, ['/'] = BYTE_SPECIAL};

/* 'x' is a character, 'x alone a lifetime. */
static bool read_quote(Lexer *lexer, uint32_t start)
{
    uint32_t quote = lexer->at;
    char next = lexer_peek(lexer, 1);
    if (next == '\\') {
        return lexer_character(lexer, start, FORM_RUST_CHARACTER);
    }
    unsigned char lead = (unsigned char)next;
    uint32_t close = quote + 1 + (lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
    if (next != '\n' && lexer_byte(lexer, close) == '\'') {
        return lexer_literal(lexer, start, close + 1, FORM_RUST_CHARACTER, quote + 1 - start, 1);
    }
    return start == quote && lexer_begins_name(lexer, quote + 1) &&
           lexer_take(lexer, LEX_NAME, quote, lexer_name_end(lexer, quote + 1));
}

static bool rust_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
        return lexer_simple(lexer, FORM_RUST);
    case '\'':
        return read_quote(lexer, lexer->at);
    default:
        return lexer_peek(lexer, 1) == '/'   ? lexer_line_comment(lexer, false)
               : lexer_peek(lexer, 1) == '*' ? lexer_block_comment(lexer, true)
                                             : false;
    }
}

/* r"…", r#"…"#, with so many #; r#name is a name. */
static bool read_raw(Lexer *lexer, uint32_t start)
{
    enum { MOST_MARKS = 100 };
    char end[MOST_MARKS + 1] = "\"";
    uint32_t marks = lexer_run_length(lexer, lexer->at, '#', MOST_MARKS);
    uint32_t quote = lexer->at + marks;
    if (lexer_byte(lexer, quote) != '"') {
        return marks == 1 && lexer_begins_name(lexer, quote) &&
               lexer_take(lexer, LEX_NAME, start, lexer_name_end(lexer, quote));
    }
    memset(end + 1, '#', marks);
    Str needle = {.at = end, .len = marks + 1};
    uint32_t close =
        lexer->searches < LEXER_SEARCHES ? lexer_find(lexer, quote + 1, needle) : lexer->end;
    if (close >= lexer->end) {
        lexer->searches++;
        return false;
    }
    return lexer_literal(lexer, start, close + marks + 1, FORM_RUST_RAW, quote + 1 - start,
                         marks + 1);
}

/* The prefixes b, c, r, br, cr. */
static bool rust_word(Lexer *lexer, uint32_t start)
{
    uint32_t length = lexer->at - start;
    const char *name = lexer->text + start;
    bool raw = name[length - 1] == 'r';
    bool known = length == 1 ? *name == 'b' || *name == 'c' || raw
                             : length == 2 && raw && (*name == 'b' || *name == 'c');
    char next = lexer->text[lexer->at];
    if (!known) {
        return false;
    }
    if (raw) {
        return next != '\'' && read_raw(lexer, start);
    }
    if (next == '\'') {
        return *name == 'b' && read_quote(lexer, start);
    }
    return next == '"' && lexer_quote(lexer, (LexQuote){.start = start,
                                                        .content = lexer->at + 1,
                                                        .form = FORM_RUST,
                                                        .close = '"',
                                                        .quotes = 1});
}

const LexRules lexer_rust = {.bytes = rust_bytes, .special = rust_special, .word = rust_word};
