#include "base/map.h"

#include "base/banned.h"

struct MapEntry {
    Str key;
    uint64_t hash;
    void *value;
};

static uint8_t tag_of(uint64_t hash)
{
    return (uint8_t)(hash >> 57) | 0x80;
}

/* The number of the entry of `key`, or of the free one where it belongs. The capacity is a power of
 * two, and never full. Tags are looked at first: all of a large map's fit into a cache, its entries
 * do not. */
static size_t map_find(const Map *map, Str key, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = hash & mask;
    uint8_t tag = tag_of(hash);
    while (map->tags[i] && (map->tags[i] != tag || map->entries[i].hash != hash ||
                            !str_equal(map->entries[i].key, key))) {
        i = (i + 1) & mask;
    }
    return i;
}

void *map_get(const Map *map, Str key)
{
    if (!map->count) {
        return NULL;
    }
    size_t i = map_find(map, key, str_hash(key));
    return map->tags[i] ? map->entries[i].value : NULL;
}

static void map_set(Map *map, struct MapEntry entry)
{
    size_t i = map_find(map, entry.key, entry.hash);
    map->count += map->tags[i] == 0;
    map->tags[i] = tag_of(entry.hash);
    map->entries[i] = entry;
}

static void map_grow(Arena *arena, Map *map)
{
    Map grown = {.capacity = map->capacity ? map->capacity * 2 : 4};
    grown.entries = arena_take_raw(arena, grown.capacity * sizeof *grown.entries);
    grown.tags = ARENA_ARRAY(arena, uint8_t, grown.capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->tags[i]) {
            map_set(&grown, map->entries[i]);
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
    map_set(map, (struct MapEntry){.key = key, .hash = str_hash(key), .value = value});
}
