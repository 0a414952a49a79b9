#ifndef RINGFENCE_BASE_MAP_H
#define RINGFENCE_BASE_MAP_H

#include "base/arena.h"

/* A hash map from bytes to pointers, in an arena. Zero-initialise it. Its order is never
 * observable: there is no iteration; whoever needs an order keeps an array beside it. Any number of
 * threads may read it while nobody writes. */
typedef struct {
    struct MapEntry *entries;
    uint8_t *tags; /* of each entry, a few bits of its hash; 0: it is free */
    size_t count, capacity;
} Map;

/* The value of `key`, or NULL. */
void *map_get(const Map *map, Str key);

/* Sets the value of `key`; the key's bytes are not copied and must outlive the map. */
void map_put(Arena *arena, Map *map, Str key, void *value);

#endif
