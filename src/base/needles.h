#ifndef RINGFENCE_BASE_NEEDLES_H
#define RINGFENCE_BASE_NEEDLES_H

#include "base/str.h"

/* Looks for many words at once, at several bytes a nanosecond whatever their number. */

enum {
    NEEDLE_SHORTEST = 4,
    NEEDLES_MOST = 128,
    NEEDLE_SAME = 8,         /* that many may stand at one place */
    NEEDLE_BUCKETS = 16,     /* in two sets, a bit a bucket */
    NEEDLE_HITS_LEAST = 512, /* room for needles_find */
};

/* How a word is looked for. */
enum {
    NEEDLE_EXACT = 0,
    NEEDLE_ANY_CASE = 1, /* of ASCII letters */
    NEEDLE_BEGINS = 2, /* only where no byte of a name is before it, or a backslash and a letter */
};

/* The words; zero-initialise it. The bytes of a word's first four that its bucket may have, by the
 * lower and the upper half of each: a byte's bucket is where both say so. Source of the method: the
 * Teddy algorithm of Hyperscan and of Rust's aho-corasick. */
typedef struct {
    uint8_t low[2][NEEDLE_SHORTEST][16], high[2][NEEDLE_SHORTEST][16];
    uint8_t inside[2]; /* buckets that need not begin a word */
    uint8_t heads[256];
    struct {
        Str word;
        uint8_t how, next; /* NEEDLE_…; the next one of the same hash, plus one */
    } words[NEEDLES_MOST];
    size_t count;
} Needles;

typedef struct {
    uint32_t at;
    uint32_t needle; /* its number, in the order in which they were added */
} NeedleHit;

/* Adds a word of at least NEEDLE_SHORTEST bytes, which must outlive the needles. The same one may
 * be added again, NEEDLE_SAME times at most. */
void needles_add(Needles *needles, Str word, unsigned how);

/* Fills `hits` with where words stand at or after *from, in that order, and moves *from to where to
 * go on: until it is text.len. Room for at least NEEDLE_HITS_LEAST. The number of hits. */
size_t needles_find(const Needles *needles, Str text, size_t *from, NeedleHit *hits, size_t room);

#endif
