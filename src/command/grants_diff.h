#ifndef RINGFENCE_COMMAND_GRANTS_DIFF_H
#define RINGFENCE_COMMAND_GRANTS_DIFF_H

#include "base/error.h"
#include "grants/plan.h"

/* Appends the statements that would make the database at `conninfo` as the plan says, in the order
 * in which they must be run; nothing when it is so. False when it could not be asked. */
bool grants_diff(Buffer *out, const Plan *plan, Str conninfo, size_t *differences, Error *error);

#endif
