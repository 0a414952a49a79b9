#include "sql/token.h"

#include <string.h>

#include "base/banned.h"

enum { LONGEST_NAME = 63 }; /* NAMEDATALEN - 1 */

static bool is_name_start(char c)
{
    return char_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name_byte(char c)
{
    return is_name_start(c) || char_is_digit(c) || c == '$';
}

static char byte_at(Str sql, size_t at)
{
    return at < sql.len ? sql.at[at] : '\0';
}

/* Behind the block comment at `at`; they nest. */
static size_t skip_block_comment(Str sql, size_t at)
{
    size_t depth = 0;
    while (at < sql.len) {
        if (byte_at(sql, at) == '/' && byte_at(sql, at + 1) == '*') {
            depth++;
            at += 2;
        } else if (byte_at(sql, at) == '*' && byte_at(sql, at + 1) == '/') {
            at += 2;
            if (--depth == 0) {
                return at;
            }
        } else {
            at++;
        }
    }
    return sql.len;
}

static size_t skip_space(Str sql, size_t at)
{
    while (at < sql.len) {
        if (char_is_space(sql.at[at])) {
            at++;
        } else if (sql.at[at] == '-' && byte_at(sql, at + 1) == '-') {
            while (at < sql.len && sql.at[at] != '\n' && sql.at[at] != '\r') {
                at++;
            }
        } else if (sql.at[at] == '/' && byte_at(sql, at + 1) == '*') {
            at = skip_block_comment(sql, at);
        } else {
            break;
        }
    }
    return at;
}

/* The token from `start` whose opening `quote` is at `at`; a doubled quote is one inside, and so is
 * a quote behind a backslash where `escapes`. */
static Token quoted_token(Str sql, TokenKind kind, size_t start, size_t at, bool escapes)
{
    char quote = sql.at[at++];
    while (at < sql.len) {
        if (escapes && sql.at[at] == '\\') {
            at += 2;
        } else if (sql.at[at] != quote) {
            at++;
        } else if (byte_at(sql, at + 1) == quote) {
            at += 2;
        } else {
            return (Token){.kind = kind, .start = (uint32_t)start, .end = (uint32_t)at + 1};
        }
    }
    return (Token){
        .kind = kind, .start = (uint32_t)start, .end = (uint32_t)sql.len, .unterminated = true};
}

/* $tag$…$tag$, or a TOKEN_END where the text at `at` opens none. */
static Token dollar_token(Str sql, size_t at)
{
    size_t tag = at + 1;
    if (is_name_start(byte_at(sql, tag))) {
        while (is_name_byte(byte_at(sql, tag)) && byte_at(sql, tag) != '$') {
            tag++;
        }
    }
    if (byte_at(sql, tag) != '$') {
        return (Token){.kind = TOKEN_END};
    }
    Str quote = str_slice(sql, at, tag + 1);
    size_t body = str_find(str_slice(sql, tag + 1, sql.len), quote);
    size_t end = tag + 1 + body + quote.len;
    bool unterminated = end > sql.len;
    return (Token){.kind = TOKEN_STRING,
                   .start = (uint32_t)at,
                   .end = (uint32_t)(unterminated ? sql.len : end),
                   .unterminated = unterminated};
}

/* A string with a prefix letter (E'', B'', X'', N'', U&'', U&""), or TOKEN_END. */
static Token prefixed_token(Str sql, size_t at)
{
    char prefix = char_to_lower(sql.at[at]);
    char next = byte_at(sql, at + 1);
    if (next == '\'' && memchr("ebxn", prefix, 4)) {
        return quoted_token(sql, TOKEN_STRING, at, at + 1, prefix == 'e');
    }
    if (prefix == 'u' && next == '&') {
        char quote = byte_at(sql, at + 2);
        if (quote == '\'' || quote == '"') {
            return quoted_token(sql, quote == '"' ? TOKEN_QUOTED_NAME : TOKEN_STRING, at, at + 2,
                                false);
        }
    }
    return (Token){.kind = TOKEN_END};
}

static Token run_token(Str sql, TokenKind kind, size_t start, size_t at, bool (*belongs)(char))
{
    while (at < sql.len && belongs(sql.at[at])) {
        at++;
    }
    return (Token){.kind = kind, .start = (uint32_t)start, .end = (uint32_t)at};
}

static bool is_number_byte(char c)
{
    return char_is_digit(c) || c == '.';
}

Token token_next(Str sql, size_t from)
{
    size_t at = skip_space(sql, from);
    if (at >= sql.len) {
        return (Token){.kind = TOKEN_END, .start = (uint32_t)sql.len, .end = (uint32_t)sql.len};
    }
    char c = sql.at[at];
    if (is_name_start(c)) {
        Token prefixed = prefixed_token(sql, at);
        return prefixed.kind != TOKEN_END ? prefixed
                                          : run_token(sql, TOKEN_WORD, at, at + 1, is_name_byte);
    }
    if (c == '\'') {
        return quoted_token(sql, TOKEN_STRING, at, at, false);
    }
    if (c == '"') {
        return quoted_token(sql, TOKEN_QUOTED_NAME, at, at, false);
    }
    if (c == '$' && char_is_digit(byte_at(sql, at + 1))) {
        return run_token(sql, TOKEN_PARAMETER, at, at + 2, char_is_digit);
    }
    if (c == '$') {
        Token dollar = dollar_token(sql, at);
        if (dollar.kind != TOKEN_END) {
            return dollar;
        }
    }
    if (char_is_digit(c)) {
        return run_token(sql, TOKEN_NUMBER, at, at + 1, is_number_byte);
    }
    return (Token){.kind = c == '\\' ? TOKEN_BACKSLASH : TOKEN_SYMBOL,
                   .start = (uint32_t)at,
                   .end = (uint32_t)at + 1};
}

static Str token_text(Str sql, Token token)
{
    return str_slice(sql, token.start, token.end);
}

bool token_is_word(Str sql, Token token, Str keyword)
{
    return token.kind == TOKEN_WORD && str_equal_nocase(token_text(sql, token), keyword);
}

bool token_is_symbol(Str sql, Token token, char symbol)
{
    return token.kind == TOKEN_SYMBOL && sql.at[token.start] == symbol;
}

bool token_is_name(Token token)
{
    return token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED_NAME;
}

/* The length of `name` cut to 63 bytes, not inside a UTF-8 sequence. */
static size_t cut_length(const char *name, size_t length)
{
    if (length <= LONGEST_NAME) {
        return length;
    }
    size_t cut = LONGEST_NAME;
    while (cut > 0 && ((unsigned char)name[cut] & 0xc0) == 0x80) {
        cut--;
    }
    return cut;
}

Str token_name(Arena *arena, Str sql, Token token)
{
    Str text = token_text(sql, token);
    bool quoted = token.kind == TOKEN_QUOTED_NAME;
    if (quoted) {
        size_t opening = text.at[0] == '"' ? 1 : 3;
        text = str_slice(text, opening, text.len - !token.unterminated);
    }
    char *name = arena_take_raw(arena, text.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        name[length++] = quoted ? text.at[i] : char_to_lower(text.at[i]);
        i += quoted && text.at[i] == '"';
    }
    length = cut_length(name, length);
    name[length] = '\0';
    return (Str){.at = name, .len = length};
}

Range token_dotted_name(Str sql, size_t from)
{
    Token token = token_next(sql, from);
    Range range = {.start = token.start, .end = token.start};
    while (token_is_name(token)) {
        range.end = token.end;
        Token dot = token_next(sql, token.end);
        if (!token_is_symbol(sql, dot, '.')) {
            break;
        }
        token = token_next(sql, dot.end);
    }
    return range;
}

/* The end of the dotted name `parts` if it stands at `token`, else 0. */
static uint32_t match_parts(Arena *scratch, Str sql, Token token, const Str *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!token_is_name(token) || !str_equal(token_name(scratch, sql, token), parts[i])) {
            return 0;
        }
        if (i + 1 == count) {
            return token.end;
        }
        Token dot = token_next(sql, token.end);
        if (!token_is_symbol(sql, dot, '.')) {
            return 0;
        }
        token = token_next(sql, dot.end);
    }
    return 0;
}

Range token_find_name(Arena *scratch, Str sql, size_t from, const Str *parts, size_t count)
{
    for (Token token = token_next(sql, from); token.kind != TOKEN_END;
         token = token_next(sql, token.end)) {
        uint32_t end = match_parts(scratch, sql, token, parts, count);
        if (end) {
            return (Range){.start = token.start, .end = end};
        }
    }
    return (Range){0};
}
