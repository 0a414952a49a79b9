#include "base/needles.h"

#include <assert.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/banned.h"

enum {
    BLOCK = 32,
    BEFORE = 2,                   /* bytes before a block that are looked at */
    BEHIND = NEEDLE_SHORTEST - 1, /* … and behind it */
    MOST_IN_BLOCK = BLOCK * (int)NEEDLE_SAME,
    INSIDE = 3, /* buckets for words that need not begin one */
};

_Static_assert((int)NEEDLE_HITS_LEAST > MOST_IN_BLOCK, "there is room for the hits of a block");

/* Fibonacci hashing of the first four bytes, whatever their case. */
static uint8_t hash_at(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return (uint8_t)((bytes | 0x20202020u) * 2654435769u >> 24);
}

/* Words that begin with the same letter share a bucket: what else passes is rare then. */
static unsigned bucket_of(const Needles *needles, Str word, unsigned how)
{
    unsigned letter = (uint8_t)char_to_lower(*word.at);
    return how & NEEDLE_BEGINS ? INSIDE + letter % (NEEDLE_BUCKETS - INSIDE)
                               : (unsigned)needles->count % INSIDE;
}

static void allow(Needles *needles, unsigned bucket, size_t offset, char c)
{
    uint8_t byte = (uint8_t)c;
    uint8_t bit = (uint8_t)(1u << bucket % 8);
    needles->low[bucket / 8][offset][byte & 15] |= bit;
    needles->high[bucket / 8][offset][byte >> 4] |= bit;
}

void needles_add(Needles *needles, Str word, unsigned how)
{
    assert(word.len >= NEEDLE_SHORTEST && needles->count < NEEDLES_MOST);
    unsigned bucket = bucket_of(needles, word, how);
    for (size_t i = 0; i < NEEDLE_SHORTEST; i++) {
        allow(needles, bucket, i, word.at[i]);
        if (how & NEEDLE_ANY_CASE && char_is_alpha(word.at[i])) {
            allow(needles, bucket, i, (char)(word.at[i] ^ 0x20));
        }
    }
    if (!(how & NEEDLE_BEGINS)) {
        needles->inside[bucket / 8] |= (uint8_t)(1u << bucket % 8);
    }
    uint8_t *head = &needles->heads[hash_at(word.at)];
    needles->words[needles->count].word = word;
    needles->words[needles->count].how = (uint8_t)how;
    needles->words[needles->count].next = *head;
    *head = (uint8_t)++needles->count;
}

static bool begins_word(Str text, size_t at)
{
    return at == 0 || !char_is_name(text.at[at - 1]) || (at > 1 && text.at[at - 2] == '\\');
}

/* Adds the words at `at`, of which there are four bytes, to `hits`. */
static size_t look(const Needles *needles, Str text, size_t at, NeedleHit *hits)
{
    size_t count = 0;
    for (size_t i = needles->heads[hash_at(text.at + at)]; i; i = needles->words[i - 1].next) {
        Str word = needles->words[i - 1].word;
        unsigned how = needles->words[i - 1].how;
        Str here = str_slice(text, at, at + word.len);
        bool same = how & NEEDLE_ANY_CASE ? str_equal_nocase(here, word) : str_equal(here, word);
        if (same && (!(how & NEEDLE_BEGINS) || begins_word(text, at))) {
            assert(count < NEEDLE_SAME);
            hits[count++] = (NeedleHit){.at = (uint32_t)at, .needle = (uint32_t)i - 1};
        }
    }
    return count;
}

/* Byte by byte up to `end`. */
static size_t find_slowly(const Needles *needles, Str text, size_t *from, size_t end,
                          NeedleHit *hits, size_t room)
{
    size_t count = 0;
    for (; *from < end && count + NEEDLE_SAME <= room; ++*from) {
        if (needles->heads[hash_at(text.at + *from)]) {
            count += look(needles, text, *from, hits + count);
        }
    }
    return count;
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

AVX2 static inline __m256i table(const uint8_t *bytes)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)bytes));
}

