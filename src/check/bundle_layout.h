#ifndef RINGFENCE_CHECK_BUNDLE_LAYOUT_H
#define RINGFENCE_CHECK_BUNDLE_LAYOUT_H

#include "check/pack.h"

/* The fields of Bundle and all that it is made of: one table. A new field of these structs is one
 * line in bundle_layout.c; ci/check-bundle finds a forgotten one. */
extern const PackLayout bundle_layout;

#endif
