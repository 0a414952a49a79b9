#ifndef RINGFENCE_TESTS_SOURCE_FIXTURE_H
#define RINGFENCE_TESTS_SOURCE_FIXTURE_H

/* A temporary tree, and what source_list says about it. */

#include <setjmp.h>
#include <stdint.h>

#include "temp_tree.h"

#include <cmocka.h>

#include "base/array.h"
#include "source/source.h"

typedef struct {
    Arena *arena;
    Str tree;
    SourceRoot root;
    SourceList list;
    Error error;
} Fixture;

static inline int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->tree = tree_new(fixture->arena);
    *state = fixture;
    return 0;
}

static inline int set_up_repository(void **state)
{
    set_up(state);
    tree_init_repository(((Fixture *)*state)->tree);
    return 0;
}

static inline int tear_down(void **state)
{
    Fixture *fixture = *state;
    tree_remove(fixture->tree);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static inline void write_file(Fixture *f, const char *path)
{
    tree_write(f->arena, f->tree, path, STR("select 1;\n"));
}

static inline bool keep_all(void *context, Arena *scratch, Str path)
{
    (void)scratch;
    (void)context;
    (void)path;
    return true;
}

static inline bool keep_sql(void *context, Arena *scratch, Str path)
{
    (void)scratch;
    (void)context;
    return str_ends_with(path, STR(".sql"));
}

static inline bool list_from(Fixture *f, Str directory, const char *const *arguments)
{
    ARRAY(Str) paths = {0};
    f->error = (Error){0};
    if (!source_find_root(f->arena, directory, (Str){0}, (Str){0}, &f->root, &f->error)) {
        return false;
    }
    for (size_t i = 0; arguments && arguments[i]; i++) {
        array_push(f->arena, &paths, str_from(arguments[i]));
    }
    return source_list(f->arena, &f->root, directory, paths.at, paths.count,
                       &(SourceFilter){.keep = keep_all, .jobs = 2}, &f->list, &f->error);
}

static inline Str join_entries(Fixture *f)
{
    Str all = {0};
    for (size_t i = 0; i < f->list.entries.count; i++) {
        SourceEntry entry = f->list.entries.at[i];
        all =
            arena_format(f->arena, "%.*s%s%.*s%s", (int)all.len, all.at ? all.at : "", i ? " " : "",
                         (int)entry.path.len, entry.path.at, entry.named ? "!" : "");
    }
    return all;
}

static inline Str join_skips(Fixture *f)
{
    Str all = {0};
    for (size_t i = 0; i < f->list.skips.count; i++) {
        SourceSkip skip = f->list.skips.at[i];
        all = arena_format(f->arena, "%.*s%s%.*s%s (%.*s)", (int)all.len, all.at ? all.at : "",
                           i ? "; " : "", (int)skip.path.len, skip.path.at, skip.fatal ? "!" : "",
                           (int)skip.reason.len, skip.reason.at);
    }
    return all;
}

static inline void check_str(Str actual, const char *expected)
{
    if (!str_equal(actual, str_from(expected))) {
        fail_msg("\"%.*s\" should be \"%s\"", (int)actual.len, actual.at ? actual.at : "",
                 expected);
    }
}

static inline void check_arguments(Fixture *f, Str directory, const char *const *arguments,
                                   const char *entries, const char *skips)
{
    if (!list_from(f, directory, arguments)) {
        fail_msg("%s: %s", f->error.path, f->error.text);
    }
    check_str(join_entries(f), entries);
    check_str(join_skips(f), skips);
}

static inline void check(Fixture *f, const char *entries, const char *skips)
{
    check_arguments(f, f->tree, NULL, entries, skips);
}

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
