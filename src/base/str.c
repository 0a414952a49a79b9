#include "base/str.h"

#include <string.h>

#include "base/banned.h"

Str str_from(const char *text)
{
    return (Str){.at = text, .len = text ? strlen(text) : 0};
}

bool str_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool str_equal_nocase(Str a, Str b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (char_to_lower(a.at[i]) != char_to_lower(b.at[i])) {
            return false;
        }
    }
    return true;
}

int str_compare(Str a, Str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.at, b.at, common) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts_with(Str text, Str prefix)
{
    return text.len >= prefix.len && str_equal(str_slice(text, 0, prefix.len), prefix);
}

bool str_ends_with(Str text, Str suffix)
{
    return text.len >= suffix.len &&
           str_equal(str_slice(text, text.len - suffix.len, text.len), suffix);
}

size_t str_find_byte(Str text, char byte, size_t from)
{
    if (from >= text.len) {
        return text.len;
    }
    const char *found = memchr(text.at + from, byte, text.len - from);
    return found ? (size_t)(found - text.at) : text.len;
}

Str str_trim(Str text)
{
    size_t start = 0;
    size_t end = text.len;
    while (start < end && char_is_space(text.at[start])) {
        start++;
    }
    while (end > start && char_is_space(text.at[end - 1])) {
        end--;
    }
    return str_slice(text, start, end);
}

/* The next piece of *list up to `separator`, and *list goes on behind that. */
static Str next_piece(const char **list, char separator)
{
    const char *end = strchrnul(*list, separator);
    Str piece = {.at = *list, .len = (size_t)(end - *list)};
    *list = end + (*end != '\0');
    return piece;
}

Str str_next_word(const char **list)
{
    return next_piece(list, ' ');
}

bool str_holds_any(Str text, const char *needles)
{
    while (*needles) {
        if (str_find(text, next_piece(&needles, '|')) < text.len) {
            return true;
        }
    }
    return false;
}

bool str_holds_nocase(Str text, Str word)
{
    for (size_t at = 0; word.len && at + word.len <= text.len; at++) {
        if (char_to_lower(text.at[at]) == char_to_lower(*word.at) &&
            str_equal_nocase(str_slice(text, at, at + word.len), word)) {
            return true;
        }
    }
    return false;
}

/* One pass, without calls: word after word of a text is looked up. */
static inline bool in_list(const char *list, Str word, bool nocase)
{
    while (*list && word.len) {
        size_t same = 0;
        while (same < word.len && *list && *list != ' ' &&
               (nocase ? char_to_lower(*list) == char_to_lower(word.at[same])
                       : *list == word.at[same])) {
            list++;
            same++;
        }
        if (same == word.len && (*list == ' ' || !*list)) {
            return true;
        }
        while (*list && *list++ != ' ') {
        }
    }
    return false;
}

bool str_in_list(const char *list, Str word)
{
    return in_list(list, word, false);
}

bool str_in_list_nocase(const char *list, Str word)
{
    return in_list(list, word, true);
}

uint64_t str_hash(Str text)
{
    return str_hash_more(14695981039346656037u, text);
}

uint64_t str_hash_more(uint64_t hash, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (unsigned char)text.at[i]) * 1099511628211u;
    }
    return hash;
}

bool str_to_number(Str text, uint64_t max, uint64_t *number)
{
    uint64_t value = 0;
    if (text.len == 0) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned char)text.at[i] - (unsigned)'0';
        if (digit > 9 || digit > max || value > (max - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment over three rolling rows; names longer than the rows never match. */
unsigned str_distance(Str a, Str b, unsigned limit)
{
    enum { LONGEST = 64 };
    unsigned rows[3][LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST) {
        return limit + 1;
    }
    for (unsigned j = 0; j <= b.len; j++) {
        rows[0][j] = j;
    }
    for (unsigned i = 1; i <= a.len; i++) {
        const unsigned *before = rows[(i + 1) % 3];
        const unsigned *last = rows[(i - 1) % 3];
        unsigned *row = rows[i % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b.len; j++) {
            unsigned replaced = last[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            row[j] = min3(last[j] + 1, row[j - 1] + 1, replaced);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1]) {
                row[j] = row[j] < before[j - 2] + 1 ? row[j] : before[j - 2] + 1;
            }
        }
    }
    unsigned distance = rows[a.len % 3][b.len];
    return distance <= limit ? distance : limit + 1;
}
