#include "sql/catalog.h"

#include <string.h>

#include "base/map.h"

#include "base/banned.h"

struct Catalog {
    Arena *arena;
    Map by_full_name; /* namespace, schema, NUL, name */
    Map by_name;      /* namespace, name: the first of a chain */
    size_t statement; /* the number of the one whose declarations are added */
};

/* PostgreSQL keeps relations, routines and types apart. */
static char namespace_of(ObjectKind kind)
{
    static const char letters[KIND_COUNT] = {
        [KIND_RELATION] = 'r',     [KIND_INDEX] = 'r',      [KIND_SEQUENCE] = 'r',
        [KIND_ROUTINE] = 'f',      [KIND_TYPE] = 't',       [KIND_SCHEMA] = 's',
        [KIND_OTHER] = 'o',        [KIND_ROLE] = 'R',       [KIND_DATABASE] = 'D',
        [KIND_SERVER] = 'S',       [KIND_WRAPPER] = 'W',    [KIND_LANGUAGE] = 'L',
        [KIND_LARGE_OBJECT] = 'B', [KIND_PARAMETER] = 'P',  [KIND_TABLESPACE] = 'T',
        [KIND_PUBLICATION] = 'C',  [KIND_TRANSITION] = 'x', [KIND_FIXED_PATH] = 'p',
    };
    return letters[kind];
}

enum { LONGEST_KEY = 256 };

/* The key of a name in `buffer`; names are at most 63 bytes each, so longer ones are not in any
 * catalog. */
static Str full_key(char buffer[LONGEST_KEY], ObjectKind kind, Str schema, Str name)
{
    if (schema.len + name.len + 2 > LONGEST_KEY) {
        return (Str){.at = buffer, .len = 0};
    }
    buffer[0] = namespace_of(kind);
    memcpy(buffer + 1, schema.at ? schema.at : "", schema.len);
    buffer[1 + schema.len] = '\0';
    memcpy(buffer + 2 + schema.len, name.at ? name.at : "", name.len);
    return (Str){.at = buffer, .len = schema.len + name.len + 2};
}

static Str name_key(char buffer[LONGEST_KEY], ObjectKind kind, Str name)
{
    return full_key(buffer, kind, STR(""), name);
}

Catalog *catalog_new(Arena *arena)
{
    Catalog *catalog = ARENA_NEW(arena, Catalog);
    catalog->arena = arena;
    return catalog;
}

void catalog_next_statement(Catalog *catalog)
{
    catalog->statement++;
}

static CatalogEntry *find(const Catalog *catalog, ObjectKind kind, Str schema, Str name)
{
    char buffer[LONGEST_KEY];
    return map_get(&catalog->by_full_name, full_key(buffer, kind, schema, name));
}

void catalog_add(Catalog *catalog, const Declaration *declaration, Str schema, const Service *code)
{
    char buffer[LONGEST_KEY];
    Str name = declaration->name.name;
    CatalogEntry *known = find(catalog, declaration->kind, schema, name);
    if (known) {
        known->parent = known->parent.name.len ? known->parent : declaration->parent;
        known->last = catalog->statement;
        return;
    }
    CatalogEntry *entry = ARENA_NEW(catalog->arena, CatalogEntry);
    *entry = (CatalogEntry){.kind = declaration->kind,
                            .name = {.schema = schema, .name = name},
                            .parent = declaration->parent,
                            .code = code,
                            .last = catalog->statement};
    Str key = full_key(buffer, declaration->kind, schema, name);
    map_put(catalog->arena, &catalog->by_full_name, arena_copy(catalog->arena, key), entry);
    key = name_key(buffer, declaration->kind, name);
    CatalogEntry *first = map_get(&catalog->by_name, key);
    if (!first) {
        map_put(catalog->arena, &catalog->by_name, arena_copy(catalog->arena, key), entry);
        return;
    }
    entry->next_schema = first->next_schema;
    first->next_schema = entry;
}

const CatalogEntry *catalog_find(const Catalog *catalog, ObjectKind kind, Str schema, Str name)
{
    return find(catalog, kind, schema, name);
}

const CatalogEntry *catalog_named(const Catalog *catalog, ObjectKind kind, Str name)
{
    char buffer[LONGEST_KEY];
    return map_get(&catalog->by_name, name_key(buffer, kind, name));
}
