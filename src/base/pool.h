#ifndef RINGFENCE_BASE_POOL_H
#define RINGFENCE_BASE_POOL_H

#include <stddef.h>

/* The only user of threads. */

enum { POOL_MOST_WORKERS = 64 };

/* Whose the file descriptors are that a worker opens. Threads that share them take turns at opening
 * and closing; one's own are closed when it ends, and are nobody else's. */
typedef enum { DESCRIPTORS_SHARED, DESCRIPTORS_OWN } PoolDescriptors;

/* Calls work(context, worker, item) for every item in [0, count), on `jobs` threads (1 to
 * POOL_MOST_WORKERS; never more than items). Which worker gets which item is not determined, so
 * results go to places of their own. Workers have stacks of 512 MiB of address space, for parsers
 * that recurse. */
void pool_run(size_t jobs, size_t count, PoolDescriptors descriptors,
              void (*work)(void *context, size_t worker, size_t item), void *context);

/* What is still to be done, while it is being found. */
typedef struct PoolQueue PoolQueue;

/* Calls work(context, worker, item, queue) for `first` and for every item that is added meanwhile,
 * on up to `jobs` threads (1 to POOL_MOST_WORKERS), the calling one as worker 0 and others while
 * many items wait; in no determined order. Each has descriptors of its own. */
void pool_run_queue(size_t jobs, void *first,
                    void (*work)(void *context, size_t worker, void *item, PoolQueue *queue),
                    void *context);

/* Adds an item, from within the work. */
void pool_add(PoolQueue *queue, void *item);

/* How many processors this process may use. */
size_t pool_processors(void);

#endif
