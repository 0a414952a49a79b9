#ifndef RINGFENCE_SOURCE_GIT_H
#define RINGFENCE_SOURCE_GIT_H

#include "base/arena.h"
#include "base/error.h"

/* Private to source/: what git knows about the files of one working tree. Any number of threads may
 * ask, each with an arena of its own. */
typedef struct SourceGit SourceGit;

/* Opens the repository whose working tree holds `folder` (a real path), in `arena`; `git` is NULL
 * when there is none. Paths asked about later are relative to `root`, which holds the working tree
 * or lies in it. false when there is a repository that cannot be read. */
bool source_git_open(Arena *arena, Str folder, Str root, SourceGit **git, Error *error);

/* NULL is allowed. */
void source_git_close(SourceGit *git);

/* The working tree around `folder` as a real path; empty when there is none, as in a bare
 * repository. false when there is a repository that cannot be read. */
bool source_git_find(Arena *arena, Str folder, Str *working_tree, Error *error);

/* What holds for the files right in one folder. Lives as long as the arenas that were given for it
 * and for the folders around it. */
typedef struct {
    const struct SourceIgnore *rules;
    bool ignored; /* the folder, or one above it: only tracked files count */
} SourceGitFolder;

/* For a folder where a walk begins, and for a folder below one that was entered. */
SourceGitFolder source_git_start(const SourceGit *git, Arena *arena, Str path);
SourceGitFolder source_git_enter(const SourceGit *git, Arena *arena, SourceGitFolder outer,
                                 Str path);

/* Is `path` a folder with files in the index, or the working tree itself? */
bool source_git_tracks_folder(const SourceGit *git, Arena *scratch, Str path);

/* Is it tracked, or untracked but not ignored? `outer` is the folder it is in. No for submodules.
 */
bool source_git_wants_folder(const SourceGit *git, Arena *scratch, SourceGitFolder outer, Str path);
bool source_git_wants_file(const SourceGit *git, Arena *scratch, SourceGitFolder outer, Str path);

#endif
