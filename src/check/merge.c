#include "check/merge.h"

#include <stdlib.h>

#include "base/map.h"

#include "base/banned.h"

typedef struct {
    Arena *arena;
    const Bundle *bundles;
    const Str *shown;
    size_t count;
    Error *error;
} Merge;

/* "shard 2/4", and of which repository if there are several. */
static Str shard_name(const Merge *merge, const Bundle *bundle, size_t shard)
{
    return bundle->prefix.len ? arena_format(merge->arena, "shard %zu/%zu of %.*s", shard,
                                             bundle->shards, STR_ARGS(bundle->prefix))
                              : arena_format(merge->arena, "shard %zu/%zu", shard, bundle->shards);
}

static bool refuse_pair(const Merge *merge, size_t one, size_t other)
{
    const Bundle *a = &merge->bundles[one];
    const Bundle *b = &merge->bundles[other];
    Str shown = merge->shown[other];
    if (a->shards != b->shards) {
        return error_set(merge->error, shown, (Position){0},
                         "this is one of %zu shards, %.*s one of %zu; for another repository, "
                         "gather with --prefix",
                         b->shards, STR_ARGS(merge->shown[one]), a->shards);
    }
    if (a->list != b->list) {
        return error_set(merge->error, shown, (Position){0},
                         "these facts and %.*s come from different files: another commit, or "
                         "other options; for another repository, gather with --prefix",
                         STR_ARGS(merge->shown[one]));
    }
    Str name = shard_name(merge, b, b->shard);
    return error_set(merge->error, shown, (Position){0},
                     "%.*s is there twice: %.*s holds it, too; for another repository, gather with "
                     "--prefix",
                     STR_ARGS(name), STR_ARGS(merge->shown[one]));
}

/* Those of one repository, `first` being its first one, must be all of its shards. */
static bool check_shards(const Merge *merge, size_t first)
{
    const Bundle *bundle = &merge->bundles[first];
    Map by_shard = {0};
    size_t found = 0;
    for (size_t i = first; i < merge->count; i++) {
        const Bundle *other = &merge->bundles[i];
        if (!str_equal(other->prefix, bundle->prefix)) {
            continue;
        }
        Str key = arena_format(merge->arena, "%zu", other->shard);
        size_t twin = (size_t)map_get(&by_shard, key);
        if (twin || other->shards != bundle->shards || other->list != bundle->list) {
            return refuse_pair(merge, twin ? twin - 1 : first, i);
        }
        map_put(merge->arena, &by_shard, key, (void *)(i + 1));
        found++;
    }
    for (size_t shard = 1; found < bundle->shards; shard++) {
        if (!map_get(&by_shard, arena_format(merge->arena, "%zu", shard))) {
            Str name = shard_name(merge, bundle, shard);
            return error_set(merge->error, STR(""), (Position){0},
                             "%.*s is missing (%zu of %zu are here); name the facts of all shards",
                             STR_ARGS(name), found, bundle->shards);
        }
    }
    return true;
}

static bool check_repositories(const Merge *merge)
{
    static char yes;
    Map seen = {0};
    for (size_t i = 0; i < merge->count; i++) {
        Str prefix = merge->bundles[i].prefix;
        if (map_get(&seen, prefix)) {
            continue;
        }
        map_put(merge->arena, &seen, prefix, &yes);
        if (!check_shards(merge, i)) {
            return false;
        }
    }
    return true;
}

static bool check_manifests(const Merge *merge, uint64_t manifest)
{
    for (size_t i = 0; i < merge->count; i++) {
        if (merge->bundles[i].manifest != manifest) {
            return error_set(merge->error, merge->shown[i], (Position){0},
                             "these facts were gathered with another manifest; gather and merge "
                             "with the same one");
        }
    }
    return true;
}

/* A file and where it comes from. */
typedef struct {
    const FileFacts *facts;
    size_t bundle;
} Entry;

static int compare_entries(const void *left, const void *right)
{
    const Entry *a = left;
    const Entry *b = right;
    int order = str_compare(a->facts->file.path, b->facts->file.path);
    return order ? order : (a->bundle > b->bundle) - (a->bundle < b->bundle);
}

static bool merge_files(const Merge *merge, Gathered *gathered)
{
    ARRAY(Entry) entries = {0};
    for (size_t i = 0; i < merge->count; i++) {
        for (size_t j = 0; j < merge->bundles[i].file_count; j++) {
            array_push(merge->arena, &entries,
                       (Entry){.facts = &merge->bundles[i].files[j], .bundle = i});
        }
    }
    if (entries.count) {
        qsort(entries.at, entries.count, sizeof *entries.at, compare_entries);
    }
    *gathered = (Gathered){.at = ARENA_ARRAY(merge->arena, FileFacts, entries.count + 1),
                           .count = entries.count};
    for (size_t i = 0; i < entries.count; i++) {
        const Entry *entry = &entries.at[i];
        gathered->at[i] = *entry->facts;
        Str path = entry->facts->file.path;
        if (i && str_equal(path, entry[-1].facts->file.path)) {
            return error_set(merge->error, merge->shown[entry->bundle], (Position){0},
                             "%.*s is in these facts and in %.*s; gather repositories with a "
                             "--prefix each",
                             STR_ARGS(path), STR_ARGS(merge->shown[entry[-1].bundle]));
        }
    }
    return true;
}

static int compare_skips(const void *left, const void *right)
{
    return str_compare(((const SourceSkip *)left)->path, ((const SourceSkip *)right)->path);
}

static void merge_skips(const Merge *merge, SourceList *list)
{
    ARRAY(SourceSkip) skips = {0};
    for (size_t i = 0; i < merge->count; i++) {
        for (size_t j = 0; j < merge->bundles[i].skip_count; j++) {
            array_push(merge->arena, &skips, merge->bundles[i].skips[j]);
        }
    }
    if (skips.count) {
        qsort(skips.at, skips.count, sizeof *skips.at, compare_skips);
    }
    *list = (SourceList){.skips = {.at = skips.at, .count = skips.count}};
}

bool merge_bundles(Arena *arena, const Bundle *bundles, const Str *shown, size_t count,
                   uint64_t manifest, Gathered *gathered, SourceList *skips, bool *partial,
                   Error *error)
{
    Merge merge = {
        .arena = arena, .bundles = bundles, .shown = shown, .count = count, .error = error};
    *partial = false;
    for (size_t i = 0; i < count; i++) {
        *partial |= bundles[i].partial;
    }
    if (!check_manifests(&merge, manifest) || !check_repositories(&merge) ||
        !merge_files(&merge, gathered)) {
        return false;
    }
    merge_skips(&merge, skips);
    return true;
}
