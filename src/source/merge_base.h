#ifndef RINGFENCE_SOURCE_MERGE_BASE_H
#define RINGFENCE_SOURCE_MERGE_BASE_H

#include "source/repository.h"

/* Private to source/: revisions by name. Objects are for git_object_free. */

/* What `revision` names. The Error says what may help: a remote's branch, more history. */
bool merge_base_find_object(SourceRepository *repository, Str revision, git_object **object,
                            Error *error);

/* The best common ancestor of two commits, as far as the clone knows: in a shallow one, git stops
 * where it was cut off, and so does this. */
bool merge_base_find(SourceRepository *repository, Str one, Str other, git_object **object,
                     Error *error);

#endif
