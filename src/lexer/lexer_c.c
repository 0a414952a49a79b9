#include "lexer/lexer_state.h"

#include "base/banned.h"

/* C, C++, Go and Java: slash comments, double quotes, characters. */

static const uint8_t c_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['$'] = BYTE_NAME,    ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL,
    ['/'] = BYTE_SPECIAL,    ['#'] = BYTE_SPECIAL, ['`'] = BYTE_SPECIAL};

static bool read_slash(Lexer *lexer, bool joins)
{
    char next = lexer_peek(lexer, 1);
    return next == '/'   ? lexer_line_comment(lexer, joins)
           : next == '*' ? lexer_block_comment(lexer, false)
                         : false;
}

/* #error, #warning, #pragma and #region are followed by prose, #include by a path. */
static bool read_directive(Lexer *lexer)
{
    static const Str prose[] = {STR("error"), STR("warning"), STR("pragma"), STR("region")};
    uint32_t start = lexer->at;
    uint32_t name = start + 1;
    while (lexer_byte(lexer, name) == ' ' || lexer_byte(lexer, name) == '\t') {
        name++;
    }
    bool skips = lexer_has(lexer, name, STR("include")) && lexer_find_on_line(lexer, name, '<');
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++) {
        skips |= lexer_has(lexer, name, prose[i]);
    }
    if (!lexer->first || !skips) {
        return false;
    }
    lexer_take(lexer, LEX_SYMBOL, start, start + 1);
    lexer_take(lexer, LEX_NAME, name, lexer_name_end(lexer, name));
    lexer->at = lexer_line_end(lexer, name);
    return true;
}

static bool c_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
        if (lexer_peek(lexer, 1) == '"' && str_equal(lexer_last(lexer), STR("operator"))) {
            return lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 2); /* operator""_s */
        }
        return lexer_simple(lexer, FORM_C);
    case '\'':
        return lexer_character(lexer, lexer->at, FORM_C_CHARACTER);
    case '/':
        return read_slash(lexer, true);
    case '#':
        return read_directive(lexer);
    default:
        return false;
    }
}

/* R"tag(…)tag", lexer->at being at its quote. */
static bool read_raw(Lexer *lexer, uint32_t start)
{
    enum { LONGEST_TAG = 16 };
    char end[LONGEST_TAG + 2] = ")";
    uint32_t tag = lexer->at + 1;
    uint32_t length = 0;
    while (length < LONGEST_TAG && lexer_byte(lexer, tag + length) != '(') {
        char byte = lexer_byte(lexer, tag + length);
        if (char_is_space(byte) || byte == ')' || byte == '\\' || byte == '"' || !byte) {
            return false;
        }
        end[1 + length++] = byte;
    }
    if (lexer_byte(lexer, tag + length) != '(' || lexer->searches >= LEXER_SEARCHES) {
        return false;
    }
    end[1 + length] = '"';
    uint32_t content = tag + length + 1;
    uint32_t close = lexer_find(lexer, content, (Str){.at = end, .len = length + 2});
    if (close >= lexer->end) {
        lexer->searches++;
        return false;
    }
    return lexer_literal(lexer, start, close + length + 2, FORM_C_RAW, content - start, length + 2);
}

enum { C_PLAIN, C_PLUS_PLUS };

/* The prefixes L u U u8, with R in C++. */
static bool c_word(Lexer *lexer, uint32_t start)
{
    uint32_t length = lexer->at - start;
    const char *name = lexer->text + start;
    char quote = lexer->text[lexer->at];
    bool raw = length && name[length - 1] == 'R' && lexer->rules->dialect == C_PLUS_PLUS;
    length -= raw;
    bool known = length == 0 || (length == 1 && (*name == 'L' || *name == 'u' || *name == 'U')) ||
                 (length == 2 && name[0] == 'u' && name[1] == '8');
    if (!known || length + raw > 3) {
        return false;
    }
    if (quote == '\'') {
        return !raw && lexer_character(lexer, start, FORM_C_CHARACTER);
    }
    if (quote != '"') {
        return false;
    }
    return raw ? read_raw(lexer, start)
               : lexer_quote(lexer, (LexQuote){.start = start,
                                               .content = lexer->at + 1,
                                               .form = FORM_C,
                                               .close = '"',
                                               .quotes = 1});
}

static bool go_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
        return lexer_simple(lexer, FORM_GO);
    case '`':
        return lexer_simple(lexer, FORM_GO_RAW);
    case '\'':
        return lexer_character(lexer, lexer->at, FORM_GO_CHARACTER);
    case '/':
        return read_slash(lexer, false);
    default:
        return false;
    }
}

static bool java_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
        return lexer_has(lexer, lexer->at, STR("\"\"\""))
                   ? lexer_quote(lexer, (LexQuote){.start = lexer->at,
                                                   .content = lexer->at + 3,
                                                   .form = FORM_JAVA_BLOCK,
                                                   .close = '"',
                                                   .quotes = 3})
                   : lexer_simple(lexer, FORM_JAVA);
    case '\'':
        return lexer_character(lexer, lexer->at, FORM_JAVA_CHARACTER);
    case '/':
        return read_slash(lexer, false);
    default:
        return false;
    }
}

const LexRules lexer_clang = {
    .bytes = c_bytes, .special = c_special, .word = c_word, .digit_quotes = true};
const LexRules lexer_cplusplus = {.bytes = c_bytes,
                                  .special = c_special,
                                  .word = c_word,
                                  .digit_quotes = true,
                                  .dialect = C_PLUS_PLUS};
const LexRules lexer_go = {.bytes = c_bytes, .special = go_special};
const LexRules lexer_java = {.bytes = c_bytes, .special = java_special};
