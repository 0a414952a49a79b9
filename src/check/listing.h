#ifndef RINGFENCE_CHECK_LISTING_H
#define RINGFENCE_CHECK_LISTING_H

#include "check/run.h"

/* Which files a run reads that is asked about some of them. */

/* Sets run->sources to all files, those that the command line names among them; `asked` are the
 * latter, NULL when there are none. In the run's arena. */
bool listing_read(Run *run, const RunOptions *options, SourceList **asked, Error *error);

/* Sets base->sources to all files of its snapshot; what is wanted of those that `run` lists, too,
 * is known. */
bool listing_read_alike(Run *base, const Run *run, Error *error);

/* Adds `named` to `all`, without repeats. */
void listing_add(Arena *arena, SourceList *all, const SourceList *named);

/* Files that nobody asked about are read for what they declare, or left out if that is nothing. */
void listing_set_aside(SourceList *sources, const Scope *scope);

#endif
