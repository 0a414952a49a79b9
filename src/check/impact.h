#ifndef RINGFENCE_CHECK_IMPACT_H
#define RINGFENCE_CHECK_IMPACT_H

#include "check/naming.h"
#include "check/rebound.h"
#include "check/run.h"

/* What a change can mean to files that it does not touch. */
typedef enum {
    IMPACT_NONE,
    IMPACT_NAMES, /* it declares something, or ceases to: these names may mean something else; or it
                     binds constants to something else */
    IMPACT_EVERYWHERE, /* it is about the manifest */
} Impact;

/* Looks at both sides of the changed files, those of `run` and those of `base`. `naming` and
 * `rebound` must be zero-initialised; they are filled in for IMPACT_NAMES. */
Impact impact_of(const Run *run, const SourceSnapshot *base, const SourceChanges *changes,
                 Naming *naming, Rebound *rebound);

#endif
