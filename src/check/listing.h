#ifndef RINGFENCE_CHECK_LISTING_H
#define RINGFENCE_CHECK_LISTING_H

#include "check/run.h"

/* Which files a run reads that is asked about some of them. */

/* Sets run->sources to all files, those that the command line names among them; `asked` are the
 * latter, NULL when there are none. In the run's arena. */
bool listing_read(Run *run, const RunOptions *options, SourceList **asked, Error *error);

/* Sets base->sources to all files of its snapshot; what is wanted of those that `run` lists, too, is known. */
bool listing_read_alike(Run *base, const Run *run, Error *error);

/* Adds `named` to `all`, without repeats. */
void listing_add(Arena *arena, SourceList *all, const SourceList *named);

/* Files that nobody asked about are read for what they declare, or left out if that is nothing. */
void listing_set_aside(SourceList *sources, const Scope *scope);

/* Source files that nobody asked about are sought: read if they hold a name that is looked for. Settings that nobody
 * asked about are left out: they name no relation. */
void listing_seek(SourceList *sources, const Scope *scope);

/* The same, where `like` has been through it: entries of its are as they are there. */
void listing_seek_alike(SourceList *sources, const SourceList *like, const Scope *scope);

#endif
