#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/pool.h"

#include "base/banned.h"

enum { MOST = 3000, JOBS = 8, SONS = 5, DEPTH = 6 };

typedef struct {
    atomic_int done[MOST];
    atomic_int workers[JOBS];
} Counts;

static void count_item(void *context, size_t worker, size_t item)
{
    Counts *counts = context;
    atomic_fetch_add(&counts->done[item], 1);
    atomic_fetch_add(&counts->workers[worker], 1);
}

/* Each item once, whatever the numbers of both. */
static void test_items(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 7, 8, 9, 100, 1000, MOST};
    Arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t jobs = 1; jobs <= JOBS; jobs++) {
            arena_reset(arena);
            Counts *counts = ARENA_NEW(arena, Counts);
            PoolDescriptors descriptors = jobs % 2 ? DESCRIPTORS_OWN : DESCRIPTORS_SHARED;
            pool_run(jobs, sizes[i], descriptors, count_item, counts);
            for (size_t item = 0; item < MOST; item++) {
                assert_int_equal(counts->done[item], item < sizes[i]);
            }
            for (size_t worker = jobs; worker < JOBS; worker++) {
                assert_int_equal(counts->workers[worker], 0);
            }
        }
    }
    arena_free(arena);
}

typedef struct Family {
    unsigned depth;
} Family;

typedef struct {
    Arena *arenas[JOBS];
    size_t found[JOBS];
} Search;

static void find_sons(void *context, size_t worker, void *item, PoolQueue *queue)
{
    Search *search = context;
    const Family *father = item;
    search->found[worker]++;
    for (int i = 0; i < SONS && father->depth < DEPTH; i++) {
        Family *son = ARENA_NEW(search->arenas[worker], Family);
        son->depth = father->depth + 1;
        pool_add(queue, son);
    }
}

/* All that is found meanwhile is done, too: 1 + 5 + 25 + … */
static void test_queue(void **state)
{
    (void)state;
    for (size_t jobs = 1; jobs <= JOBS; jobs++) {
        Search search = {0};
        Family first = {0};
        size_t found = 0;
        size_t all = 0;
        for (size_t depth = 0, born = 1; depth <= DEPTH; depth++, born *= SONS) {
            all += born;
        }
        for (size_t i = 0; i < JOBS; i++) {
            search.arenas[i] = arena_new();
        }
        pool_run_queue(jobs, &first, find_sons, &search);
        for (size_t i = 0; i < JOBS; i++) {
            assert_true(i < jobs || !search.found[i]);
            found += search.found[i];
            arena_free(search.arenas[i]);
        }
        assert_int_equal(found, all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_queue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
