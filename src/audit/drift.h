#ifndef RINGFENCE_AUDIT_DRIFT_H
#define RINGFENCE_AUDIT_DRIFT_H

#include "audit/audit.h"
#include "database/database.h"

/* Fills in what roles have beyond the plan, and what they lack. */
bool drift_read(Arena *arena, const Plan *plan, Database *database, Audit *audit, Error *error);

/* Reports all of it through `run`. */
void drift_report(RuleRun *run, const Audit *audit);

#endif
