#ifndef RINGFENCE_CHECK_REBOUND_H
#define RINGFENCE_CHECK_REBOUND_H

#include "base/map.h"
#include "base/word_set.h"
#include "source/source.h"

/* Constants that a change binds to something else. Files whose SQL uses one mean something else,
 * too: those that embedded/others.h lets look it up. Rather too many than too few. */

typedef struct Rebound {
    WordSet names; /* of the constants, without their classes */
    WordSet stems; /* of Python's and JavaScript's files that bind them: an import says it */
    bool any_name, any_stem; /* too many of them, or one too short to be looked for */
    bool python, scripts;    /* files of these anywhere may import one */
    Map folders;             /* where others' constants were bound; only neighbours see them */
    bool any;                /* there is one at all */
} Rebound;

/* Compares one file's constants before and after, as `before` and `now` read it at these paths
 * (another one where it was renamed). A file that is not there, or no program, has none. Adds to
 * `rebound`, with copies in `arena`. */
void rebound_compare(Arena *arena, Rebound *rebound, const SourceRoot *before, Str old_path,
                     const SourceRoot *now, Str path);

/* Can the file at `path` use one at all? */
bool rebound_may_concern(const Rebound *rebound, Str path);

/* Does its text hold what it must hold then? */
bool rebound_is_in(const Rebound *rebound, Str path, Str text);

#endif
