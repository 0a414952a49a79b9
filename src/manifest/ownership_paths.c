/* Paths -> services. A pattern's literal prefix decides, so each pattern hangs at the directory its
 * prefix ends in, and a file asks its own directories, the deepest first. */
#include <stdlib.h>

#include "base/glob.h"
#include "manifest/ownership_index.h"

#include "base/banned.h"

typedef struct PathEntry {
    Str pattern, prefix;
    const Service *service;
    Position at;
    size_t order;
    bool floating;          /* a `**` with something behind it: judged file by file */
    struct PathEntry *next; /* of the same literal prefix */
} PathEntry;

typedef struct PathBucket {
    ARRAY(PathEntry *) entries; /* the longest prefix first */
} PathBucket;

static bool is_floating(Str pattern)
{
    size_t stars = str_find(pattern, STR("**"));
    return stars + 2 < pattern.len;
}

static Str directory_of(Str prefix)
{
    size_t end = prefix.len;
    while (end && prefix.at[end - 1] != '/') {
        end--;
    }
    return str_slice(prefix, 0, end);
}

/* Mistakes. */

static void report_tie(const OwnershipReport *to, const PathEntry *a, const PathEntry *b)
{
    bool in_order =
        a->at.line != b->at.line ? a->at.line < b->at.line : a->at.column < b->at.column;
    const PathEntry *first = in_order ? a : b, *second = in_order ? b : a;
    Str mine = second->pattern, theirs = first->pattern, name = first->service->name;
    if (a->service == b->service) {
        ownership_report(to, second->at, "the path \"%.*s\" is here twice: first in line %u",
                         (int)mine.len, mine.at, first->at.line);
        return;
    }
    ownership_report(to, second->at,
                     "the path \"%.*s\" ties with \"%.*s\" of the service \"%.*s\" (line %u): some "
                     "file would match both, and neither fixed beginning is longer",
                     (int)mine.len, mine.at, (int)theirs.len, theirs.at, (int)name.len, name.at,
                     first->at.line);
}

static bool ties(const PathEntry *a, const PathEntry *b)
{
    return a->service != b->service && !(a->floating && b->floating) &&
           glob_intersect(a->pattern, b->pattern, '/');
}

/* Building. */

static PathBucket *bucket_of(PathIndex *index, Arena *arena, Str directory)
{
    PathBucket *bucket = map_get(&index->directories, directory);
    if (!bucket) {
        bucket = ARENA_NEW(arena, PathBucket);
        map_put(arena, &index->directories, directory, bucket);
        array_push(arena, &index->buckets, bucket);
    }
    return bucket;
}

static void add_path(PathIndex *index, const OwnershipReport *to, PathEntry *entry)
{
    PathEntry *same = map_get(&index->written, entry->pattern);
    if (same) {
        report_tie(to, same, entry);
        return;
    }
    map_put(to->arena, &index->written, entry->pattern, entry);
    entry->next = map_get(&index->prefixes, entry->prefix);
    for (const PathEntry *other = entry->next; other; other = other->next) {
        if (ties(other, entry)) {
            report_tie(to, other, entry);
            break;
        }
    }
    map_put(to->arena, &index->prefixes, entry->prefix, entry);
    PathBucket *bucket = bucket_of(index, to->arena, directory_of(entry->prefix));
    array_push(to->arena, &bucket->entries, entry);
}

static int longest_prefix_first(const void *left, const void *right)
{
    const PathEntry *a = *(PathEntry *const *)left, *b = *(PathEntry *const *)right;
    if (a->prefix.len != b->prefix.len) {
        return a->prefix.len > b->prefix.len ? -1 : 1;
    }
    return a->order < b->order ? -1 : 1;
}

static void index_service(PathIndex *index, const OwnershipReport *to, const Service *service)
{
    for (size_t i = 0; i < service->paths.count; i++) {
        Str pattern = service->paths.at[i];
        PathEntry *entry = ARENA_NEW(to->arena, PathEntry);
        *entry = (PathEntry){.pattern = pattern,
                             .prefix = glob_literal_prefix(pattern),
                             .service = service,
                             .at = service->paths_at[i],
                             .order = index->written.count,
                             .floating = is_floating(pattern)};
        add_path(index, to, entry);
    }
}

void ownership_index_paths(PathIndex *index, const OwnershipReport *to, const Manifest *manifest)
{
    for (size_t i = 0; i < manifest->services.count; i++) {
        index_service(index, to, &manifest->services.at[i]);
    }
    for (size_t i = 0; i < index->buckets.count; i++) {
        PathBucket *bucket = index->buckets.at[i];
        qsort(bucket->entries.at, bucket->entries.count, sizeof *bucket->entries.at,
              longest_prefix_first);
    }
}

/* Look-ups. */

/* The first match has the longest prefix; another service's match with as long a one is a tie. */
static const Service *find_in_bucket(const PathBucket *bucket, Str path, const Service **tied)
{
    const PathEntry *best = NULL;
    for (size_t i = 0; i < bucket->entries.count && !*tied; i++) {
        const PathEntry *entry = bucket->entries.at[i];
        if (best && entry->prefix.len < best->prefix.len) {
            break;
        }
        if ((best && entry->service == best->service) || !str_starts_with(path, entry->prefix) ||
            !glob_match(entry->pattern, path, '/')) {
            continue;
        }
        *tied = best ? entry->service : NULL;
        best = best ? best : entry;
    }
    return best ? best->service : NULL;
}

const Service *ownership_of_path(const Ownership *ownership, Str path, const Service **tied)
{
    const Service *other = NULL, *service = NULL;
    for (Str directory = directory_of(path); !service;
         directory = directory_of(str_slice(directory, 0, directory.len - 1))) {
        const PathBucket *bucket = map_get(&ownership->paths.directories, directory);
        service = bucket ? find_in_bucket(bucket, path, &other) : NULL;
        if (!directory.len) {
            break;
        }
    }
    if (tied) {
        *tied = other;
    }
    return service;
}
