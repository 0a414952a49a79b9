#ifndef RINGFENCE_CHECK_SUPERVISE_H
#define RINGFENCE_CHECK_SUPERVISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Keeps a crash in a parser from losing the run. The work runs in a child process; each worker notes, in memory
 * shared with the parent, which statement it is on. When the child dies, the parent puts that statement on a list
 * and starts the work again, which then skips it. */
typedef struct Supervisor Supervisor;

/* Runs work(context, supervisor) in a child and returns the exit status it returned. 2 when that was not
 * possible, or too many statements crashed; a line on standard error says so. SIGINT and SIGTERM end both. */
int supervise(int (*work)(void *context, Supervisor *supervisor), void *context);

/* May `worker` read the statement at byte `offset` of file number `file`? Notes that it does: a crash before
 * supervisor_leave is this statement's. False when it crashed before: then *signal_number is what killed it. */
bool supervisor_enter(Supervisor *supervisor, size_t worker, uint32_t file, uint32_t offset,
                      int *signal_number);
void supervisor_leave(Supervisor *supervisor, size_t worker);

/* How many workers may run: 1 after a death that no single worker could be blamed for. */
size_t supervisor_most_workers(const Supervisor *supervisor);

#endif
