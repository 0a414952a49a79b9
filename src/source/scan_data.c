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

enum { BLOCK = 32 };

#define AVX2 __attribute__((target("avx2,popcnt")))

AVX2 static inline __m256i load(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

AVX2 static inline __m256i is(__m256i bytes, char byte)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte));
}

/* may_end of the lines behind each byte of the block at `at`. */
AVX2 static inline __m256i may_end_in_block(const char *at)
{
    __m256i lower = _mm256_set1_epi8(0x20);
    __m256i first = load(at + 1);
    __m256i second = load(at + 2);
    __m256i c = is(_mm256_or_si256(first, lower), 'c');
    __m256i o = is(_mm256_or_si256(second, lower), 'o');
    __m256i dot = _mm256_or_si256(is(second, '.'), is(_mm256_or_si256(second, lower), 'c'));
    return _mm256_or_si256(_mm256_and_si256(c, o), _mm256_and_si256(is(first, '\\'), dot));
}

AVX2 static size_t scan_in_blocks(const char *text, size_t from, size_t end, uint64_t *lines)
{
    uint64_t count = 0;
    for (; from + BLOCK <= end; from += BLOCK) {
        __m256i line_ends = is(load(text + from), '\n');
        uint32_t bits = (uint32_t)_mm256_movemask_epi8(line_ends);
        if (bits) {
            __m256i both = _mm256_and_si256(line_ends, may_end_in_block(text + from));
            uint32_t found = (uint32_t)_mm256_movemask_epi8(both);
            if (found) {
                uint32_t up_to = found ^ (found - 1);
                *lines += count + (uint64_t)__builtin_popcount(bits & up_to);
                return from + (size_t)__builtin_ctz(found);
            }
            count += (uint64_t)__builtin_popcount(bits);
        }
    }
    *lines += count;
    return scan_slowly(text, from, end, lines);
}

size_t source_scan_data(const char *text, size_t from, size_t end, uint64_t *lines)
{
    return __builtin_cpu_supports("avx2") ? scan_in_blocks(text, from, end, lines)
                                          : scan_slowly(text, from, end, lines);
}

#else

size_t source_scan_data(const char *text, size_t from, size_t end, uint64_t *lines)
{
    return scan_slowly(text, from, end, lines);
}

#endif
