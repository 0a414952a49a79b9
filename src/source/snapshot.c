#include "source/snapshot.h"

#include <stdlib.h>

#include "base/array.h"
#include "source/merge_base.h"
#include "source/repository.h"

#include "base/banned.h"

typedef TreeFiles Entries;

static int compare_entries(const void *left, const void *right)
{
    const SnapshotEntry *a = left;
    const SnapshotEntry *b = right;
    return str_compare(a->path, b->path);
}

/* git's own order is ours already. */
static SourceSnapshot *make(SourceRepository *repository, Str name, Entries entries, git_tree *tree)
{
    SourceSnapshot *snapshot = ARENA_NEW(repository->arena, SourceSnapshot);
    bool sorted = true;
    for (size_t i = 1; i < entries.count && sorted; i++) {
        sorted = str_compare(entries.at[i - 1].path, entries.at[i].path) < 0;
    }
    if (!sorted) {
        qsort(entries.at, entries.count, sizeof *entries.at, compare_entries);
    }
    *snapshot = (SourceSnapshot){.repository = repository,
                                 .name = name,
                                 .tree = tree,
                                 .entries = entries.at,
                                 .count = entries.count,
                                 .next = repository->snapshots};
    repository->snapshots = snapshot;
    return snapshot;
}

/* What a merge left in several versions is one entry; without `git add -N`'s, which have no content
 * yet. */
static void add_index_entry(Arena *arena, Entries *entries, const IndexEntry *entry)
{
    bool again = entries->count && str_equal(entries->at[entries->count - 1].path, entry->path);
    if (!entry->intended && !again) {
        array_push(arena, entries,
                   (SnapshotEntry){.path = entry->path,
                                   .id = index_entry_id(entry),
                                   .mode = index_entry_mode(entry),
                                   .conflict = entry->conflict});
    }
}

bool source_snapshot_index(SourceRepository *repository, SourceSnapshot **snapshot, Error *error)
{
    const IndexFile *index;
    if (!source_repository_index(repository, &index, error)) {
        return false;
    }
    Entries entries = {.at = ARENA_ARRAY(repository->arena, SnapshotEntry, index->count + 1),
                       .capacity = index->count + 1};
    for (size_t i = 0; i < index->count; i++) {
        add_index_entry(repository->arena, &entries, &index->entries[i]);
    }
    *snapshot = make(repository, STR("the index"), entries, NULL);
    (*snapshot)->index = index;
    return true;
}

/* What the index knows of trees, if it has been read. */
static bool known_by_index(const SourceRepository *repository, TreeKnown *known)
{
    const SourceSnapshot *at = repository->snapshots;
    while (at && !at->index) {
        at = at->next;
    }
    if (at) {
        *known = (TreeKnown){.index = at->index, .files = at->entries, .count = at->count};
    }
    return at;
}

static bool read_files(SourceRepository *repository, const git_tree *tree, Entries *entries)
{
    TreeKnown known;
    bool is_known = known_by_index(repository, &known);
    return git_files_read(repository->arena, repository->git, tree, (Str){0},
                          is_known ? &known : NULL, entries);
}

/* The tree of `object`, which is freed. */
static bool snapshot_of(SourceRepository *repository, git_object *object, Str name,
                        SourceSnapshot **snapshot, Error *error)
{
    git_object *tree = NULL;
    Entries entries = {0};
    bool read = git_object_peel(&tree, object, GIT_OBJECT_TREE) == 0 &&
                read_files(repository, (git_tree *)tree, &entries);
    git_object_free(object);
    if (!read) {
        git_object_free(tree);
        return source_git_fail(error, name, "cannot read its files");
    }
    *snapshot = make(repository, name, entries, (git_tree *)tree);
    return true;
}

bool source_snapshot_commit(SourceRepository *repository, Str revision, SourceSnapshot **snapshot,
                            Error *error)
{
    git_object *object;
    return merge_base_find_object(repository, revision, &object, error) &&
           snapshot_of(
               repository, object,
               arena_format(repository->arena, "commit %.*s", (int)revision.len, revision.at),
               snapshot, error);
}

bool source_snapshot_head(SourceRepository *repository, SourceSnapshot **snapshot, Error *error)
{
    Entries none = {0};
    if (git_repository_head_unborn(repository->git) != 1) {
        return source_snapshot_commit(repository, STR("HEAD"), snapshot, error);
    }
    *snapshot = make(repository, STR("HEAD"), none, NULL);
    return true;
}

bool source_snapshot_merge_base(SourceRepository *repository, Str one, Str other,
                                SourceSnapshot **snapshot, Error *error)
{
    git_object *object;
    return merge_base_find(repository, one, other, &object, error) &&
           snapshot_of(repository, object,
                       arena_format(repository->arena, "the merge base of %.*s and %.*s",
                                    (int)one.len, one.at, (int)other.len, other.at),
                       snapshot, error);
}

Str source_snapshot_name(const SourceSnapshot *snapshot)
{
    return snapshot->name;
}
