#ifndef RINGFENCE_CHECK_INCLUDE_H
#define RINGFENCE_CHECK_INCLUDE_H

#include "check/gather.h"

/* Files that psql scripts include. An included file is judged as itself, its own service's code,
 * but in the session of each script that includes it: with that one's search_path, temporary
 * tables, transaction and variables. It is not judged on its own as well. */

/* Opens the file that `\i argument` (or, `relative`, `\ir argument`) of the script at `path` means.
 * Which folder psql is started in is not known: it is the script's folder, or the nearest one above
 * it where there is such a file. `found` is its path below the root, from `arena`; `source` is for
 * source_close. False when there is none. */
bool include_open(Arena *arena, const SourceRoot *root, Str path, Str argument, bool relative,
                  Str *found, SourceText *source);

/* The last component of a path without its suffix. */
Str include_stem(Str path);

/* Once all files are read: puts in the place of each source entry that another one includes its
 * first reading inside that one, and counts the coverage of every file once. */
void include_link(Arena *arena, Gathered *gathered);

#endif
