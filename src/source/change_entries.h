#ifndef RINGFENCE_SOURCE_CHANGE_ENTRIES_H
#define RINGFENCE_SOURCE_CHANGE_ENTRIES_H

#include "source/repository.h"

/* Private to source/: what two snapshots of a repository hold differently, as libgit2's diff. */

/* Compares only entries that are not the same, so that it costs what changed. Conflicts of `head`
 * are left out. 0, or libgit2's error. */
int change_entries_diff(const SourceSnapshot *base, const SourceSnapshot *head,
                        const git_diff_options *options, git_diff **diff);

#endif
