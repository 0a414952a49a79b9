#ifndef RINGFENCE_SOURCE_INDEX_H
#define RINGFENCE_SOURCE_INDEX_H

#include "base/error.h"
#include "source/index_file.h"

/* Private to source/: git's index, whole. */

/* Reads the index at `path`, or the repository's own where that is empty; one that is not there has
 * no entries. What a split one shares is read, and folders of a sparse one are their files. Memory
 * from `arena`. False with an error about `shown`. */
bool source_index_read(Arena *arena, git_repository *git, Str path, Str shown, IndexFile *file,
                       Error *error);

/* The first entry of that path, or NULL. */
const IndexEntry *source_index_find(const IndexFile *file, Str path);

/* The same for libgit2, which believes nothing about what is in the working tree then: it looks.
 * NULL when there is no memory. */
git_index *source_index_copy(const IndexFile *file);

#endif
