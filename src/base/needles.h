#ifndef RINGFENCE_BASE_NEEDLES_H
#define RINGFENCE_BASE_NEEDLES_H

#include "base/str.h"

/* Looks for many words at once: one look at each byte of the text, whatever their number. */

enum { NEEDLE_SHORTEST = 4, NEEDLES_BITS = 1 << 14 };

/* The first bytes of the words, hashed. Zero-initialise it. */
typedef struct {
    uint64_t bits[NEEDLES_BITS / 64];
} Needles;

/* Adds a word of at least NEEDLE_SHORTEST bytes. */
void needles_add(Needles *needles, Str word);

/* The first offset at or after `from` where one of the words may stand: its first bytes do, and
 * seldom others of the same hash. text.len: none. */
size_t needles_find(const Needles *needles, Str text, size_t from);

#endif
