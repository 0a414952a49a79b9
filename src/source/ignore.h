#ifndef RINGFENCE_SOURCE_IGNORE_H
#define RINGFENCE_SOURCE_IGNORE_H

#include "base/arena.h"

/* Private to source/: gitignore(5). libgit2 has it too, but 1.5 drops a `!pattern` that takes back
 * what another file ignores, so that files git lists would go unread. */

/* The rules of one file and, through `outer`, of the files it takes precedence over. Immutable. */
typedef struct SourceIgnore SourceIgnore;

/* Parses a .gitignore that lies in `folder` (relative to the working tree, empty for the tree
 * itself). The rules live in `arena`, as `folder` and `outer` must; `text` is copied. */
const SourceIgnore *source_ignore_parse(Arena *arena, Str text, Str folder, bool fold_case,
                                        const SourceIgnore *outer);

/* Do the rules ignore `path` itself? That a folder above it is ignored is not looked at. `rules`
 * may be NULL. */
bool source_ignore_matches(const SourceIgnore *rules, Str path, bool is_folder);

#endif
