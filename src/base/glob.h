#ifndef RINGFENCE_BASE_GLOB_H
#define RINGFENCE_BASE_GLOB_H

#include "base/str.h"

/* Patterns like gitignore(5)'s, but for the whole text: one without a separator matches no text
 * that has one. `*` and `?` stop at `separator`; `**` between separators (or at an end) spans any
 * number of path components; with separator '\0' (names of tables) nothing stops `*`. Every other
 * byte, brackets and backslashes too, stands for itself; `?` is one byte. */

bool glob_is_pattern(Str pattern);

/* The bytes before the first `*` or `?`. */
Str glob_literal_prefix(Str pattern);

/* Time is O(pattern × text) at worst, whatever the pattern. */
bool glob_match(Str pattern, Str text, char separator);

/* Is there a text that both patterns match? */
bool glob_intersect(Str a, Str b, char separator);

#endif
