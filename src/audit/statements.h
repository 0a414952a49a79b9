#ifndef RINGFENCE_AUDIT_STATEMENTS_H
#define RINGFENCE_AUDIT_STATEMENTS_H

#include "audit/audit.h"
#include "database/database.h"

/* Adds, as texts of the services, the statements that pg_stat_statements has seen from their roles.
 * What cannot be seen is no failure: audit->unseen then says why. After a query of it failed, the
 * database answers no more. */
void statements_read(Arena *arena, const Manifest *manifest, Database *database, Audit *audit);

#endif
