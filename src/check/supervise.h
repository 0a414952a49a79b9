#ifndef RINGFENCE_CHECK_SUPERVISE_H
#define RINGFENCE_CHECK_SUPERVISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Keeps a crash in a parser from losing the run. The work runs in a child process; each worker
 * notes, in memory shared with the parent, which statement it is on. When the child dies, the
 * parent puts that statement on a list and starts the work again, which then skips it. */
typedef struct Supervisor Supervisor;

/* Runs work(context, supervisor) in a child and returns the exit status it returned. 2 when that
 * was not possible, something else killed the child, or too many statements crashed; a line on
 * standard error says so. SIGINT, SIGTERM and SIGHUP end both. */
int supervise(int (*work)(void *context, Supervisor *supervisor), void *context);

/* May `worker` read the statement at byte `offset` of file number `file`? Notes that it does: a
 * crash before supervisor_leave is this statement's. False when it crashed before: then
 * *signal_number is what killed it. */
bool supervisor_enter(Supervisor *supervisor, size_t worker, uint32_t file, uint32_t offset,
                      int *signal_number);

/* Notes that `worker` has read its statement. */
void supervisor_leave(Supervisor *supervisor, size_t worker);

/* Files that are read from now on are numbered apart from those of another turn (0, the first, or
 * 1). */
void supervisor_turn(Supervisor *supervisor, uint32_t turn);

/* The file at `path` is being written, and is to be removed should the child die before the next
 * call; an empty path: no more. Without a supervisor it does nothing. */
void supervisor_writes(Supervisor *supervisor, Str path);

/* How many workers may run: 1 after a death that no single worker could be blamed for. */
size_t supervisor_most_workers(const Supervisor *supervisor);

#endif
