#ifndef RINGFENCE_EXTRACT_FIXTURE_H
#define RINGFENCE_EXTRACT_FIXTURE_H

#include "base/str.h"

/* graphile-migrate's `--! include path.sql`: a line of its own that stands for a file below the
 * folder `fixtures` of the migrations. Source: graphile-migrate 2, README, "Including external
 * files in the current migration". */

/* Could `text` hold any? Quick: most files do not. */
bool fixture_is_likely(Str text);

/* The path of the first such line of `text` that begins at or behind byte `from`. */
bool fixture_find(Str text, size_t from, Range *path);

#endif
