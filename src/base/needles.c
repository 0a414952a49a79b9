#include "base/needles.h"

#include <string.h>

#include "base/banned.h"

/* Fibonacci hashing of the first four bytes. */
static uint32_t hash_at(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes * 2654435769u >> 18;
}

_Static_assert(1 << (32 - 18) == NEEDLES_BITS, "the hash is as wide as the table");

void needles_add(Needles *needles, Str word)
{
    uint32_t hash = hash_at(word.at);
    needles->bits[hash / 64] |= UINT64_C(1) << hash % 64;
}

size_t needles_find(const Needles *needles, Str text, size_t from)
{
    for (size_t i = from; i + NEEDLE_SHORTEST <= text.len; i++) {
        uint32_t hash = hash_at(text.at + i);
        if (needles->bits[hash / 64] >> hash % 64 & 1) {
            return i;
        }
    }
    return text.len;
}
