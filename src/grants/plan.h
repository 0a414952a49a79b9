#ifndef RINGFENCE_GRANTS_PLAN_H
#define RINGFENCE_GRANTS_PLAN_H

#include "manifest/ownership.h"

/* What the manifest says of privileges, as rows: the one model behind the script, the read-only
 * script and the JSON. Who owns which object is settled where the objects are, on the server; the
 * rows say by which rules. */

typedef enum { PLAN_OWNER, PLAN_APP, PLAN_READONLY, PLAN_EVERYONE, PLAN_PURPOSE_COUNT } PlanPurpose;

typedef enum {
    PLAN_RELATION,
    PLAN_SEQUENCE,
    PLAN_ROUTINE,
    PLAN_TYPE,
    PLAN_SCHEMA,
    PLAN_DATABASE,
    PLAN_KIND_COUNT
} PlanKind;

/* What roles of a purpose may do with objects of a kind. */
typedef struct {
    PlanPurpose purpose;
    PlanKind kind;
    const char *privileges; /* "SELECT, UPDATE": PostgreSQL's names, in alphabetic order */
} PlanPolicy;

typedef struct {
    Str name;
    const Service *service;
    PlanPurpose purpose;
} PlanRole;

/* One entry of `owns` or `shared`. */
typedef struct {
    const Service *service; /* NULL: shared, and nobody writes it */
    bool shared;
    Str schema, name; /* name: empty for the whole schema, or a glob */
} PlanClaim;

/* What a publication or an exception lets others do. */
typedef struct {
    PlanKind kind;
    Str schema, name; /* name may be a glob */
    bool has_arguments;
    StrList arguments;      /* of a routine: the types */
    Str privileges;         /* as in PlanPolicy */
    const Service *owner;   /* whose object it is; NULL: no service's */
    const Service *grantee; /* NULL: all other services */
    Str reason;             /* of an exception; else empty */
    uint32_t until;         /* yyyymmdd; 0: no end */
} PlanAllowance;

typedef struct {
    unsigned postgres;
    const Service *only; /* NULL: all services */
    bool create_roles;
    bool strict; /* what is only observed counts as enforced */
    struct {
        PlanPolicy *at;
        size_t count;
    } policies;
    struct {
        PlanRole *at;
        size_t count;
    } roles;
    struct {
        PlanClaim *at;
        size_t count;
    } claims;
    struct {
        PlanAllowance *at;
        size_t count;
    } allowances;
} Plan;

typedef struct {
    const Service *only; /* plan only what this service owns; NULL: everything */
    bool create_roles;
    bool strict;    /* see Plan */
    uint32_t today; /* yyyymmdd: exceptions that ended before are left out */
} PlanOptions;

/* The plan of a manifest, in its order; texts stay the manifest's, the rest lives in `arena`.
 * Services at stage `split` have claims, so that nobody else's glob takes their objects, and roles,
 * so that these lose what is others'. False when a service lacks what grants need: `mistakes` then
 * holds all of them, by position. */
bool plan_make(Arena *arena, const Manifest *manifest, const PlanOptions *options, Plan *plan,
               ManifestMistakes *mistakes);

/* "owner", "relation" and so on. */
const char *plan_purpose_name(PlanPurpose purpose);
const char *plan_kind_name(PlanKind kind);

/* The stage of a service in the plan; that of a claim: its service's, or "shared" without one. */
const char *plan_stage(const Plan *plan, const Service *service);
const char *plan_claim_stage(const Plan *plan, const PlanClaim *claim);

#endif
