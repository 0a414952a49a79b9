#ifndef RINGFENCE_SQL_BOUNDARY_H
#define RINGFENCE_SQL_BOUNDARY_H

#include "sql/resolve.h"

/* May the actor of `access`, whose name, owner and actor are known, do it? Honours `shared`,
 * `publishes`, `exceptions` and stages; sets access->joinable. Nothing of `scratch` is kept. */
Boundary boundary_of(const Resolver *resolver, Arena *scratch, Access *access);

#endif
