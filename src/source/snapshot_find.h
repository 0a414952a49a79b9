#ifndef RINGFENCE_SOURCE_SNAPSHOT_FIND_H
#define RINGFENCE_SOURCE_SNAPSHOT_FIND_H

#include "source/repository.h"

/* Private to source/: paths of a snapshot. Those taken here are in the working tree, as git has
 * them. */

/* The first entry whose path is not before `path`; snapshot->count when there is none. */
size_t snapshot_lower_bound(const SourceSnapshot *snapshot, Str path);

/* The entry of exactly this path, or NULL. */
const SnapshotEntry *snapshot_entry(const SourceSnapshot *snapshot, Str path);

/* Are there entries below the folder `path`? Always below the top. */
bool snapshot_has_folder(const SourceSnapshot *snapshot, Str path);

/* The file that `path` is or leads to through symbolic links, inside the repository's root; else
 * NULL, with a reason. *folder tells whether it leads to a folder. */
const SnapshotEntry *snapshot_resolve(Arena *arena, const SourceSnapshot *snapshot, Str path,
                                      bool *folder, Str *reason);

/* `path` without `.` and `..`; false when it leads above the top. Both are relative. */
bool snapshot_normalise(Arena *arena, Str path, Str *normal);

/* Is `path` the folder, or below it? Then sets *rest. An empty folder is the top. */
bool snapshot_strip(Str folder, Str path, Str *rest);

#endif
