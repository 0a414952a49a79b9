#include <string.h>

#include "base/utf8.h"
#include "lexer/lexer_decode.h"

#include "base/banned.h"

/* Reads escapes by the tables of lexer_forms.c. */

static void append_code_point(LexDraft *draft, uint32_t code_point, uint32_t offset)
{
    char bytes[UTF8_LONGEST];
    size_t count = utf8_encode(code_point > 0x10ffff ? '?' : code_point, bytes);
    for (size_t i = 0; i < count; i++) {
        lexer_draft_byte(draft, bytes[i], offset);
    }
}

/* The number that up to `most` digits at *at spell; *at moves behind them. */
static uint32_t read_digits(Str text, uint32_t *at, uint32_t end, unsigned base, unsigned most)
{
    uint32_t number = 0;
    for (; most > 0 && *at < end; most--, (*at)++) {
        char c = char_to_lower(text.at[*at]);
        unsigned digit = char_is_digit(c)       ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 99;
        if (digit >= base) {
            break;
        }
        number = number > 0xfffffff ? number : number * base + digit;
    }
    return number;
}

/* {…} with hexadecimal code points; Ruby allows several. */
static uint32_t read_braces(LexDraft *draft, uint32_t at, uint32_t end, uint32_t start)
{
    Str text = draft->file->text;
    at++;
    while (at < end && text.at[at] != '}') {
        uint32_t digits = at;
        uint32_t number = read_digits(text, &at, end, 16, 8);
        if (at == digits) {
            at++; /* a blank, U+, or no escape at all */
        } else {
            append_code_point(draft, number, start);
        }
    }
    return at < end ? at + 1 : at;
}

