#ifndef RINGFENCE_SQL_TREE_WORDS_H
#define RINGFENCE_SQL_TREE_WORDS_H

#include "base/str.h"

/* The words of words.h, by their hash. The inside of tree.c, which looks one up for each key. */

enum { TREE_WORD_SLOTS = 4096 };

typedef struct {
    Str name;
    uint64_t hash;
    uint16_t value; /* NodeTag or NodeKey; 0: the slot is free */
} TreeWord;

/* Filled by tree_prepare, read only afterwards. */
extern TreeWord tree_words[TREE_WORD_SLOTS];

/* Words are hashed while they are scanned, eight bytes at a time, zeros behind the last one; they
 * are libpg_query's own, so that equal hashes are equal words. */
#define TREE_WORD_HASH(hash, eight) (((hash) ^ (eight)) * 0x9e3779b97f4a7c15u)

/* The value of the word with that hash, or 0. Tags begin with a capital and keys do not, so one
 * table serves both. */
static inline uint16_t tree_word_hashed(uint64_t hash)
{
    for (size_t i = hash >> 52;; i = (i + 1) % TREE_WORD_SLOTS) {
        if (tree_words[i].hash == hash || !tree_words[i].value) {
            return tree_words[i].value;
        }
    }
}

#endif
