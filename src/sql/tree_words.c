#include "sql/tree_words.h"

#include "sql/tree.h"
#include "sql/tree_eight.h"
#include <assert.h>

#include "base/banned.h"

static const TreeWord tag_words[] = {
#define X(word) {STR(#word), 0, NODE_##word},
    NODE_TAGS(X)
#undef X
};

static const TreeWord key_words[] = {
#define X(word) {STR(#word), 0, KEY_##word},
    NODE_KEYS(X)
#undef X
};

TreeWord tree_words[TREE_WORD_SLOTS];

static uint64_t word_hash(Str word)
{
    uint64_t hash = 0;
    for (size_t i = 0; i <= word.len; i += EIGHT) {
        uint64_t eight = 0;
        size_t rest = word.len - i;
        memcpy(&eight, word.at + i, rest < EIGHT ? rest : EIGHT);
        hash = TREE_WORD_HASH(hash, le64toh(eight));
    }
    return hash;
}

uint16_t tree_word(Str word)
{
    return tree_word_hashed(word_hash(word));
}

static void words_add(const TreeWord *added, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = word_hash(added[i].name);
        size_t slot = hash >> 52;
        while (tree_words[slot].value) {
            assert(tree_words[slot].hash != hash);
            slot = (slot + 1) % TREE_WORD_SLOTS;
        }
        tree_words[slot] = added[i];
        tree_words[slot].hash = hash;
    }
}

static bool words_prepared;

void tree_prepare(void)
{
    if (!words_prepared) {
        words_add(tag_words, sizeof tag_words / sizeof *tag_words);
        words_add(key_words, sizeof key_words / sizeof *key_words);
        words_prepared = true;
    }
}
