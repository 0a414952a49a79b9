#include "check/secret.h"

#include "base/banned.h"

static bool is_quote(char c)
{
    return c == '\'' || c == '"';
}

/* Writes asterisks over bytes [start, end) of a line, and moves the rest: a character is one asterisk. */
static size_t mask_bytes(char *line, size_t length, size_t start, size_t end)
{
    size_t to = start;
    for (size_t from = start; from < length; from++) {
        bool continues = ((unsigned char)line[from] & 0xc0) == 0x80;
        if (from >= end) {
            line[to++] = line[from];
        } else if (!continues) {
            line[to++] = '*';
        }
    }
    return to;
}

/* Where the value behind a word that ends at `at` stands; empty unless it is, or stands in, a string. */
static Range value_behind(Str line, size_t at)
{
    bool within = false;
    bool assigned = false;
    bool quoted = false;
    for (size_t i = 0; i < at; i++) {
        within ^= is_quote(line.at[i]);
    }
    for (; at < line.len; at++) {
        char c = line.at[at];
        if (c != ' ' && c != '\t' && c != '=' && c != ':' && c != '>' && !is_quote(c)) {
            break;
        }
        assigned |= c == '=' || c == ':';
        quoted |= is_quote(c);
    }
    size_t end = at;
    while (end < line.len && !is_quote(line.at[end]) && (quoted || line.at[end] != ' ')) {
        end++;
    }
    bool counts = quoted || (within && assigned);
    return (Range){(uint32_t)at, (uint32_t)(counts ? end : at)};
}

static bool word_at(Str line, size_t at, Str word)
{
    return str_equal_nocase(str_slice(line, at, at + word.len), word);
}

/* The password of scheme://user:password@host, where "://" stands at `at`. */
static Range value_in_address(Str line, size_t at)
{
    size_t colon = 0;
    for (size_t i = at + 3; i < line.len && !is_quote(line.at[i]) && line.at[i] != ' '; i++) {
        if (line.at[i] == '@') {
            return (Range){(uint32_t)(colon ? colon + 1 : i), (uint32_t)i};
        }
        colon = line.at[i] == ':' && !colon ? i : colon;
    }
    return (Range){0};
}

Str secret_mask(Arena *arena, Str line)
{
    Str copy = arena_copy(arena, line);
    for (size_t i = 0; i < copy.len; i++) {
        Range value = {0};
        if (copy.at[i] == 'p' || copy.at[i] == 'P') {
            value = word_at(copy, i, STR("password")) ? value_behind(copy, i + 8) : value;
        } else if (copy.at[i] == ':' && word_at(copy, i, STR("://"))) {
            value = value_in_address(copy, i);
        }
        if (value.end > value.start) {
            copy.len = mask_bytes((char *)copy.at, copy.len, value.start, value.end);
        }
    }
    return copy;
}
