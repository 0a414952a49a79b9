#include "base/map.h"

#include "base/banned.h"

struct MapEntry {
    Str key; /* free while .at is NULL */
    uint64_t hash;
    void *value;
};

/* The entry of `key`, or the free one where it belongs. The capacity is a power of two, and never full. */
static struct MapEntry *map_find(const Map *map, Str key, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = hash & mask;
    while (map->entries[i].key.at &&
           (map->entries[i].hash != hash || !str_equal(map->entries[i].key, key))) {
        i = (i + 1) & mask;
    }
    return &map->entries[i];
}

void *map_get(const Map *map, Str key)
{
    return map->count ? map_find(map, key, str_hash(key))->value : NULL;
}

static void map_grow(Arena *arena, Map *map)
{
    Map grown = {.count = map->count, .capacity = map->capacity ? map->capacity * 2 : 16};
    grown.entries = ARENA_ARRAY(arena, struct MapEntry, grown.capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->entries[i].key.at) {
            *map_find(&grown, map->entries[i].key, map->entries[i].hash) = map->entries[i];
        }
    }
    *map = grown;
}

void map_put(Arena *arena, Map *map, Str key, void *value)
{
    if (map->count * 4 >= map->capacity * 3) {
        map_grow(arena, map);
    }
    key.at = key.at ? key.at : "";
    uint64_t hash = str_hash(key);
    struct MapEntry *entry = map_find(map, key, hash);
    map->count += entry->key.at == NULL;
    *entry = (struct MapEntry){.key = key, .hash = hash, .value = value};
}
