#ifndef RINGFENCE_CHECK_POOL_H
#define RINGFENCE_CHECK_POOL_H

#include <stddef.h>

/* The only user of threads. */

enum { POOL_MOST_WORKERS = 64 };

/* Calls work(context, worker, item) for every item in [0, count), on `jobs` threads (1 to
 * POOL_MOST_WORKERS; never more than items). Which worker gets which item is not determined, so
 * results go to places of their own. Workers have stacks of 512 MiB of address space, for parsers
 * that recurse. */
void pool_run(size_t jobs, size_t count, void (*work)(void *context, size_t worker, size_t item),
              void *context);

/* How many processors this process may use. */
size_t pool_processors(void);

#endif
