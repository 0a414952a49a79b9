#ifndef RINGFENCE_SOURCE_GIT_FILES_H
#define RINGFENCE_SOURCE_GIT_FILES_H

#include "source/index_file.h"

/* Private to source/: the files of a git tree. */

typedef struct {
    Str path; /* in the working tree: what git calls it; a NUL is behind it */
    git_oid id;
    uint32_t mode; /* GIT_FILEMODE_… */
    bool conflict; /* of the index: a merge left several versions of it */
} TreeFile;

typedef struct {
    TreeFile *at; /* by path, bytewise */
    size_t count, capacity;
} TreeFiles;

/* What a folder is known to hold already, so that its object need not be read. */
typedef struct {
    const IndexFile *index;
    const TreeFile *files; /* what the index holds, by path */
    size_t count;
} TreeKnown;

/* Adds the files below `folder`, whose tree is `top`, to `files`. `known` may be NULL. False when
 * one of the trees cannot be read: libgit2 has the reason. */
bool git_files_read(Arena *arena, git_repository *git, const git_tree *top, Str folder,
                    const TreeKnown *known, TreeFiles *files);

#endif