/* Behind the first half of a pair, the second half: JavaScript, Java and C# write them so. */
static uint32_t read_low_half(Str text, uint32_t *at, uint32_t end, uint32_t high)
{
    uint32_t next = *at;
    if (high < 0xd800 || high > 0xdbff || next + 6 > end || text.at[next] != '\\' ||
        text.at[next + 1] != 'u') {
        return high >= 0xd800 && high <= 0xdfff ? '?' : high;
    }
    next += 2;
    uint32_t low = read_digits(text, &next, end, 16, 4);
    if (low < 0xdc00 || low > 0xdfff) {
        return '?';
    }
    *at = next;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* \u and \U, whose letter is at `at`. */
static uint32_t decode_unicode(LexDraft *draft, uint32_t at, uint32_t end, uint32_t start)
{
    Str text = draft->file->text;
    unsigned unicode = draft->form->escapes->unicode;
    bool eight = text.at[at++] == 'U';
    if (!eight && unicode & 4 && at < end && text.at[at] == '{') {
        return read_braces(draft, at, end, start);
    }
    while (!eight && at < end && text.at[at] == 'u') {
        at++; /* Java: any number of u */
    }
    uint32_t number = read_digits(text, &at, end, 16, eight ? 8 : 4);
    append_code_point(draft, eight ? number : read_low_half(text, &at, end, number), start);
    return at;
}

/* \x, whose letter is at `at`. */
static uint32_t decode_hex(LexDraft *draft, uint32_t at, uint32_t end, uint32_t start)
{
    static const unsigned most[] = {0, 2, 2, 4};
    Str text = draft->file->text;
    at++;
    if (draft->form->escapes->braced && at < end && text.at[at] == '{') {
        return read_braces(draft, at, end, start);
    }
    uint32_t number = read_digits(text, &at, end, 16, most[draft->form->escapes->hex]);
    append_code_point(draft, number, start);
    return at;
}

/* \N{…}: Perl's U+ is a code point, a name gives a question mark. */
static uint32_t decode_named(LexDraft *draft, uint32_t at, uint32_t end, uint32_t start)
{
    Str text = draft->file->text;
    at++;
    if (at >= end || text.at[at] != '{') {
        lexer_draft_byte(draft, '?', start);
        return at;
    }
    if (at + 2 < end && text.at[at + 1] == 'U' && text.at[at + 2] == '+') {
        return read_braces(draft, at + 2, end, start);
    }
    const char *close = memchr(text.at + at, '}', end - at);
    lexer_draft_byte(draft, '?', start);
    return close ? (uint32_t)(close - text.at) + 1 : end;
}

/* A backslash before a line's end, which is at `at`. */
static uint32_t join_lines(LexDraft *draft, uint32_t at, uint32_t end)
{
    Str text = draft->file->text;
    at += text.at[at] == '\r';
    at += at < end;
    draft->line_start = true;
    bool swift = draft->form->holes == HOLES_SWIFT;
    while (draft->form->escapes->joins == 2 && !swift && at < end && char_is_space(text.at[at])) {
        at++;
    }
    return at;
}

/* What a letter of the table stands for; NULL: it is none. */
static const char *simple_escape(const LexEscapes *escapes, char letter)
{
    for (const char *pair = escapes->simple; pair && *pair; pair += 2) {
        if (*pair == letter) {
            return pair + 1;
        }
    }
    return NULL;
}

static bool is_line_end(Str text, uint32_t at, uint32_t end)
{
    return at < end && (text.at[at] == '\n' ||
                        (text.at[at] == '\r' && at + 1 < end && text.at[at + 1] == '\n'));
}

static uint32_t keep_backslash(LexDraft *draft, uint32_t start)
{
    lexer_draft_byte(draft, '\\', start);
    return start + 1;
}

/* The escapes that only hide a delimiter or themselves. */
static uint32_t decode_only(LexDraft *draft, uint32_t start, uint32_t at)
{
    char byte = draft->file->text.at[at];
    const char *only = draft->form->escapes->only;
    if (!byte ||
        (!strchr(only, byte) && byte != draft->delimiters[0] && byte != draft->delimiters[1])) {
        return keep_backslash(draft, start);
    }
    lexer_draft_byte(draft, byte, at);
    return at + 1;
}

uint32_t lexer_decode_escape(LexDraft *draft, uint32_t start, uint32_t end)
{
    Str text = draft->file->text;
    const LexEscapes *escapes = draft->form->escapes;
    uint32_t at = start + 1;
    for (uint32_t marks = draft->marks; marks > 0; marks--, at++) {
        if (at >= end || text.at[at] != '#') {
            return keep_backslash(draft, start);
        }
    }
    if (at >= end) {
        return keep_backslash(draft, start);
    }
    char letter = text.at[at];
    if (is_line_end(text, at, end) && escapes->joins) {
        return join_lines(draft, at, end);
    }
    if (escapes->only) {
        return decode_only(draft, start, at);
    }
    const char *simple = simple_escape(escapes, letter);
    if (simple) {
        lexer_draft_byte(draft, *simple, start);
        return at + 1;
    }
    if (letter == 'x' && escapes->hex) {
        return decode_hex(draft, at, end, start);
    }
    if ((letter == 'u' && escapes->unicode) || (letter == 'U' && (escapes->unicode & 3) == 2)) {
        return decode_unicode(draft, at, end, start);
    }
    if (letter == 'N' && escapes->named) {
        return decode_named(draft, at, end, start);
    }
    if (letter >= '0' && letter <= '7' && escapes->octal && (escapes->octal > 1 || letter == '0')) {
        append_code_point(draft, read_digits(text, &at, end, 8, escapes->octal) & 255, start);
        return at;
    }
    if (letter == 'c' && escapes->control && at + 1 < end) {
        lexer_draft_byte(draft, (char)(text.at[at + 1] & 0x1f), start);
        return at + 2;
    }
    if (escapes->keeps) {
        return keep_backslash(draft, start);
    }
    lexer_draft_byte(draft, letter, at);
    return at + 1;
}

uint32_t lexer_decode_entity(LexDraft *draft, uint32_t start, uint32_t end)
{
    static const struct {
        Str name;
        char byte;
    } entities[] = {{STR("&lt;"), '<'},
                    {STR("&gt;"), '>'},
                    {STR("&amp;"), '&'},
                    {STR("&quot;"), '"'},
                    {STR("&apos;"), '\''}};
    Str text = draft->file->text;
    Str rest = str_slice(text, start, end);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (str_starts_with(rest, entities[i].name)) {
            lexer_draft_byte(draft, entities[i].byte, start);
            return start + (uint32_t)entities[i].name.len;
        }
    }
    uint32_t at = start + 2;
    if (str_starts_with(rest, STR("&#"))) {
        bool hexadecimal = at < end && text.at[at] == 'x';
        at += hexadecimal;
        uint32_t digits = at;
        uint32_t number = read_digits(text, &at, end, hexadecimal ? 16 : 10, 8);
        if (at > digits && at < end && text.at[at] == ';') {
            append_code_point(draft, number, start);
            return at + 1;
        }
    }
    lexer_draft_byte(draft, '&', start);
    return start + 1;
}
