#ifndef RINGFENCE_GRANTS_SCRIPT_H
#define RINGFENCE_GRANTS_SCRIPT_H

#include "base/buffer.h"
#include "grants/plan.h"

/* A plan as SQL. The plan's rows come first; behind them stand src/grants/server.sql,
 * privileges.sql and differences.sql, which compare them with the server's catalogs and are the
 * same in every script. All texts here begin with all of it. */

/* Appends the script that makes the server so: one transaction, which runs the statements that are
 * needed. */
void script_apply(Buffer *out, const Plan *plan);

/* Appends the read-only script that returns a row for each privilege that is missing or extra. */
void script_assert(Buffer *out, const Plan *plan);

/* Appends one query without a semicolon: stage, problem, object, roles, privileges, statement, can;
 * in the order in which the statements must be run. */
void script_query(Buffer *out, const Plan *plan);

/* Appends the query for a report of the same differences, and of roles that the manifest does not
 * name: topic ("has", "stranger", "lacks", "owner", "absent", "attribute", "member", "default-has",
 * "default-lacks"), path, service (whose the object is), actor (whose the roles are, if one's),
 * stranger (t: roles of nobody), who, several (t: they are more than one), what, object, statement
 * (what mends it); in the order of the paths. */
void script_drift(Buffer *out, const Plan *plan);

#endif
