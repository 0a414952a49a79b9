#ifndef RINGFENCE_COMMAND_GRANTS_JSON_H
#define RINGFENCE_COMMAND_GRANTS_JSON_H

#include "base/buffer.h"
#include "grants/plan.h"

/* Appends the plan as one JSON object; docs/grants.md describes it. */
void grants_json(Buffer *out, const Plan *plan);

#endif
