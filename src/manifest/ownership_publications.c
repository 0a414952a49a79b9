/* Objects and readers -> publications. */
#include "manifest/ownership_index.h"

#include "base/banned.h"

static const Str kind_keys[] = {[PUBLISHED_RELATION] = STR("t"), [PUBLISHED_ROUTINE] = STR("r")};
static const Str everyone = STR("*");

static OwnershipKey key_of(PublicationKind kind, Str schema, Str name)
{
    OwnershipKey key;
    ownership_key_begin(&key);
    ownership_key_add(&key, kind_keys[kind]);
    ownership_key_add(&key, schema);
    ownership_key_add(&key, name);
    return key;
}

static void *get(const Map *map, OwnershipKey key, Str reader)
{
    ownership_key_add(&key, reader);
    return key.too_long ? NULL : map_get(map, ownership_key_str(&key));
}

/* The first one stays. */
static void put(Arena *arena, Map *map, OwnershipKey key, Str reader,
                const Publication *publication)
{
    ownership_key_add(&key, reader);
    if (!key.too_long && !map_get(map, ownership_key_str(&key))) {
        map_put(arena, map, arena_copy(arena, ownership_key_str(&key)), (void *)publication);
    }
}

/* One reader has one entry: privileges and `joinable` never have to be merged. */
static void report_twice(const OwnershipReport *to, const Publication *publication,
                         const Publication *first, Str reader)
{
    ownership_report(to, publication->at,
                     "%.*s.%.*s is published to %s%.*s%s already (line %u): one entry for each "
                     "object and reader",
                     (int)publication->schema.len, publication->schema.at,
                     (int)publication->name.len, publication->name.at,
                     reader.len ? "the service \"" : "others", (int)reader.len, reader.at,
                     reader.len ? "\"" : "", first->at.line);
}

static void check_twice(const PublicationIndex *index, const OwnershipReport *to,
                        const Publication *publication, OwnershipKey exact)
{
    const Publication *first = get(&index->exact, exact, STR(""));
    if (publication->to_all && first) {
        report_twice(to, publication, first, STR(""));
    }
    first = get(&index->exact, exact, everyone);
    if (!publication->to_all && first) {
        report_twice(to, publication, first, STR(""));
        return;
    }
    for (size_t i = 0; i < publication->to.count; i++) {
        first = get(&index->exact, exact, publication->to.at[i]);
        if (first) {
            report_twice(to, publication, first, publication->to.at[i]);
        }
    }
}

static void add_publication(PublicationIndex *index, const OwnershipReport *to,
                            const Publication *publication)
{
    OwnershipKey key = key_of(publication->kind, publication->schema, publication->name);
    OwnershipKey exact = key;
    ownership_key_add(&exact, publication->arguments);
    check_twice(index, to, publication, exact);
    put(to->arena, &index->objects, key, STR(""), publication);
    put(to->arena, &index->exact, exact, STR(""), publication);
    if (publication->to_all) {
        put(to->arena, &index->readers, key, everyone, publication);
        put(to->arena, &index->exact, exact, everyone, publication);
    }
    for (size_t i = 0; i < publication->to.count; i++) {
        put(to->arena, &index->readers, key, publication->to.at[i], publication);
        put(to->arena, &index->exact, exact, publication->to.at[i], publication);
    }
}

void ownership_index_publications(PublicationIndex *index, const OwnershipReport *to,
                                  const Manifest *manifest)
{
    for (size_t i = 0; i < manifest->services.count; i++) {
        const Service *service = &manifest->services.at[i];
        for (size_t j = 0; j < service->publishes.count; j++) {
            add_publication(index, to, &service->publishes.at[j]);
        }
    }
}

bool ownership_publishes(const Ownership *ownership, PublicationKind kind, Str schema, Str name)
{
    const Map *objects = &ownership->publications.objects;
    return objects->count && get(objects, key_of(kind, schema, name), STR(""));
}

const Publication *ownership_publication(const Ownership *ownership, PublicationKind kind,
                                         Str schema, Str name, const Service *service)
{
    OwnershipKey key = key_of(kind, schema, name);
    const Publication *own = get(&ownership->publications.readers, key, service->name);
    return own ? own : get(&ownership->publications.readers, key, everyone);
}
