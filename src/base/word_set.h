#ifndef RINGFENCE_BASE_WORD_SET_H
#define RINGFENCE_BASE_WORD_SET_H

#include "base/str.h"

/* Does a text hold any of a few words, whatever their case? At several bytes a nanosecond. */

enum { WORD_SET_MOST = 64, WORD_SET_SHORTEST = 2, WORD_SET_BYTES = 3 };

/* Zero-initialise it. Of the bytes of a word's first three, by the lower and the upper half of
 * each, the words (a bit for every eighth) that may stand there: as in needles.h. */
typedef struct {
    uint8_t low[WORD_SET_BYTES][16], high[WORD_SET_BYTES][16];
    Str words[WORD_SET_MOST];
    size_t count;
} WordSet;

/* Adds a word of at least WORD_SET_SHORTEST bytes, which must outlive the set; WORD_SET_MOST at
 * most. */
void word_set_add(WordSet *set, Str word);

bool word_set_has(const WordSet *set, Str word);

/* Does one of the words stand anywhere in `text`, ASCII letters in any case? */
bool word_set_is_in(const WordSet *set, Str text);

#endif
