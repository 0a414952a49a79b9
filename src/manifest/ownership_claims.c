/* Names -> owners. */
#include "base/glob.h"
#include "manifest/ownership_index.h"

#include "base/banned.h"

typedef struct ClaimEntry {
    const Claim *claim;
    Owner owner;
    struct ClaimEntry *next; /* of the same schema and literal prefix */
} ClaimEntry;

/* How long the literal prefixes of a schema's globs are: the longest first. */
typedef struct {
    uint8_t lengths[64];
    size_t count;
} SchemaGlobs;

typedef struct {
    ClaimIndex *index;
    const OwnershipReport *to;
} Builder;

static void key_of(OwnershipKey *key, Str schema, Str name)
{
    ownership_key_begin(key);
    ownership_key_add(key, schema);
    ownership_key_add(key, name);
}

static void *get(const Map *map, Str schema, Str name)
{
    OwnershipKey key;
    if (!map->count) {
        return NULL;
    }
    key_of(&key, schema, name);
    return key.too_long ? NULL : map_get(map, ownership_key_str(&key));
}

static void put(const Builder *builder, Map *map, Str schema, Str name, void *value)
{
    OwnershipKey key;
    key_of(&key, schema, name);
    map_put(builder->to->arena, map, arena_copy(builder->to->arena, ownership_key_str(&key)),
            value);
}

/* Mistakes. */

static bool same_claimant(const ClaimEntry *a, const ClaimEntry *b)
{
    return a->owner.kind == b->owner.kind && a->owner.service == b->owner.service;
}

static const char *claim_text(Arena *arena, const Claim *claim)
{
    int schema_len = (int)claim->schema.len;
    if (!claim->relation.len) {
        return arena_format(arena, "the schema %.*s", schema_len, claim->schema.at).at;
    }
    return arena_format(arena, "%.*s.%.*s", schema_len, claim->schema.at, (int)claim->relation.len,
                        claim->relation.at)
        .at;
}

static const char *claimant_text(Arena *arena, const ClaimEntry *entry)
{
    if (entry->owner.kind == OWNER_SHARED) {
        return "is \"shared\"";
    }
    Str name = entry->owner.service->name;
    return arena_format(arena, "belongs to the service \"%.*s\"", (int)name.len, name.at).at;
}

static bool stands_before(Position a, Position b)
{
    return a.line != b.line ? a.line < b.line : a.column < b.column;
}

/* The claims are equally strong: they are the same, or globs that meet. */
static void report_clash(const Builder *builder, const ClaimEntry *a, const ClaimEntry *b)
{
    bool in_order = stands_before(a->claim->at, b->claim->at);
    const ClaimEntry *first = in_order ? a : b, *second = in_order ? b : a;
    Arena *arena = builder->to->arena;
    Position at = second->claim->at;
    const char *mine = claim_text(arena, second->claim);
    unsigned line = first->claim->at.line;
    if (!str_equal(first->claim->relation, second->claim->relation)) {
        ownership_report(
            builder->to, at,
            "%s overlaps %s, which %s (line %u): some name would match both, and neither "
            "fixed beginning is longer",
            mine, claim_text(arena, first->claim), claimant_text(arena, first), line);
    } else if (same_claimant(first, second)) {
        ownership_report(builder->to, at, "%s is here twice: first in line %u", mine, line);
    } else {
        ownership_report(builder->to, at, "%s %s already (line %u): it can have one owner", mine,
                         claimant_text(arena, first), line);
    }
}

/* Building. */

static void insert_length(SchemaGlobs *globs, uint8_t length)
{
    size_t i = 0;
    while (i < globs->count && globs->lengths[i] > length) {
        i++;
    }
    if (i < globs->count && globs->lengths[i] == length) {
        return;
    }
    for (size_t j = globs->count++; j > i; j--) {
        globs->lengths[j] = globs->lengths[j - 1];
    }
    globs->lengths[i] = length;
}

static SchemaGlobs *schema_globs(const Builder *builder, Str schema)
{
    SchemaGlobs *globs = map_get(&builder->index->schemas, schema);
    if (!globs) {
        globs = ARENA_NEW(builder->to->arena, SchemaGlobs);
        map_put(builder->to->arena, &builder->index->schemas, schema, globs);
    }
    return globs;
}

