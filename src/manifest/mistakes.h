#ifndef RINGFENCE_MANIFEST_MISTAKES_H
#define RINGFENCE_MANIFEST_MISTAKES_H

#include "base/array.h"
#include "manifest/manifest.h"

/* Collects the mistakes of one manifest. Zero-initialise it but for the arena. */
typedef struct {
    Arena *arena;
    ARRAY(ManifestMistake) list;
} Mistakes;

/* Adds one mistake; its text is copied into the arena. */
void mistakes_add(Mistakes *mistakes, Position at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Everything that was added, by position, each mistake once. */
ManifestMistakes mistakes_sorted(Mistakes *mistakes);

/* `text` in double quotes, for messages: on one line, control characters made visible, long ones
 * cut. */
const char *mistakes_quote(Arena *arena, Str text);

/* `; did you mean "x"?` for the candidate nearest to `word`, or "" when none is near. */
const char *mistakes_suggest(Arena *arena, Str word, StrList candidates);

/* `a, b or c`. */
const char *mistakes_choices(Arena *arena, StrList choices);

#endif
