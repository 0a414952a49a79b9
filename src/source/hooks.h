#ifndef RINGFENCE_SOURCE_HOOKS_H
#define RINGFENCE_SOURCE_HOOKS_H

#include "base/arena.h"
#include "base/error.h"

/* Where git looks for the hooks of a working tree. Every Str is a C string, too. */
typedef struct {
    Str folder;       /* absolute; it need not exist */
    Str working_tree; /* a real path */
    bool configured;  /* core.hooksPath says so */
    bool
        everywhere; /* it says so outside this repository: for all of the user's or the machine's */
    bool in_tree;   /* it lies among the repository's files, where others get it, too */
} SourceHooks;

/* Finds the hooks of the repository around `directory` (an absolute path): core.hooksPath of any of
 * git's settings, those of a single worktree included; without it the `hooks` folder that all
 * worktrees share. Settings that only the environment holds (git -c) do not count. Memory from
 * `arena`; false when there is no repository, a bare one, or one that cannot be read.
 * Source: githooks(5), git-config(1) core.hooksPath, git-worktree(1). */
bool source_hooks_find(Arena *arena, Str directory, SourceHooks *hooks, Error *error);

#endif
