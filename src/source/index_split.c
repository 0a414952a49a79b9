#include "base/array.h"
#include "source/index_file.h"

#include "base/banned.h"

/* A bitmap as git keeps it (EWAH): words of which the first says how many equal ones it stands for
 * and how many literal ones follow. Source: git, ewah/ewok_rlw.h. */
typedef struct {
    const uint8_t *words; /* 8 bytes each, big endian */
    size_t count;
} Bitmap;

static uint64_t word_at(Bitmap bitmap, size_t number)
{
    uint64_t word = 0;
    for (size_t i = 0; i < 8; i++) {
        word = word << 8 | bitmap.words[number * 8 + i];
    }
    return word;
}

static size_t number_at(const char *at)
{
    const uint8_t *bytes = (const uint8_t *)at;
    return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

/* The number of bits and of words stand before them, where the last marker is behind them. */
static bool take_bitmap(Str *bytes, Bitmap *bitmap)
{
    if (bytes->len < 12) {
        return false;
    }
    size_t count = number_at(bytes->at + 4);
    if (count > (bytes->len - 12) / 8) {
        return false;
    }
    *bitmap = (Bitmap){.words = (const uint8_t *)bytes->at + 8, .count = count};
    *bytes = str_slice(*bytes, 12 + count * 8, bytes->len);
    return true;
}

/* Sets `set[i]` for the bits of a word that begins with bit `from`. False for one that is too far.
 */
static bool set_bits(uint64_t word, size_t from, bool *set, size_t count)
{
    for (size_t i = 0; i < 64; i++) {
        if (word >> i & 1) {
            if (from + i >= count) {
                return false;
            }
            set[from + i] = true;
        }
    }
    return true;
}

static bool expand(Bitmap bitmap, bool *set, size_t count)
{
    size_t bit = 0;
    for (size_t at = 0; at < bitmap.count;) {
        uint64_t marker = word_at(bitmap, at++);
        uint64_t same = marker >> 1 & UINT32_MAX;
        uint64_t literal = marker >> 33;
        uint64_t all = marker & 1 ? UINT64_MAX : 0;
        if (literal > bitmap.count - at || (all && same > count / 64 + 1)) {
            return false;
        }
        for (; all && same; same--, bit += 64) {
            if (!set_bits(all, bit, set, count)) {
                return false;
            }
        }
        bit += same * 64;
        for (; literal; literal--, bit += 64) {
            if (!set_bits(word_at(bitmap, at++), bit, set, count)) {
                return false;
            }
        }
    }
    return true;
}

/* Which of the shared entries `link` deletes, and which it replaces. */
static bool read_link(Str link, bool *deleted, bool *replaced, size_t count)
{
    Bitmap bitmap;
    return (!link.len || (take_bitmap(&link, &bitmap) && expand(bitmap, deleted, count))) &&
           (!link.len || (take_bitmap(&link, &bitmap) && expand(bitmap, replaced, count)));
}

bool index_file_join(Arena *arena, IndexFile *file, const IndexFile *shared, const char **problem)
{
    bool *deleted = ARENA_ARRAY(arena, bool, shared->count + 1);
    bool *replaced = ARENA_ARRAY(arena, bool, shared->count + 1);
    ARRAY(IndexEntry) entries = {0};
    size_t used = 0;
    *problem = "it does not fit the shared one";
    if (shared->split || !read_link(file->link, deleted, replaced, shared->count)) {
        return false;
    }
    /* Replacements come first, without their paths, in the order of what they replace. */
    for (size_t i = 0; i < shared->count; i++) {
        IndexEntry entry = shared->entries[i];
        if (replaced[i]) {
            if (used == file->count || file->entries[used].path.len) {
                return false;
            }
            entry = file->entries[used++];
            entry.path = shared->entries[i].path;
        }
        if (!deleted[i]) {
            array_push(arena, &entries, entry);
        }
    }
    for (; used < file->count; used++) {
        array_push(arena, &entries, file->entries[used]);
    }
    index_file_sort(entries.at, entries.count);
    file->entries = entries.at;
    file->count = entries.count;
    file->sparse |= shared->sparse;
    file->split = false;
    return true;
}
