#include "check/listing.h"

#include <stdlib.h>

#include "check/aside.h"
#include "check/prepare.h"

#include "base/banned.h"

static int compare_entries(const void *left, const void *right)
{
    const SourceEntry *a = left;
    const SourceEntry *b = right;
    return str_compare(a->path, b->path);
}

void listing_add(Arena *arena, SourceList *all, const SourceList *named)
{
    size_t most = all->entries.count + named->entries.count;
    SourceEntry *entries = ARENA_ARRAY(arena, SourceEntry, most + 1);
    size_t count = 0;
    for (size_t i = 0; i < most; i++) {
        size_t second = i - all->entries.count;
        entries[i] = i < all->entries.count ? all->entries.at[i] : named->entries.at[second];
    }
    if (most) {
        qsort(entries, most, sizeof *entries, compare_entries);
    }
    for (size_t i = 0; i < most; i++) {
        if (!count || !str_equal(entries[count - 1].path, entries[i].path)) {
            entries[count++] = entries[i];
        }
    }
    all->entries.at = entries;
    all->entries.count = count;
}

bool listing_read(Run *run, const RunOptions *options, SourceList **asked, Error *error)
{
    Str directory = run_working_directory(run->arena);
    SourceFilter filter = run_filter(run);
    *asked = NULL;
    if (!source_list(run->arena, &run->root, directory, NULL, 0, &filter, &run->sources, error)) {
        return false;
    }
    if (options->path_count) {
        *asked = ARENA_NEW(run->arena, SourceList);
        if (!source_list(run->arena, &run->root, directory, options->paths, options->path_count,
                         &filter, *asked, error)) {
            return false;
        }
        listing_add(run->arena, &run->sources, *asked);
        run->sources.skips.at = (*asked)->skips.at;
        run->sources.skips.count = (*asked)->skips.count;
    }
    return true;
}

/* What is wanted of a snapshot, known from another one that is judged by the same manifest. */
typedef struct {
    const Run *base, *run;
    size_t next; /* entry of `run`: both are in the order of their paths */
} Likeness;

static bool is_wanted_alike(void *context, Arena *scratch, Str path)
{
    Likeness *likeness = context;
    const SourceList *known = &likeness->run->sources;
    const SourceEntry *entry = NULL;
    int order = -1;
    for (; order < 0 && likeness->next < known->entries.count; likeness->next += order < 0) {
        entry = &known->entries.at[likeness->next];
        order = str_compare(entry->path, path);
    }
    return (order == 0 && !entry->named) || run_is_wanted((void *)likeness->base, scratch, path);
}

bool listing_read_alike(Run *base, const Run *run, Error *error)
{
    Likeness likeness = {.base = base, .run = run};
    SourceFilter filter = run_filter(base);
    if (base->manifest == run->manifest) {
        filter = (SourceFilter){.keep = is_wanted_alike, .context = &likeness};
    }
    return source_list(base->arena, &base->root, run_working_directory(base->arena), NULL, 0,
                       &filter, &base->sources, error);
}

void listing_set_aside(SourceList *sources, const Scope *scope)
{
    size_t kept = 0;
    for (size_t i = 0; i < sources->entries.count; i++) {
        SourceEntry entry = sources->entries.at[i];
        entry.aside = !scope_asks(scope, entry.path);
        if (!entry.aside || aside_may_declare(entry.path)) {
            sources->entries.at[kept++] = entry;
        }
    }
    sources->entries.count = kept;
}
