#include "source/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "source/below.h"
#include "source/merge_base.h"
#include "source/repository.h"

#include "base/banned.h"

typedef ARRAY(SnapshotEntry) Entries;

static int compare_entries(const void *left, const void *right)
{
    const SnapshotEntry *a = left;
    const SnapshotEntry *b = right;
    return str_compare(a->path, b->path);
}

/* git's own order is ours already, but for an index that ignores case. */
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

/* What a merge left in several versions is one entry. */
static void add_index_entry(Arena *arena, Entries *entries, const git_index_entry *entry)
{
    Str path = str_from(entry->path);
    bool conflict = git_index_entry_stage(entry) > 0;
    bool intended = entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD; /* git add -N */
    bool again = entries->count && str_equal(entries->at[entries->count - 1].path, path);
    if (!intended && !again) {
        array_push(arena, entries,
                   (SnapshotEntry){
                       .path = path, .id = entry->id, .mode = entry->mode, .conflict = conflict});
    }
}

bool source_snapshot_index(SourceRepository *repository, SourceSnapshot **snapshot, Error *error)
{
    git_index *index;
    Entries entries = {0};
    if (!source_repository_index(repository, &index, error)) {
        return false;
    }
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        add_index_entry(repository->arena, &entries, git_index_get_byindex(index, i));
    }
    *snapshot = make(repository, STR("the index"), entries, NULL);
    return true;
}

/* A folder of a tree that is still to be read. */
typedef struct {
    git_oid id;
    Str path;
} Folder;

typedef ARRAY(Folder) Folders;

static void add_tree(Arena *arena, const git_tree *tree, Str folder, Entries *entries,
                     Folders *folders)
{
    for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        Str path = source_join(arena, folder, str_from(git_tree_entry_name(entry)));
        uint32_t mode = git_tree_entry_filemode(entry);
        if (mode == GIT_FILEMODE_TREE) {
            array_push(arena, folders, (Folder){.id = *git_tree_entry_id(entry), .path = path});
        } else {
            array_push(
                arena, entries,
                (SnapshotEntry){.path = path, .id = *git_tree_entry_id(entry), .mode = mode});
        }
    }
}

/* Without recursion: a tree may be deeper than the stack. */
static bool read_tree(SourceRepository *repository, const git_tree *top, Entries *entries)
{
    Folders folders = {0};
    add_tree(repository->arena, top, (Str){0}, entries, &folders);
    while (folders.count) {
        Folder folder = folders.at[--folders.count];
        git_tree *tree;
        if (git_tree_lookup(&tree, repository->git, &folder.id) != 0) {
            return false;
        }
        add_tree(repository->arena, tree, folder.path, entries, &folders);
        git_tree_free(tree);
    }
    return true;
}

/* The tree of `object`, which is freed. */
static bool snapshot_of(SourceRepository *repository, git_object *object, Str name,
                        SourceSnapshot **snapshot, Error *error)
{
    git_object *tree = NULL;
    Entries entries = {0};
    bool read = git_object_peel(&tree, object, GIT_OBJECT_TREE) == 0 &&
                read_tree(repository, (git_tree *)tree, &entries);
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
