#ifndef RINGFENCE_REPORT_PAIRS_H
#define RINGFENCE_REPORT_PAIRS_H

#include "base/arena.h"
#include "report/report.h"
#include "rules/rules.h"

/* Findings by whose code and whose data they are about: how strongly two services are coupled. */

typedef struct {
    Str service;              /* whose code; empty: nobody's */
    Str owner;                /* whose data; empty: its own or nobody's, and this is no coupling */
    Str team;                 /* the owner's; may be empty */
    const Finding **findings; /* in the report's order */
    size_t count;
    size_t by_level[LEVEL_COUNT];
    size_t by_rule[RULE_COUNT];
} Pair;

typedef struct {
    Pair *at; /* by service and owner, those without an owner last */
    size_t count;
    size_t coupled; /* the first so many have an owner */
} Pairs;

/* Groups the report's findings; everything lives in `arena`. */
Pairs pairs_collect(Arena *arena, const Report *report);

/* "cross-service-join 2, cross-service-read 1", in the order of RULE_LIST. */
void pairs_append_rules(Buffer *out, const Pair *pair);

#endif
