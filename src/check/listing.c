#include "check/listing.h"

#include <stdlib.h>

#include "check/aside.h"
#include "check/prepare.h"
#include "embedded/credentials.h"

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
    *asked = NULL;
    if (!source_list(run->arena, &run->root, directory, NULL, 0, run_is_wanted, run,
                     &run->sources, error)) {
        return false;
    }
    if (options->path_count) {
        *asked = ARENA_NEW(run->arena, SourceList);
        if (!source_list(run->arena, &run->root, directory, options->paths, options->path_count,
                         run_is_wanted, run, *asked, error)) {
            return false;
        }
        listing_add(run->arena, &run->sources, *asked);
        run->sources.skips.at = (*asked)->skips.at;
        run->sources.skips.count = (*asked)->skips.count;
    }
    return true;
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

void listing_seek(SourceList *sources, const Scope *scope)
{
    size_t kept = 0;
    for (size_t i = 0; i < sources->entries.count; i++) {
        SourceEntry entry = sources->entries.at[i];
        bool asked = scope_asks(scope, entry.path);
        entry.sought = !asked && !aside_may_declare(entry.path);
        if (asked || !credentials_in_file(entry.path)) {
            sources->entries.at[kept++] = entry;
        }
    }
    sources->entries.count = kept;
}
