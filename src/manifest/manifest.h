#ifndef RINGFENCE_MANIFEST_MANIFEST_H
#define RINGFENCE_MANIFEST_MANIFEST_H

#include "base/arena.h"
#include "base/error.h"

/* The ownership manifest as docs/manifest.md describes it, valid and with every default filled in.
 * All names are as PostgreSQL folds them (identifier rules of the manifest: unquoted is lower
 * case). */

typedef enum { STAGE_OBSERVE, STAGE_ENFORCE, STAGE_SPLIT, STAGE_COUNT } Stage;

typedef enum { LEVEL_OFF, LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR, LEVEL_COUNT } Level;

/* What one statement may do to one object: a set of PostgreSQL's privileges and, above them, the
 * things only an owner may do. Manifest entries use the privileges only. */
typedef enum {
    ACCESS_SELECT = 1 << 0,
    ACCESS_INSERT = 1 << 1,
    ACCESS_UPDATE = 1 << 2,
    ACCESS_DELETE = 1 << 3,
    ACCESS_TRUNCATE = 1 << 4,
    ACCESS_REFERENCES = 1 << 5,
    ACCESS_TRIGGER = 1 << 6,
    ACCESS_EXECUTE = 1 << 7,
    ACCESS_USAGE = 1 << 8,
    ACCESS_MAINTAIN = 1 << 9,
    ACCESS_LOCK = 1 << 10,
    ACCESS_CREATE = 1 << 11,
    ACCESS_ALTER = 1 << 12,
    ACCESS_DROP = 1 << 13,
    ACCESS_GRANT = 1 << 14,
} AccessKind;

/* A set of the above. */
typedef uint32_t AccessSet;

/* "select" and so on for the lowest access of `set`; "" for none. */
const char *access_name(AccessSet set);

/* The access called `name` ("select", any case), or 0. */
AccessSet access_from_name(Str name);

/* A list of names, in the order written. */
typedef struct {
    Str *at;
    size_t count;
} StrList;

/* One entry of `owns` or `shared`. */
typedef struct {
    Str schema;
    Str relation; /* empty: the whole schema; may be a glob over names */
    Str owner;    /* `shared` only: the service that may write, or empty */
    Position at;
} Claim;

typedef enum { PUBLISHED_RELATION, PUBLISHED_ROUTINE } PublicationKind;

/* One entry of `publishes`. */
typedef struct {
    PublicationKind kind;
    Str schema, name;
    Str arguments; /* of a routine: the text between the parentheses; .at is NULL without any */
    size_t most_arguments; /* that a call of it passes; SIZE_MAX: any number */
    StrList to;            /* services; empty with to_all */
    bool to_all;
    AccessSet privileges; /* routines: ACCESS_EXECUTE */
    bool joinable;
    Position at;
} Publication;

typedef struct {
    Str name;
    Str team; /* empty: not given */
    StrList paths;
    Position *paths_at; /* where each of them is written */
    struct {
        Claim *at;
        size_t count;
    } owns;
    struct {
        Str owner; /* empty: not given */
        StrList app, readonly;
    } roles;
    StrList search_path; /* empty: not given */
    struct {
        Publication *at;
        size_t count;
    } publishes;
    Stage stage;
    Position at;
    size_t index; /* in Manifest.services */
} Service;

/* What a service uses one of its roles for. */
typedef enum { ROLE_OWNER, ROLE_APP, ROLE_READONLY } RolePurpose;

/* One entry of `exceptions`. */
typedef struct {
    const Service *service;
    Str schema, name; /* name may be a glob */
    AccessSet privileges;
    Str reason;
    uint32_t until; /* yyyymmdd, the last day it holds; 0: not given */
    Position at;
} ExceptionEntry;

typedef struct {
    Str rule;
    Level level;
    Position at;
} RuleLevel;

typedef struct {
    Str path;          /* as it was opened */
    unsigned postgres; /* server major, 13 to 18 */
    struct {
        Service *at;
        size_t count;
    } services; /* in the order written */
    struct {
        Claim *at;
        size_t count;
    } shared;
    struct {
        ExceptionEntry *at;
        size_t count;
    } exceptions;
    struct {
        RuleLevel *at;
        size_t count;
    } rules;
    StrList sql_include, sql_exclude, sql_calls;
    bool sql_include_given; /* else files of host languages are read, too */
    const struct Ownership *ownership;
} Manifest;

/* A mistake in the manifest. */
typedef struct {
    Position at;
    Str text; /* what is wrong and what was expected, one line */
} ManifestMistake;

typedef struct {
    ManifestMistake *at;
    size_t count;
} ManifestMistakes;

/* Reads a manifest, YAML 1.2 or JSON, from `text`; `path` is for messages only. `rule_ids` are the
 * ids that `rules:` may name. Everything it makes lives in `arena`, copied from `text`.
 * Returns NULL when there are mistakes: `mistakes` then holds all of them, by position. */
const Manifest *manifest_parse(Arena *arena, Str path, Str text, StrList rule_ids,
                               ManifestMistakes *mistakes);

/* Prints each mistake to standard error, as one in the file `path`. */
void manifest_print_mistakes(Str path, const ManifestMistakes *mistakes);

/* The service called `name`, or NULL. */
const Service *manifest_service(const Manifest *manifest, Str name);

/* The JSON Schema of the manifest is schema/ringfence.schema.json; both accept the same files, but
 * for what a schema cannot say (overlapping claims, ties, unknown services). */

#endif
