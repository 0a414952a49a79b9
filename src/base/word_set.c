#include "base/word_set.h"

#include <assert.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/banned.h"

enum { BLOCK = 32, BUCKETS = 8, BEHIND = WORD_SET_BYTES - 1 };

static void allow(WordSet *set, size_t offset, uint8_t bit, uint8_t byte)
{
    set->low[offset][byte & 15] |= bit;
    set->high[offset][byte >> 4] |= bit;
}

/* A word of two bytes may have any third. */
static void allow_any(WordSet *set, size_t offset, uint8_t bit)
{
    for (size_t half = 0; half < 16; half++) {
        set->low[offset][half] |= bit;
        set->high[offset][half] |= bit;
    }
}

void word_set_add(WordSet *set, Str word)
{
    assert(word.len >= WORD_SET_SHORTEST && set->count < WORD_SET_MOST);
    uint8_t bit = (uint8_t)(1u << set->count % BUCKETS);
    for (size_t i = 0; i < WORD_SET_BYTES; i++) {
        if (i >= word.len) {
            allow_any(set, i, bit);
            continue;
        }
        allow(set, i, bit, (uint8_t)word.at[i]);
        if (char_is_alpha(word.at[i])) {
            allow(set, i, bit, (uint8_t)word.at[i] ^ 0x20);
        }
    }
    set->words[set->count++] = word;
}

bool word_set_has(const WordSet *set, Str word)
{
    bool has = false;
    for (size_t i = 0; i < set->count && !has; i++) {
        has = str_equal_nocase(set->words[i], word);
    }
    return has;
}

static bool begins_with_one(const WordSet *set, Str text)
{
    bool begins = false;
    for (size_t i = 0; i < set->count && !begins; i++) {
        begins = str_equal_nocase(str_slice(text, 0, set->words[i].len), set->words[i]);
    }
    return begins;
}

/* Byte by byte, from `at` on. */
static bool look_slowly(const WordSet *set, Str text, size_t at)
{
    bool found = false;
    for (; at < text.len && !found; at++) {
        uint8_t byte = (uint8_t)text.at[at];
        if (set->low[0][byte & 15] & set->high[0][byte >> 4]) {
            found = begins_with_one(set, str_slice(text, at, text.len));
        }
    }
    return found;
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i table(const uint8_t *bytes)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)bytes));
}

/* A bit for each byte of the block at `at` where a word may begin. */
AVX2 static inline uint32_t candidates(const WordSet *set, const char *at)
{
    __m256i half = _mm256_set1_epi8(15);
    __m256i words = _mm256_set1_epi8(-1);
#pragma GCC unroll 3
    for (int i = 0; i < WORD_SET_BYTES; i++) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(at + i));
        __m256i low = _mm256_and_si256(bytes, half);
        __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
        words = _mm256_and_si256(words, _mm256_shuffle_epi8(table(set->low[i]), low));
        words = _mm256_and_si256(words, _mm256_shuffle_epi8(table(set->high[i]), high));
    }
    __m256i none = _mm256_cmpeq_epi8(words, _mm256_setzero_si256());
    return ~(uint32_t)_mm256_movemask_epi8(none);
}

/* A block at a time, as long as whole ones are left, which begin at *at then. */
AVX2 static bool look_in_blocks(const WordSet *set, Str text, size_t *at)
{
    for (; *at + BLOCK + BEHIND <= text.len; *at += BLOCK) {
        for (uint32_t found = candidates(set, text.at + *at); found; found &= found - 1) {
            size_t place = *at + (size_t)__builtin_ctz(found);
            if (begins_with_one(set, str_slice(text, place, text.len))) {
                return true;
            }
        }
    }
    return false;
}

static bool look(const WordSet *set, Str text, size_t *at)
{
    return __builtin_cpu_supports("avx2") && look_in_blocks(set, text, at);
}

#else

static bool look(const WordSet *set, Str text, size_t *at)
{
    (void)set, (void)text, (void)at;
    return false;
}

#endif

bool word_set_is_in(const WordSet *set, Str text)
{
    size_t at = 0;
    return look(set, text, &at) || look_slowly(set, text, at);
}
