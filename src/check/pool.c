#include "check/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

enum { STACK_BYTES = 512 * 1024 * 1024, SMALLER_STACK_BYTES = 64 * 1024 * 1024 };

typedef struct {
    void (*work)(void *context, size_t worker, size_t item);
    void *context;
    size_t count;
    atomic_size_t next;
} Pool;

typedef struct {
    Pool *pool;
    size_t index;
    pthread_t thread;
} Worker;

static void *worker_run(void *argument)
{
    Worker *worker = argument;
    Pool *pool = worker->pool;
    for (;;) {
        size_t item = atomic_fetch_add(&pool->next, 1);
        if (item >= pool->count) {
            break;
        }
        pool->work(pool->context, worker->index, item);
    }
    return NULL;
}

static int worker_start(Worker *worker, size_t stack)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    int failed = pthread_create(&worker->thread, &attributes, worker_run, worker);
    pthread_attr_destroy(&attributes);
    return failed;
}

void pool_run(size_t jobs, size_t count, void (*work)(void *context, size_t worker, size_t item),
              void *context)
{
    Pool pool = {.work = work, .context = context, .count = count};
    Worker workers[POOL_MOST_WORKERS];
    jobs = jobs < count ? jobs : count;
    jobs = jobs < POOL_MOST_WORKERS ? jobs : POOL_MOST_WORKERS;
    size_t started = 0;
    for (; started < jobs; started++) {
        workers[started] = (Worker){.pool = &pool, .index = started};
        if (worker_start(&workers[started], STACK_BYTES) &&
            worker_start(&workers[started], SMALLER_STACK_BYTES)) {
            break; /* the threads that did start share the work */
        }
    }
    if (count && !started) {
        fputs("ringfence: error: no thread could be started\n", stderr);
        exit(2);
    }
    for (size_t i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
    }
}

size_t pool_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return 1;
    }
    int count = CPU_COUNT(&set);
    return count > 0 ? (size_t)count : 1;
}
