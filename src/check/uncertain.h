#ifndef RINGFENCE_CHECK_UNCERTAIN_H
#define RINGFENCE_CHECK_UNCERTAIN_H

#include "check/gather.h"
#include "sql/resolve.h"

/* Strings of host languages that nothing around them says are SQL: those that name a relation which
 * the manifest or the repository's DDL knows stay, and are counted; the others go, as if they had
 * never been read. `resolver` has the catalog of all certain statements; `scratch` is reset. */
void uncertain_settle(Arena *scratch, const Resolver *resolver, Gathered *gathered);

#endif
