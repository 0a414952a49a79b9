#ifndef RINGFENCE_CHECK_ORIGIN_H
#define RINGFENCE_CHECK_ORIGIN_H

#include "check/run.h"

/* Runs whose files do not, or not all, come from the working tree: --staged, --rev, --diff and
 * --stdin. The manifest, the baseline and included files come from where the files come from. A
 * file named on the command line that git does not have there is read from the disk. */

/* Is it one of these? */
bool origin_is_special(const RunOptions *options);

/* run_prepare for them. */
bool origin_prepare(Arena *arena, const RunOptions *options, Run *run, Error *error);

/* The part of it for --stdin; `run` has begun. */
bool origin_prepare_stdin(Arena *arena, const RunOptions *options, Run *run, Error *error);

/* The text of the file at `path` (absolute, or relative to the working directory), if the run's
 * snapshot has it; then *shown is its path below the root. */
bool origin_read(const Run *run, Str path, Str *shown, Str *text);

#endif
