#ifndef RINGFENCE_EMBEDDED_PREFILTER_H
#define RINGFENCE_EMBEDDED_PREFILTER_H

#include "base/str.h"

/* May the source text of a host language hold SQL, or anything else that is looked for in it? False
 * for most files, at about the speed of memory; these need not be lexed. */
bool prefilter_wants(Str text);

#endif
