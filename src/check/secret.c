#include "check/secret.h"

#include "base/banned.h"

enum { LONGEST_ADDRESS = 512 };

static bool is_quote(char c)
{
    return c == '\'' || c == '"';
}

static bool separates(char c)
{
    return c == ' ' || c == '\t' || c == '=' || c == ':' || c == '>' || c == '(' || is_quote(c);
}

/* Does a value without quotes end there? */
static bool ends(char c)
{
    return c == ' ' || c == '\t' || c == ';' || c == '&';
}

/* Where the value behind a word that ends at `at` stands; empty unless it is a string, is assigned
 * `within` one, or follows a = at once. */
static Range value_behind(Str line, size_t at, bool within)
{
    bool assigned = false;
    bool quoted = false;
    for (; at < line.len && separates(line.at[at]); at++) {
        assigned |= line.at[at] == '=' || line.at[at] == ':';
        quoted |= is_quote(line.at[at]);
    }
    size_t end = at;
    bool counts = quoted || (assigned && (within || line.at[at - 1] == '='));
    while (counts && end < line.len && (quoted || !ends(line.at[end]))) {
        bool doubled = end + 1 < line.len && line.at[end + 1] == line.at[end];
        if (is_quote(line.at[end]) && !doubled) {
            break;
        }
        end += is_quote(line.at[end]) ? 2 : 1;
    }
    return (Range){(uint32_t)at, (uint32_t)end};
}

/* The password of scheme://user:password@host, where "://" stands at `at`. */
static Range value_in_address(Str line, size_t at)
{
    size_t colon = 0;
    size_t sign = 0; /* the last one: a password may hold others */
    Str address = str_slice(line, 0, at + LONGEST_ADDRESS);
    for (size_t i = at + 3; i < address.len && !is_quote(line.at[i]) && line.at[i] != ' '; i++) {
        sign = line.at[i] == '@' ? i : sign;
        colon = line.at[i] == ':' && !colon ? i : colon;
    }
    bool password = colon && colon < sign;
    return password ? (Range){(uint32_t)colon + 1, (uint32_t)sign} : (Range){0};
}

static bool word_at(Str line, size_t at, Str word)
{
    return str_equal_nocase(str_slice(line, at, at + word.len), word);
}

/* The secret that is announced at byte `at`; empty: none. */
static Range secret_at(Str line, size_t at, bool within)
{
    char c = line.at[at];
    static const Str words[] = {STR("password"), STR("passwd"), STR("pwd"), STR("psw")};
    for (size_t i = 0; (c == 'p' || c == 'P') && i < sizeof words / sizeof *words; i++) {
        if (word_at(line, at, words[i])) {
            return value_behind(line, at + words[i].len, within);
        }
    }
    return c == ':' && word_at(line, at, STR("://")) ? value_in_address(line, at) : (Range){0};
}

Str secret_mask(Arena *arena, Str line)
{
    char *shown = arena_take_raw(arena, line.len + 1);
    size_t length = 0;
    bool within = false;
    Range secret = {0};
    for (size_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        bool continues = ((unsigned char)c & 0xc0) == 0x80;
        if (i >= secret.end) {
            Range next = secret_at(line, i, within);
            secret = next.end > next.start ? next : secret;
        }
        within ^= is_quote(c);
        if (i < secret.start || i >= secret.end) {
            shown[length++] = c;
        } else if (!continues) {
            shown[length++] = '*';
        }
    }
    shown[length] = '\0';
    return (Str){.at = shown, .len = length};
}
