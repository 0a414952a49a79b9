#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/sanitizer.h"

#include "base/banned.h"

enum {
    STACK_BYTES = 512 * 1024 * 1024,
    SMALLER_STACK_BYTES = 64 * 1024 * 1024,
    QUEUE_STACK_BYTES = 8 * 1024 * 1024,
    BATCHES = 64, /* a worker's, at least */
    WAITING = 16  /* items that wait make another thread worth its start */
};

static int thread_start(pthread_t *thread, size_t stack, void *(*run)(void *argument),
                        void *argument)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    int failed = pthread_create(thread, &attributes, run, argument);
    pthread_attr_destroy(&attributes);
    return failed;
}

/* For the calling thread only. Where it is forbidden, descriptors stay shared: never mind.
 * ThreadSanitizer takes two threads' descriptors of one number for the same. */
static void own_descriptors(void)
{
#ifndef __SANITIZE_THREAD__
    unshare(CLONE_FILES);
#endif
}

typedef struct {
    void (*work)(void *context, size_t worker, size_t item);
    void *context;
    size_t count, jobs;
    PoolDescriptors descriptors;
    atomic_size_t next;
} Pool;

typedef struct {
    Pool *pool;
    size_t index;
    pthread_t thread;
} Worker;

/* Takes the next items, fewer the fewer are left: [*first, the result). Results of neighbours stand
 * close together, and one by one the workers would write to the same lines of the cache. */
static size_t take_items(Pool *pool, size_t *first)
{
    size_t end;
    *first = atomic_load(&pool->next);
    do {
        end = *first + (pool->count - *first) / (pool->jobs * BATCHES) + 1;
        end = end < pool->count ? end : pool->count;
    } while (!atomic_compare_exchange_weak(&pool->next, first, end));
    return end;
}

static void *worker_run(void *argument)
{
    Worker *worker = argument;
    Pool *pool = worker->pool;
    size_t item;
    size_t end;
    if (pool->descriptors == DESCRIPTORS_OWN) {
        own_descriptors();
    }
    while ((end = take_items(pool, &item)) > item) {
        for (; item < end; item++) {
            pool->work(pool->context, worker->index, item);
        }
    }
    return NULL;
}

static int worker_start(Worker *worker, size_t stack)
{
    return thread_start(&worker->thread, stack, worker_run, worker);
}

void pool_run(size_t jobs, size_t count, PoolDescriptors descriptors,
              void (*work)(void *context, size_t worker, size_t item), void *context)
{
    Worker workers[POOL_MOST_WORKERS];
    jobs = jobs < count ? jobs : count;
    jobs = jobs < POOL_MOST_WORKERS ? jobs : POOL_MOST_WORKERS;
    Pool pool = {
        .work = work, .context = context, .count = count, .jobs = jobs, .descriptors = descriptors};
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

typedef struct {
    PoolQueue *queue;
    size_t index;
    pthread_t thread;
} QueueWorker;

struct PoolQueue {
    void (*work)(void *context, size_t worker, void *item, PoolQueue *queue);
    void *context;
    size_t jobs;
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t changed;
    void **items; /* the last one is done first */
    size_t count, capacity;
    size_t working; /* workers that may still add something */
    QueueWorker workers[POOL_MOST_WORKERS];
    size_t started;
};

/* Does items until there are none, and nobody is left who could add one. */
static void do_items(PoolQueue *queue, size_t worker)
{
    pthread_mutex_lock(&queue->lock);
    for (;;) {
        while (!queue->count && queue->working) {
            pthread_cond_wait(&queue->changed, &queue->lock);
        }
        if (!queue->count) {
            break;
        }
        void *item = queue->items[--queue->count];
        queue->working++;
        pthread_mutex_unlock(&queue->lock);
        queue->work(queue->context, worker, item, queue);
        pthread_mutex_lock(&queue->lock);
        queue->working--;
        if (!queue->count && !queue->working) {
            pthread_cond_broadcast(&queue->changed);
        }
    }
    pthread_mutex_unlock(&queue->lock);
}

static void *queue_worker_run(void *argument)
{
    const QueueWorker *worker = argument;
    own_descriptors();
    do_items(worker->queue, worker->index);
    return NULL;
}

/* One more, if it may. Where it cannot be started, the others do all. */
static void start_queue_worker(PoolQueue *queue)
{
    QueueWorker *worker = &queue->workers[queue->started];
    *worker = (QueueWorker){.queue = queue, .index = queue->started};
    bool started = thread_start(&worker->thread, QUEUE_STACK_BYTES, queue_worker_run, worker) == 0;
    queue->started += started;
    queue->jobs = started ? queue->jobs : queue->started;
}

void pool_add(PoolQueue *queue, void *item)
{
    pthread_mutex_lock(&queue->lock);
    if (queue->count == queue->capacity) {
        queue->capacity = queue->capacity ? 2 * queue->capacity : 64;
        queue->items = memory_resize(queue->items, queue->capacity * sizeof *queue->items);
    }
    queue->items[queue->count++] = item;
    if (queue->count > WAITING && queue->started < queue->jobs) {
        start_queue_worker(queue);
    }
    pthread_cond_signal(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

void pool_run_queue(size_t jobs, void *first,
                    void (*work)(void *context, size_t worker, void *item, PoolQueue *queue),
                    void *context)
{
    PoolQueue queue = {.work = work,
                       .context = context,
                       .jobs = jobs < POOL_MOST_WORKERS ? jobs : POOL_MOST_WORKERS,
                       .lock = PTHREAD_MUTEX_INITIALIZER,
                       .changed = PTHREAD_COND_INITIALIZER,
                       .started = 1};
    pool_add(&queue, first);
    do_items(&queue, 0);
    for (size_t i = 1; i < queue.started; i++) {
        pthread_join(queue.workers[i].thread, NULL);
    }
    free(queue.items);
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
