#ifndef RINGFENCE_CHECK_PREPARE_H
#define RINGFENCE_CHECK_PREPARE_H

#include "check/run.h"

/* Steps of run_prepare that origin.c takes in another order. */

/* A run that has nothing but the date and how many workers it may have. */
Run run_begin(Arena *arena, const RunOptions *options);

/* The process's. */
Str run_working_directory(Arena *arena);

/* What a manifest is called, in the order in which it is looked for. */
enum { RUN_MANIFEST_NAMES = 3 };
extern const char *const run_manifest_names[RUN_MANIFEST_NAMES];

/* --manifest, or the nearest one from the working directory upwards. */
bool run_find_manifest(Arena *arena, Str directory, const RunOptions *options, Str *path,
                       Error *error);

/* Sets run->manifest and its hash; prints every mistake in it, as in the file `shown`. */
bool run_parse_manifest(Arena *arena, Str text, Str shown, Run *run, Error *error);

/* The rules' ids, which a manifest may name; the list is from `arena`. */
StrList run_rule_ids(Arena *arena);

/* Without the last component of `path`; "." where there is only one. */
Str run_folder_of(Str path);

/* The path as messages show it: relative to the working directory where it is below it. */
Str run_shown_path(Str directory, Str path);

/* The path below the root, where findings are; a file elsewhere is called as it was given. */
Str run_path_in_root(Arena *arena, Str root, Str path);

/* The rules' levels: their own, the manifest's, the command line's. */
void run_set_levels(Run *run, const RunOptions *options);

/* Is the file at `path` read by default? `context` is the Run. */
bool run_is_wanted(void *context, Arena *scratch, Str path);

/* Lists what is read by default, with as many threads as the run has. */
SourceFilter run_filter(Run *run);

#endif
