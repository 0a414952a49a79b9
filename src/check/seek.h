#ifndef RINGFENCE_CHECK_SEEK_H
#define RINGFENCE_CHECK_SEEK_H

#include "check/naming.h"
#include "check/rebound.h"
#include "check/run.h"

/* Which files a change of DDL or constants concerns: those that hold one of its names. */

/* Leaves in run->sources what was asked for by `scope`; what holds one of the names, or can use one
 * of the constants; and, to be read aside, what may declare something for others. Settings name no
 * relation. Keeps in `base`, the run over what there was before (its sources are those of
 * run->sources, but for the changes of `scope`), the same. Reads with run->jobs threads. A file
 * that cannot be read stays. */
void seek_names(Run *run, Run *base, const Naming *naming, const Rebound *rebound,
                const Scope *scope);

#endif
