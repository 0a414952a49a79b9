#ifndef RINGFENCE_MANIFEST_OWNERSHIP_H
#define RINGFENCE_MANIFEST_OWNERSHIP_H

#include "manifest/manifest.h"

/* Who owns an object: a service, everybody, the server, the session, or nobody. */
typedef enum { OWNER_NONE, OWNER_SERVICE, OWNER_SHARED, OWNER_SYSTEM, OWNER_TEMPORARY } OwnerKind;

typedef struct {
    OwnerKind kind;
    const Service *service; /* OWNER_SERVICE: the owner; OWNER_SHARED: who may write it, or NULL */
} Owner;

typedef struct Ownership Ownership;

/* Indexes the claims and paths of a parsed manifest; mistakes (two services with an equal claim,
 * paths that tie) go to `report`. Called by manifest_parse; memory from `arena`. */
const Ownership *ownership_new(Arena *arena, const Manifest *manifest,
                               void (*report)(void *context, Position at, Str text), void *context);

/* Who owns relation (or routine, type, sequence) `name` in `schema`. An exact entry beats a glob,
 * the longer literal prefix of two globs wins, a table entry beats its schema's. One hash look-up,
 * and one for each distinct prefix length of the schema's globs. Thread-safe. */
Owner ownership_of_object(const Ownership *ownership, Str schema, Str name);

/* Who owns the whole schema (a table entry does not count). */
Owner ownership_of_schema(const Ownership *ownership, Str schema);

/* Is there an exact (not glob) entry for the relation: `owns`, `publishes` or `shared`? Then it
 * exists even if no DDL in the repository declares it. */
bool ownership_names_relation(const Ownership *ownership, Str schema, Str name);

/* Does a service publish a routine of this name? */
bool ownership_names_routine(const Ownership *ownership, Str schema, Str name);

/* Does any entry concern `schema`? */
bool ownership_knows_schema(const Ownership *ownership, Str schema);

/* A role that the manifest lists. */
typedef struct {
    Str name;
    const Service *service;
    RolePurpose purpose;
} OwnedRole;

/* The role called `name`, or NULL. Thread-safe. */
const OwnedRole *ownership_role(const Ownership *ownership, Str name);

/* The service called `name`, or NULL. */
const Service *ownership_service(const Ownership *ownership, Str name);

/* The service whose matching path pattern has the longest literal prefix, or NULL. When patterns of
 * two services tie on this very path (only possible for patterns with a `**` before their end),
 * sets
 * `*tied` to the other one, else to NULL; `tied` may be NULL. Thread-safe. */
const Service *ownership_of_path(const Ownership *ownership, Str path, const Service **tied);

/* The publication of relation or routine `schema.name` that is for `service`, or NULL. Routines of
 * one name are not told apart by their arguments. Thread-safe. */
const Publication *ownership_publication(const Ownership *ownership, PublicationKind kind,
                                         Str schema, Str name, const Service *service);

#endif
