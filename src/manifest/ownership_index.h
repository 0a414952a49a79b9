#ifndef RINGFENCE_MANIFEST_OWNERSHIP_INDEX_H
#define RINGFENCE_MANIFEST_OWNERSHIP_INDEX_H

#include "base/array.h"
#include "base/map.h"
#include "manifest/ownership.h"

/* The parts of an Ownership, each with its own look-ups. Built once, then only read. */

typedef struct {
    Map whole;   /* schema -> ClaimEntry */
    Map written; /* schema \0 relation, as written: exact names and globs -> ClaimEntry */
    Map globs;   /* schema \0 literal prefix -> the first ClaimEntry of a list */
    Map schemas; /* schema -> SchemaGlobs, for every schema that an entry concerns */
} ClaimIndex;

typedef struct {
    Map directories; /* the directory of a literal prefix, with its slash -> PathBucket */
    Map prefixes;    /* a literal prefix -> the first PathEntry of a list */
    Map written;     /* a whole pattern -> PathEntry */
    ARRAY(struct PathBucket *) buckets;
} PathIndex;

typedef struct {
    Map objects; /* kind schema \0 name -> the first Publication */
    Map readers; /* kind schema \0 name \0 service or * -> Publication */
    Map exact;   /* the same with the arguments behind the name, for mistakes */
} PublicationIndex;

struct Ownership {
    ClaimIndex claims;
    PathIndex paths;
    PublicationIndex publications;
    Map services; /* name -> Service */
    Map roles;    /* name -> OwnedRole */
};

/* Where mistakes go. */
typedef struct {
    Arena *arena;
    void (*report)(void *context, Position at, Str text);
    void *context;
} OwnershipReport;

void ownership_report(const OwnershipReport *to, Position at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A map key of several parts in a caller's buffer: no look-up allocates. */
typedef struct {
    size_t len;
    bool too_long; /* such a key is in no map */
    char bytes[512];
} OwnershipKey;

/* Makes it empty: clearing its bytes as well would take longer than a look-up. */
static inline void ownership_key_begin(OwnershipKey *key)
{
    key->len = 0;
    key->too_long = false;
}

void ownership_key_add(OwnershipKey *key, Str part);
Str ownership_key_str(const OwnershipKey *key);

/* Is there an exact `owns` or `shared` entry, a publication to anyone? */
bool ownership_claims_relation(const Ownership *ownership, Str schema, Str name);
bool ownership_publishes(const Ownership *ownership, PublicationKind kind, Str schema, Str name);

void ownership_index_claims(ClaimIndex *index, const OwnershipReport *to, const Manifest *manifest,
                            const Map *services);
void ownership_index_paths(PathIndex *index, const OwnershipReport *to, const Manifest *manifest);
void ownership_index_roles(Map *roles, Arena *arena, const Manifest *manifest);
void ownership_index_publications(PublicationIndex *index, const OwnershipReport *to,
                                  const Manifest *manifest);

#endif
