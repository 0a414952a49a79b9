#include "base/array.h"

#include <string.h>

#include "base/banned.h"

void *array_grow(Arena *arena, const void *at, size_t count, size_t *capacity, size_t size)
{
    size_t first = size <= 16 ? 8 : 4;
    *capacity = *capacity ? *capacity * 2 : first;
    void *grown = arena_take_raw(arena, *capacity * size);
    if (count) {
        memcpy(grown, at, count * size);
    }
    return grown;
}

void *array_keep(Arena *arena, const void *at, size_t count, size_t size)
{
    return count ? memcpy(arena_take_raw(arena, count * size), at, count * size) : NULL;
}
