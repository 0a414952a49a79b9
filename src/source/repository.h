#ifndef RINGFENCE_SOURCE_REPOSITORY_H
#define RINGFENCE_SOURCE_REPOSITORY_H

#include <git2.h>
#include <stdatomic.h>

#include "source/git_files.h"
#include "source/index.h"
#include "source/snapshot.h"

/* Private to source/: git's objects, and snapshots of files from the inside. */

/* Starts libgit2, once more or for the first time; ended by git_libgit2_shutdown. */
void source_library_start(void);

/* libgit2's last mistake in one line; `what` went wrong. False. */
bool source_git_fail(Error *error, Str path, const char *what);

enum { REPOSITORY_READERS = 64 };

struct SourceRepository {
    Arena *arena;
    git_repository *git;
    IndexFile *index; /* NULL until it is asked for */
    Str objects;      /* the folder of its object database */
    Str tree;         /* the working tree's real path, or the bare repository's */
    Str inside;       /* the root in the tree; empty when they are the same */
    bool bare;
    struct SourceSnapshot *snapshots;            /* all that were made of it */
    _Atomic(git_odb *) idle[REPOSITORY_READERS]; /* object databases that no thread is using */
    _Atomic size_t readers;                      /* how many were opened */
};

/* One path of a snapshot. */
typedef TreeFile SnapshotEntry;

struct SourceSnapshot {
    SourceRepository *repository;
    Str name;               /* "the index", "commit HEAD~2" */
    git_tree *tree;         /* of a commit; NULL of the index */
    const IndexFile *index; /* of the index */
    SnapshotEntry *entries; /* by path, bytewise */
    size_t count;
    SourceSnapshot *next; /* of the same repository */
};

/* The repository's index, read once. GIT_INDEX_FILE counts, which `git commit -a` sets for hooks.
 */
bool source_repository_index(SourceRepository *repository, const IndexFile **index, Error *error);

/* The bytes of a blob; thread-safe. False with a reason, in `arena`. */
bool source_repository_read(Arena *arena, SourceRepository *repository, const git_oid *id,
                            SourceText *text, Str *reason);

/* source_folder of a snapshot, in the order of the paths. */
bool source_snapshot_folder(Arena *arena, const SourceRoot *root, Str folder, size_t most,
                            SourceNames *names);

/* source_list and source_open for a snapshot; see there. */
bool source_snapshot_list(Arena *arena, const SourceRoot *root, Str directory, const Str *arguments,
                          size_t argument_count, const SourceFilter *filter, SourceList *list,
                          Error *error);
bool source_snapshot_read(Arena *arena, const SourceRoot *root, Str path, SourceText *text,
                          Str *reason);

#endif
