/* `owns` and `shared`: what belongs to whom. */
#include "manifest/reader.h"

#include "base/banned.h"

typedef struct {
    Claim claim;
    const char *what;
    unsigned kinds; /* how many of schema, table, relation were given */
    bool broken;
} ClaimDraft;

static void refuse_reserved(ManifestReader *reader, const YamlNode *node, ClaimDraft *draft)
{
    if (name_is_reserved_schema(draft->claim.schema)) {
        mistakes_add(&reader->mistakes, node->at,
                     "the schema %s is the server's own: it cannot stand in %s",
                     mistakes_quote(reader->arena, draft->claim.schema), draft->what);
        draft->broken = true;
    }
}

static void read_schema(ManifestReader *reader, const YamlPair *pair, void *target)
{
    ClaimDraft *draft = target;
    draft->kinds++;
    if (reader_identifier(reader, pair->value, "schema", &draft->claim.schema)) {
        refuse_reserved(reader, pair->value, draft);
    } else {
        draft->broken = true;
    }
}

static void read_relation(ManifestReader *reader, const YamlPair *pair, void *target)
{
    ManifestName name;
    ClaimDraft *draft = target;
    draft->kinds++;
    if (reader_qualified(reader, pair->value, pair->key.at, NAME_GLOB, &name)) {
        draft->claim.schema = name.schema;
        draft->claim.relation = name.name;
        refuse_reserved(reader, pair->value, draft);
    } else {
        draft->broken = true;
    }
}

static void read_owner(ManifestReader *reader, const YamlPair *pair, void *target)
{
    const Service *owner = reader_service(reader, pair->value, "owner");
    if (owner) {
        ((ClaimDraft *)target)->claim.owner = owner->name;
    }
}

static const ManifestKey owns_keys[] = {
    {"schema", NULL, read_schema},
    {"table", NULL, read_relation},
    {NULL, NULL, NULL},
};

static const ManifestKey shared_keys[] = {
    {"schema", NULL, read_schema},
    {"relation", NULL, read_relation},
    {"owner", NULL, read_owner},
    {NULL, NULL, NULL},
};

static bool read_claim(ManifestReader *reader, const YamlNode *node, const char *what,
                       const ManifestKey *keys, Claim *claim)
{
    ClaimDraft draft = {.claim = {.at = node->at}, .what = what};
    const char *entry = arena_format(reader->arena, "an entry of %s", what).at;
    if (!reader_mapping(reader, node, entry, node->at, keys, &draft)) {
        return false;
    }
    if (draft.kinds != 1) {
        mistakes_add(&reader->mistakes, node->at, "%s needs either \"%s\" or \"%s\"%s", entry,
                     keys[0].name, keys[1].name, draft.kinds ? ", not both" : "");
        return false;
    }
    *claim = draft.claim;
    return !draft.broken;
}

static size_t read_claims(ManifestReader *reader, const YamlNode *list, const char *what,
                          const ManifestKey *keys, Claim **claims)
{
    size_t count = 0;
    *claims = ARENA_ARRAY(reader->arena, Claim, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (read_claim(reader, list->items[i], what, keys, &(*claims)[count])) {
            count++;
        } else {
            reader->claims_broken = true;
        }
    }
    return count;
}

void reader_owns(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Service *service = target;
    if (!reader_is_list(reader, pair->value, "owns", "a list of schemas and tables", 1)) {
        reader->claims_broken = true;
        return;
    }
    service->owns.count =
        read_claims(reader, pair->value, "\"owns\"", owns_keys, &service->owns.at);
}

void reader_shared(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Manifest *manifest = target;
    if (reader_is_list(reader, pair->value, "shared", "a list of schemas and relations", 0)) {
        manifest->shared.count =
            read_claims(reader, pair->value, "\"shared\"", shared_keys, &manifest->shared.at);
    }
}
