#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

static const uint8_t swift_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['#'] = BYTE_SPECIAL,
    ['/'] = BYTE_SPECIAL,    ['`'] = BYTE_SPECIAL, ['$'] = BYTE_NAME};

/* #"""# and #""""# are quotes between marks, not the beginning of lines: does a quote with so many
 * # end it on its line? */
static bool ends_on_line(Lexer *lexer, uint32_t quotes, uint32_t marks)
{
    uint32_t at = quotes + 1;
    while (lexer->searches < LEXER_SEARCHES && (at = lexer_find_on_line(lexer, at + 1, '"'))) {
        if (lexer_run_length(lexer, at + 1, '#', marks) == marks) {
            return true;
        }
    }
    lexer->searches += lexer_line_end(lexer, quotes) > quotes + 3;
    return false;
}

/* A string whose quotes stand behind so many #. */
static bool read_string(Lexer *lexer, uint32_t marks)
{
    uint32_t start = lexer->at;
    uint32_t quotes = start + marks;
    bool lines =
        lexer_has(lexer, quotes, STR("\"\"\"")) && !(marks && ends_on_line(lexer, quotes, marks));
    uint8_t form = marks ? (lines ? FORM_SWIFT_MARKED_BLOCK : FORM_SWIFT_MARKED)
                         : (lines ? FORM_SWIFT_BLOCK : FORM_SWIFT);
    return lexer_quote(lexer, (LexQuote){.start = start,
                                         .content = quotes + (lines ? 3 : 1),
                                         .form = form,
                                         .close = '"',
                                         .quotes = lines ? 3 : 1,
                                         .marks = (uint8_t)marks});
}

/* #/…/#, over lines when nothing follows the opening slash on its line. */
static bool read_marked_regex(Lexer *lexer, uint32_t marks)
{
    enum { MOST_MARKS = 8 };
    char end[MOST_MARKS + 2] = "/";
    uint32_t start = lexer->at;
    uint32_t content = start + marks + 1;
    if (marks > MOST_MARKS || lexer->searches >= LEXER_SEARCHES) {
        return false;
    }
    memset(end + 1, '#', marks);
    uint32_t close = lexer_find(lexer, content, (Str){.at = end, .len = marks + 1});
    bool lines = memchr(lexer->text + content, '\n', close - content) != NULL;
    if (close >= lexer->end || (lines && lexer_line_end(lexer, content) != content)) {
        lexer->searches++;
        return false;
    }
    return lexer_literal(lexer, start, close + marks + 1, FORM_REGEX_LINES, marks + 1, marks + 1);
}

static bool read_mark(Lexer *lexer)
{
    uint32_t marks = lexer_run_length(lexer, lexer->at, '#', 100);
    char next = lexer_byte(lexer, lexer->at + marks);
    return next == '"'   ? read_string(lexer, marks)
           : next == '/' ? read_marked_regex(lexer, marks)
                         : false;
}

/* /…/ where a value may begin: on one line, and not beginning with a blank. */
static bool read_regex(Lexer *lexer)
{
    static const Str before[] = {STR("("), STR(","), STR("="),      STR(":"),
                                 STR("["), STR("{"), STR("return"), STR("in")};
    Str last = lexer_last(lexer);
    bool value = false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        value |= str_equal(last, before[i]);
    }
    char next = lexer_peek(lexer, 1);
    if (!value || lexer->searches >= LEXER_SEARCHES || next == ' ' || next == '\t' || next == ')') {
        return false;
    }
    for (uint32_t at = lexer->at + 1; at < lexer->end && lexer->text[at] != '\n'; at++) {
        if (lexer->text[at] == '/') {
            return lexer_literal(lexer, lexer->at, at + 1, FORM_REGEX, 1, 1);
        }
        at += lexer->text[at] == '\\';
    }
    lexer->searches++;
    return false;
}

static bool swift_special(Lexer *lexer, char byte)
{
    uint32_t end;
    switch (byte) {
    case '"':
        return read_string(lexer, 0);
    case '#':
        return read_mark(lexer);
    case '`':
        end = lexer_find_on_line(lexer, lexer->at + 1, '`');
        return end && lexer_take(lexer, LEX_NAME, lexer->at, end + 1);
    default:
        return lexer_peek(lexer, 1) == '/'   ? lexer_line_comment(lexer, false)
               : lexer_peek(lexer, 1) == '*' ? lexer_block_comment(lexer, true)
                                             : read_regex(lexer);
    }
}

const LexRules lexer_swift = {.bytes = swift_bytes, .special = swift_special};
