#ifndef RINGFENCE_EXTRACT_NAME_PATTERN_H
#define RINGFENCE_EXTRACT_NAME_PATTERN_H

#include "base/arena.h"

/* Regular expressions over names, as globs. */

typedef struct {
    Str *at;
    size_t count;
} PatternGlobs;

/* The globs (`*`, `?`) that together match every name which the regular expression `pattern`
 * (Java's) matches as a whole, and perhaps more: groups are spelled out, classes become `?`,
 * repetitions `*`. A lone dot stands for itself, for that is how names are written in such lists.
 * False when it would take too many globs. */
bool name_pattern_globs(Arena *arena, Str pattern, PatternGlobs *globs);

#endif
