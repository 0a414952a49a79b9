#ifndef RINGFENCE_RULES_FINDING_H
#define RINGFENCE_RULES_FINDING_H

#include "sql/statement.h"

/* What a rule found, as reports show it. Texts live as long as the run. */

/* Another place that belongs to the finding. */
typedef struct {
    Str path;
    Place place;
    Str message;
} Related;

/* A relation that the finding is about. */
typedef struct {
    Str name; /* "inventory.products" */
    Str owner;
    AccessSet access;
} FindingRelation;

typedef struct Rule Rule;

/* Why a finding is not reported. */
typedef enum {
    SUPPRESSED_NOT,
    SUPPRESSED_BY_COMMENT,
    SUPPRESSED_BY_BASELINE,
} Suppressed;

typedef struct {
    const Rule *rule;
    Level level;
    Str path;
    Place place;
    Str service;        /* whose code; empty: nobody's */
    Str owner;          /* whose object; empty: nobody's, or none is concerned */
    Str team;           /* of the owner */
    Str message;        /* one line: what was found */
    Str help;           /* one line: what to do instead */
    Str object;         /* for the fingerprint: the object's full name */
    uint64_t statement; /* for the fingerprint: the statement's own */
    uint64_t
        identity; /* rule, service, owner, object, path and statement: the same for its repeats */
    uint64_t fingerprint; /* the same, with a counter for repeats */
    bool asked;           /* it is among those that the run is about, or on a line that is */
    Suppressed suppressed;
    Str justification; /* of a suppressed one */
    Related *related;
    size_t related_count;
    FindingRelation *relations;
    size_t relation_count;
    Str excerpt; /* the source line at place.start, without its line end; may be empty */
} Finding;

/* "error" and so on. */
const char *level_name(Level level);

#endif
