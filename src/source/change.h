#ifndef RINGFENCE_SOURCE_CHANGE_H
#define RINGFENCE_SOURCE_CHANGE_H

#include "source/snapshot.h"

/* What differs between a commit and what came of it. */

/* Lines [first, last], from 1. */
typedef struct {
    uint32_t first, last;
} SourceLineRange;

typedef struct {
    Str path;   /* of the file now; of a deleted one, as it was */
    Str before; /* what it was called before, if it was renamed; else empty */
    bool deleted;
    bool whole; /* all lines count: it is new, or git does not compare it line by line */
    SourceLineRange *lines; /* added or changed, in order */
    size_t line_count;
} SourceChange;

typedef struct {
    SourceChange *at; /* by path, bytewise */
    size_t count;
} SourceChanges;

/* Compares `base` with what `root` holds: its snapshot, which is of the same repository, or the
 * working tree, untracked files included. Paths are below the root; files outside of it are left
 * out. Those in `files`, what was listed there, and the one at `also` are compared line by line;
 * the others count as changed as a whole. Renames are followed as `git diff -M` does, up to its
 * limit of a thousand files; beyond that only files that are the same. Memory from `arena`. */
bool source_changes(Arena *arena, SourceRepository *repository, const SourceRoot *root,
                    const SourceSnapshot *base, const SourceList *files, Str also,
                    SourceChanges *changes, Error *error);

/* Adds the symbolic links of root's snapshot that lead to a changed file: changed as a whole. */
void source_changes_follow_links(Arena *arena, const SourceRoot *root, SourceChanges *changes);

/* Puts them in the order of their paths; what was deleted and added is there. Private to source/.
 */
void source_changes_sort(SourceChanges *changes);

/* The change of the file that is now at `path`, or NULL. */
const SourceChange *source_change_of(const SourceChanges *changes, Str path);

/* Are any of the lines [first, last] added or changed? */
bool source_change_touches(const SourceChange *change, uint32_t first, uint32_t last);

#endif
