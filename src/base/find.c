/* str_find: a text in a text. The C library's memmem looks at one byte at a time. */
#include <string.h>

#include "base/str.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/banned.h"

/* The first one in text[from, …), or text.len. */
static size_t find_slowly(Str text, Str needle, size_t from)
{
    const char *found = memmem(text.at + from, text.len - from, needle.at, needle.len);
    return found ? (size_t)(found - text.at) : text.len;
}

#if defined(__x86_64__)

enum { BLOCK = 32, LONGEST = 256, MOST_TRIED = 16 };

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

/* Places where the first and the last byte stand are tried. Texts in which that happens too often
 * are memmem's: it is linear. */
AVX2 static size_t find_in_blocks(Str text, Str needle)
{
    __m256i first = _mm256_set1_epi8(needle.at[0]);
    __m256i last = _mm256_set1_epi8(needle.at[needle.len - 1]);
    size_t tried = 0;
    size_t at = 0;
    for (; at + needle.len - 1 + BLOCK <= text.len; at += BLOCK) {
        __m256i same =
            _mm256_and_si256(_mm256_cmpeq_epi8(load(text.at + at), first),
                             _mm256_cmpeq_epi8(load(text.at + at + needle.len - 1), last));
        uint32_t found = (uint32_t)_mm256_movemask_epi8(same);
        for (; found; found &= found - 1) {
            size_t place = at + (size_t)__builtin_ctz(found);
            if (memcmp(text.at + place, needle.at, needle.len) == 0) {
                return place;
            }
            tried++;
        }
        if (tried > MOST_TRIED + at / BLOCK) {
            break;
        }
    }
    return find_slowly(text, needle, at);
}

static bool has_blocks(void)
{
    return __builtin_cpu_supports("avx2");
}

#else

enum { BLOCK = 32, LONGEST = 256 };

static size_t find_in_blocks(Str text, Str needle)
{
    return find_slowly(text, needle, 0);
}

static bool has_blocks(void)
{
    return false;
}

#endif

size_t str_find(Str text, Str needle)
{
    if (needle.len == 0 || needle.len > text.len) {
        return needle.len ? text.len : 0;
    }
    bool blocks = text.len >= (size_t)BLOCK + needle.len && needle.len <= LONGEST && has_blocks();
    return blocks ? find_in_blocks(text, needle) : find_slowly(text, needle, 0);
}
