#ifndef RINGFENCE_SQL_TREE_EIGHT_H
#define RINGFENCE_SQL_TREE_EIGHT_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Looks at eight bytes of JSON at once. The inside of tree.c. */

enum { EIGHT = sizeof(uint64_t) };

/* How many of the eight bytes at `at` stand before a quote; those in *eight, the rest zero. The
 * lowest zero byte of x is found as in "Bit Twiddling Hacks", haszero(v):
 * https://graphics.stanford.edu/~seander/bithacks.html */
static inline size_t eight_before_quote(const char *at, uint64_t *eight)
{
    memcpy(eight, at, EIGHT);
    *eight = le64toh(*eight);
    uint64_t x = *eight ^ 0x2222222222222222u;
    uint64_t quotes = (x - 0x0101010101010101u) & ~x & 0x8080808080808080u;
    if (!quotes) {
        return EIGHT;
    }
    size_t length = (size_t)__builtin_ctzll(quotes) / 8;
    *eight &= length ? UINT64_MAX >> (64 - 8 * length) : 0;
    return length;
}

/* Are eight bytes before `end` neither a quote nor a backslash? */
static inline bool eight_are_plain(const char *at, const char *end)
{
    if (end - at < EIGHT) {
        return false;
    }
    uint64_t eight;
    memcpy(&eight, at, EIGHT);
    uint64_t x = eight ^ 0x2222222222222222u;
    uint64_t y = eight ^ 0x5c5c5c5c5c5c5c5cu;
    return !((((x - 0x0101010101010101u) & ~x) | ((y - 0x0101010101010101u) & ~y)) &
             0x8080808080808080u);
}

#endif
