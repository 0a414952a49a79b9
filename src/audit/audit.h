#ifndef RINGFENCE_AUDIT_AUDIT_H
#define RINGFENCE_AUDIT_AUDIT_H

#include "check/run.h"
#include "grants/plan.h"

/* A live database against the manifest. What stands in it is read as the statements that would make
 * it, and judged as files are, and so are the statements that pg_stat_statements has seen; what
 * roles have is compared with the plan of grants. */

/* An object of the database that is nobody's, or a whole schema. */
typedef struct {
    Str path;
    const char *kind; /* "relation", "schema" … */
    Str shown;        /* as SQL writes it */
    size_t objects;   /* of a schema */
} AuditUnowned;

/* A difference between what roles have and the plan. All texts are as script_drift says. */
typedef struct {
    Str topic, path, service, actor, who, what, object, statement;
    bool stranger, several;
} AuditDrift;

/* All that is read from a server. */
typedef struct {
    struct {
        GatherText *at;
        size_t count;
    } texts; /* by path */
    struct {
        AuditUnowned *at;
        size_t count;
    } unowned;
    struct {
        AuditDrift *at;
        size_t count;
    } drift;
    Str unseen; /* what of pg_stat_statements could not be read, and why; or empty */
} Audit;

/* Reads the database that `conninfo` means, in one read-only snapshot; everything lives in `arena`.
 * The plan is one of all services, and strict. False when that is not possible; `error` then says
 * why, without the password. */
bool audit_read(Arena *arena, const Manifest *manifest, const Plan *plan, Str conninfo,
                Audit *audit, Error *error);

/* Judges it as run_execute does files, with excerpts; the run's baseline counts. Texts live in the
 * run's arena or until run_free. */
RunResult audit_judge(const Run *run, const Audit *audit, Supervisor *supervisor);

#endif
