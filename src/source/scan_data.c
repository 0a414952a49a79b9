#include "source/lean.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/banned.h"

static bool may_end(const char *line)
{
    char first = char_to_lower(line[0]);
    char second = char_to_lower(line[1]);
    return first == '\\' ? second == '.' || second == 'c' : first == 'c' && second == 'o';
}

/* Line by line. */
static size_t scan_slowly(const char *text, size_t from, size_t end, uint64_t *lines)
{
    const char *found;
    while (from < end && (found = memchr(text + from, '\n', end - from)) != NULL) {
        from = (size_t)(found - text);
        ++*lines;
        if (may_end(found + 1)) {
            return from;
        }
        from++;
    }
    return end;
}

#if defined(__x86_64__)

enum { HALF = 32 }; /* of a block */

#define AVX2 __attribute__((target("avx2,popcnt")))

/* A bit for each byte of the half block that is `byte`, when the bits of `lower` are set in it. */
AVX2 static inline uint32_t is(__m256i bytes, char lower, char byte)
{
    __m256i with = _mm256_or_si256(bytes, _mm256_set1_epi8(lower));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(with, _mm256_set1_epi8(byte)));
}

AVX2 static inline __m256i load(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

AVX2 static inline uint64_t line_ends(const char *at)
{
    return is(load(at), 0, '\n') | (uint64_t)is(load(at + HALF), 0, '\n') << HALF;
}

/* What a line that may end the data begins with. */
AVX2 static inline uint64_t firsts(const char *at)
{
    __m256i low = load(at);
    __m256i high = load(at + HALF);
    return (is(low, 0, '\\') | is(low, 0x20, 'c')) |
           (uint64_t)(is(high, 0, '\\') | is(high, 0x20, 'c')) << HALF;
}

/* No branch depends on where lines end: that would cost more than all the rest. */
AVX2 static size_t scan_in_blocks(const char *text, size_t from, size_t end, uint64_t *lines)
{
    uint64_t count = 0;
    uint64_t before = 0; /* the last byte before the block is a line end */
    for (; from + 2 * HALF <= end; from += 2 * HALF) {
        uint64_t ends = line_ends(text + from);
        uint64_t hits = (ends << 1 | before) & firsts(text + from);
        for (; hits; hits &= hits - 1) {
            size_t line = from + (size_t)__builtin_ctzll(hits);
            if (may_end(text + line)) {
                uint64_t up_to = ends & ((hits & -hits) - 1);
                *lines += count + (uint64_t)__builtin_popcountll(up_to);
                return line - 1;
            }
        }
        count += (uint64_t)__builtin_popcountll(ends);
        before = ends >> 63;
    }
    *lines += count;
    return before && may_end(text + from) ? from - 1 : scan_slowly(text, from, end, lines);
}

size_t source_scan_data(const char *text, size_t from, size_t end, uint64_t *lines)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")
               ? scan_in_blocks(text, from, end, lines)
               : scan_slowly(text, from, end, lines);
}

#else

size_t source_scan_data(const char *text, size_t from, size_t end, uint64_t *lines)
{
    return scan_slowly(text, from, end, lines);
}

#endif