static void add_glob(const Builder *builder, ClaimEntry *entry)
{
    const Claim *claim = entry->claim;
    Str prefix = glob_literal_prefix(claim->relation);
    ClaimEntry *head = get(&builder->index->globs, claim->schema, prefix);
    for (const ClaimEntry *other = head; other; other = other->next) {
        if (!same_claimant(other, entry) &&
            glob_intersect(other->claim->relation, claim->relation, '\0')) {
            report_clash(builder, other, entry);
            break;
        }
    }
    entry->next = head;
    put(builder, &builder->index->globs, claim->schema, prefix, entry);
    insert_length(schema_globs(builder, claim->schema), (uint8_t)prefix.len);
}

static void add_whole(const Builder *builder, ClaimEntry *entry)
{
    const ClaimEntry *other = map_get(&builder->index->whole, entry->claim->schema);
    if (other) {
        report_clash(builder, other, entry);
        return;
    }
    map_put(builder->to->arena, &builder->index->whole, entry->claim->schema, entry);
}

static void add_claim(const Builder *builder, const Claim *claim, Owner owner)
{
    ClaimEntry *entry = ARENA_NEW(builder->to->arena, ClaimEntry);
    *entry = (ClaimEntry){.claim = claim, .owner = owner};
    schema_globs(builder, claim->schema);
    if (!claim->relation.len) {
        add_whole(builder, entry);
        return;
    }
    const ClaimEntry *other = get(&builder->index->written, claim->schema, claim->relation);
    if (other) {
        report_clash(builder, other, entry);
        return;
    }
    put(builder, &builder->index->written, claim->schema, claim->relation, entry);
    if (glob_is_pattern(claim->relation)) {
        add_glob(builder, entry);
    }
}

void ownership_index_claims(ClaimIndex *index, const OwnershipReport *to, const Manifest *manifest,
                            const Map *services)
{
    Builder builder = {.index = index, .to = to};
    for (size_t i = 0; i < manifest->services.count; i++) {
        const Service *service = &manifest->services.at[i];
        for (size_t j = 0; j < service->owns.count; j++) {
            add_claim(&builder, &service->owns.at[j],
                      (Owner){.kind = OWNER_SERVICE, .service = service});
        }
    }
    for (size_t i = 0; i < manifest->shared.count; i++) {
        const Claim *claim = &manifest->shared.at[i];
        add_claim(&builder, claim,
                  (Owner){.kind = OWNER_SHARED, .service = map_get(services, claim->owner)});
    }
}

/* Look-ups. */

static OwnerKind reserved_kind(Str schema)
{
    if (str_starts_with(schema, STR("pg_temp")) || str_starts_with(schema, STR("pg_toast_temp"))) {
        return OWNER_TEMPORARY;
    }
    bool is_system = str_equal(schema, STR("pg_catalog")) || str_equal(schema, STR("pg_toast")) ||
                     str_equal(schema, STR("information_schema"));
    return is_system ? OWNER_SYSTEM : OWNER_NONE;
}

static const ClaimEntry *find_glob(const ClaimIndex *index, Str schema, Str name)
{
    const SchemaGlobs *globs = map_get(&index->schemas, schema);
    for (size_t i = 0; globs && i < globs->count; i++) {
        if (globs->lengths[i] > name.len) {
            continue;
        }
        const ClaimEntry *entry = get(&index->globs, schema, str_slice(name, 0, globs->lengths[i]));
        for (; entry; entry = entry->next) {
            if (glob_match(entry->claim->relation, name, '\0')) {
                return entry;
            }
        }
    }
    return NULL;
}

Owner ownership_of_schema(const Ownership *ownership, Str schema)
{
    const ClaimEntry *entry = map_get(&ownership->claims.whole, schema);
    return entry ? entry->owner : (Owner){.kind = reserved_kind(schema)};
}

Owner ownership_of_object(const Ownership *ownership, Str schema, Str name)
{
    const ClaimEntry *entry = NULL;
    if (ownership_claims_relation(ownership, schema, name)) {
        entry = get(&ownership->claims.written, schema, name);
    } else {
        entry = find_glob(&ownership->claims, schema, name);
    }
    return entry ? entry->owner : ownership_of_schema(ownership, schema);
}

bool ownership_claims_relation(const Ownership *ownership, Str schema, Str name)
{
    return !glob_is_pattern(name) && get(&ownership->claims.written, schema, name);
}

bool ownership_knows_schema(const Ownership *ownership, Str schema)
{
    return map_get(&ownership->claims.schemas, schema) != NULL;
}