/* By the lower half of a byte, the upper halves with which it is a byte of a name in ASCII. */
static const uint8_t name_low[16] = {0xA8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8,
                                     0xF8, 0xF8, 0xF0, 0x50, 0x50, 0x50, 0x50, 0x70};
static const uint8_t name_high[16] = {0, 0, 0, 0x08, 0x10, 0x20, 0x40, 0x80};

/* Not zero where no byte of a name is before the block's, or an escape: a word may begin. */
AVX2 static inline __m256i may_begin(const char *at)
{
    __m256i half = _mm256_set1_epi8(15);
    __m256i before = load(at - 1);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(before, 4), half);
    __m256i name = _mm256_and_si256(_mm256_shuffle_epi8(table(name_low), before),
                                    _mm256_shuffle_epi8(table(name_high), high));
    __m256i escape = _mm256_cmpeq_epi8(load(at - 2), _mm256_set1_epi8('\\'));
    return _mm256_or_si256(_mm256_cmpeq_epi8(name, _mm256_setzero_si256()), escape);
}

/* A bit for each byte of the block at `at` where a word may stand. */
AVX2 static inline uint32_t candidates(const Needles *needles, const char *at)
{
    __m256i half = _mm256_set1_epi8(15);
    __m256i begins = may_begin(at);
    __m256i first = _mm256_or_si256(begins, _mm256_set1_epi8((char)needles->inside[0]));
    __m256i second = _mm256_or_si256(begins, _mm256_set1_epi8((char)needles->inside[1]));
#pragma GCC unroll 4
    for (int i = 0; i < NEEDLE_SHORTEST; i++) {
        __m256i low = load(at + i);
        __m256i high = _mm256_and_si256(_mm256_srli_epi16(low, 4), half);
        first = _mm256_and_si256(first, _mm256_shuffle_epi8(table(needles->low[0][i]), low));
        first = _mm256_and_si256(first, _mm256_shuffle_epi8(table(needles->high[0][i]), high));
        second = _mm256_and_si256(second, _mm256_shuffle_epi8(table(needles->low[1][i]), low));
        second = _mm256_and_si256(second, _mm256_shuffle_epi8(table(needles->high[1][i]), high));
    }
    __m256i none = _mm256_cmpeq_epi8(_mm256_or_si256(first, second), _mm256_setzero_si256());
    return ~(uint32_t)_mm256_movemask_epi8(none);
}

/* A block at a time, as long as whole ones are left. */
AVX2 static size_t find_in_blocks(const Needles *needles, Str text, size_t *from, NeedleHit *hits,
                                  size_t room)
{
    size_t count = 0;
    size_t at = *from;
    while (at + BLOCK + BEHIND <= text.len && count + MOST_IN_BLOCK <= room) {
        for (uint32_t found = candidates(needles, text.at + at); found; found &= found - 1) {
            size_t place = at + (size_t)__builtin_ctz(found);
            count += look(needles, text, place, hits + count);
        }
        at += BLOCK;
    }
    *from = at;
    return count;
}

static bool has_blocks(void)
{
    return __builtin_cpu_supports("avx2");
}

#else

static bool has_blocks(void)
{
    return false;
}

static size_t find_in_blocks(const Needles *needles, Str text, size_t *from, NeedleHit *hits,
                             size_t room)
{
    (void)needles, (void)text, (void)from, (void)hits, (void)room;
    return 0;
}

#endif

size_t needles_find(const Needles *needles, Str text, size_t *from, NeedleHit *hits, size_t room)
{
    size_t last = text.len < NEEDLE_SHORTEST ? 0 : text.len - NEEDLE_SHORTEST + 1;
    size_t count = 0;
    if (has_blocks()) {
        size_t head = last < BEFORE ? last : BEFORE;
        count = find_slowly(needles, text, from, head, hits, room);
        count +=
            *from >= BEFORE ? find_in_blocks(needles, text, from, hits + count, room - count) : 0;
    }
    if (room - count >= MOST_IN_BLOCK || !has_blocks()) {
        count += find_slowly(needles, text, from, last, hits + count, room - count);
    }
    if (*from >= last) {
        *from = text.len;
    }
    return count;
}
