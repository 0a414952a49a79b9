#ifndef RINGFENCE_SOURCE_SNAPSHOT_H
#define RINGFENCE_SOURCE_SNAPSHOT_H

#include "source/source.h"

/* Files as git keeps them: what the index holds, and what a commit holds. A SourceRoot with such a
 * snapshot lists and opens its files and none of the working tree's, symbolic links followed inside
 * of it. Nothing is checked out, no filter runs: a file is what the blob holds. */

typedef struct SourceRepository SourceRepository;

/* Opens the repository around `given` (--root) if not empty, else around `directory`, and finds the
 * root in it: `given`, or else the working tree, or else the bare repository itself. Lives until
 * source_repository_close. An Error when there is none. One thread at a time, but for the opening
 * of files. */
bool source_repository_open(Arena *arena, Str directory, Str given, SourceRepository **repository,
                            SourceRoot *root, Error *error);

/* NULL is allowed. */
void source_repository_close(SourceRepository *repository);

/* What the index holds. */
bool source_snapshot_index(SourceRepository *repository, SourceSnapshot **snapshot, Error *error);

/* What the commit (or tag, or tree) holds that `revision` names as git's own commands do. In a
 * shallow clone that lacks it, the Error tells how to get it. */
bool source_snapshot_commit(SourceRepository *repository, Str revision, SourceSnapshot **snapshot,
                            Error *error);

/* What HEAD holds: nothing before the first commit. */
bool source_snapshot_head(SourceRepository *repository, SourceSnapshot **snapshot, Error *error);

/* What the best common ancestor of two commits holds. */
bool source_snapshot_merge_base(SourceRepository *repository, Str one, Str other,
                                SourceSnapshot **snapshot, Error *error);

/* For messages: "the index", "commit HEAD~2". */
Str source_snapshot_name(const SourceSnapshot *snapshot);

/* Is there a file at `path` of the root? */
bool source_snapshot_holds(const SourceRoot *root, Str path);

/* Do the snapshots of two roots in one repository hold the same plain file at `path`? No, too,
 * where it is a symbolic link: what that leads to may differ. Thread-safe. */
bool source_snapshot_same(const SourceRoot *one, const SourceRoot *other, Str path);

/* Is the file at `path` of the root in git's index? No, too, when that cannot be read. */
bool source_repository_tracks(SourceRepository *repository, Str path);

/* The path below the root that `path` is, relative to `directory` or absolute, whether there is
 * such a file or not; false when it is outside. Empty for the root itself. */
bool source_path_in_root(Arena *arena, const SourceRoot *root, Str directory, Str path,
                         Str *inside);

#endif
