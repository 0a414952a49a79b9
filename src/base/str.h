#ifndef RINGFENCE_BASE_STR_H
#define RINGFENCE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A view of bytes. It owns nothing, need not end in NUL and may hold any byte. */
typedef struct {
    const char *at;
    size_t len;
} Str;

/* Bytes [start, end) of some text. */
typedef struct {
    uint32_t start, end;
} Range;

#define STR(literal) ((Str){.at = (literal), .len = sizeof(literal) - 1})

/* printf's "%.*s" arguments of a Str. */
#define STR_ARGS(text) (int)(text).len, (text).at ? (text).at : ""

/* A view of a C string; NULL gives the empty Str. */
Str str_from(const char *text);

bool str_equal(Str a, Str b);

/* Compares ASCII letters without regard to case. */
bool str_equal_nocase(Str a, Str b);

/* memcmp order, the shorter first; the same in every locale. */
int str_compare(Str a, Str b);

bool str_starts_with(Str text, Str prefix);
bool str_ends_with(Str text, Str suffix);

/* Bytes [start, end) of `text`; both are clamped to its length. */
static inline Str str_slice(Str text, size_t start, size_t end)
{
    end = end < text.len ? end : text.len;
    start = start < end ? start : end;
    return (Str){.at = start ? text.at + start : text.at, .len = end - start};
}

/* Offset of the first `byte` at or after `from`, or text.len. */
size_t str_find_byte(Str text, char byte, size_t from);

/* Offset of the first `needle`, or text.len. */
size_t str_find(Str text, Str needle);

/* Without the ASCII white space at both ends. */
Str str_trim(Str text);

/* The next word of *list, which single blanks separate, and *list goes on behind it; empty at the
 * end. */
Str str_next_word(const char **list);

/* Is `word` one of the words of `list`, which single blanks separate? The empty word is none. */
bool str_in_list(const char *list, Str word);

/* … with ASCII letters in any case. */
bool str_in_list_nocase(const char *list, Str word);

/* Does `word` stand anywhere in `text`, with ASCII letters in any case? The empty one does not. */
bool str_holds_nocase(Str text, Str word);

/* Does one of the needles, which bars separate, stand anywhere in `text`? */
bool str_holds_any(Str text, const char *needles);

/* FNV-1a, 64 bits: for maps and fingerprints, so it never changes between releases.
 * Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
uint64_t str_hash(Str text);
uint64_t str_hash_more(uint64_t hash, Str text);

/* Parses all of `text` as an unsigned decimal number no larger than `max`; false leaves `number`.
 */
bool str_to_number(Str text, uint64_t max, uint64_t *number);

/* Edit distance (insert, delete, replace, swap of neighbours), or `limit` + 1 when it is larger. */
unsigned str_distance(Str a, Str b, unsigned limit);

/* ASCII only: the same in every locale, unlike <ctype.h>. Inline, as lexers live on them. */
static inline bool char_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool char_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a name in most languages may hold, in ASCII; and with all of what is not ASCII. */
static inline bool char_is_word(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_';
}

static inline bool char_is_name(char c)
{
    return char_is_word(c) || (unsigned char)c >= 0x80;
}

static inline char char_to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
