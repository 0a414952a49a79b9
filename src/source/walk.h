#ifndef RINGFENCE_SOURCE_WALK_H
#define RINGFENCE_SOURCE_WALK_H

#include "base/array.h"
#include "source/git.h"
#include "source/source.h"

/* Private to source/: collects files, of each folder in their order; perhaps twice. */
typedef struct {
    Arena *arena; /* of what is collected */
    Str root;
    int folder;     /* a descriptor of the root's, or -1 */
    SourceGit *git; /* NULL: every file counts */
    const SourceFilter *filter;
    ARRAY(SourceEntry) entries;
    ARRAY(SourceSkip) skips;
} SourceWalk;

/* Everything below `folder` (relative to the root; empty for the root itself). */
void source_walk_folder(SourceWalk *walk, Str folder);

/* Sorts by path and keeps one of each: a named entry, a fatal skip. */
void source_list_sort(SourceList *list);

/* One that was named: a file, or a symbolic link that should lead to one; `path` is copied. */
void source_walk_file(SourceWalk *walk, Str path);

#endif
