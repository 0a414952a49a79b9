#include "source/change.h"

#include <git2/sys/repository.h>
#include <stdlib.h>

#include "base/array.h"
#include "source/change_entries.h"
#include "source/snapshot_find.h"

#include "base/banned.h"

enum { MOST_RENAMES = 1000 * 1000 }; /* pairs to compare; git's diff.renameLimit, squared */

typedef struct {
    Arena *arena;
    SourceRepository *repository;
    const SourceList *files;
    Str also;
    ARRAY(SourceChange) changes;
} Comparing;

static int compare_changes(const void *left, const void *right)
{
    const SourceChange *a = left;
    const SourceChange *b = right;
    int order = str_compare(a->path, b->path);
    return order ? order : a->deleted - b->deleted;
}

static int make_diff(const SourceRoot *root, git_repository *git, const SourceSnapshot *base,
                     git_diff **diff)
{
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_IGNORE_SUBMODULES;
    options.context_lines = 0;
    if (root->snapshot) {
        return change_entries_diff(base, root->snapshot, &options, diff);
    }
    options.flags |= GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
    return git_diff_tree_to_workdir_with_index(diff, git, base->tree,
                                               &options); /* NULL: no commit yet */
}

static size_t count_status(const git_diff *diff, git_delta_t status)
{
    return git_diff_num_deltas_of_type(diff, status);
}

static int find_renames(git_diff *diff)
{
    git_diff_find_options options;
    git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
    size_t added = count_status(diff, GIT_DELTA_ADDED) + count_status(diff, GIT_DELTA_UNTRACKED);
    size_t deleted = count_status(diff, GIT_DELTA_DELETED);
    options.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
    if (deleted && added > MOST_RENAMES / deleted) {
        options.flags |= GIT_DIFF_FIND_EXACT_MATCH_ONLY;
    }
    return added && deleted ? git_diff_find_similar(diff, &options) : 0;
}

/* Without context a hunk's new lines are those added; one that only takes lines away has none. */
static bool read_lines(Arena *arena, git_diff *diff, size_t number, SourceChange *change)
{
    ARRAY(SourceLineRange) lines = {0};
    git_patch *patch = NULL;
    const git_diff_hunk *hunk;
    if (git_patch_from_diff(&patch, diff, number) != 0) {
        return false;
    }
    change->whole = !patch || git_patch_get_delta(patch)->flags & GIT_DIFF_FLAG_BINARY;
    for (size_t i = 0; patch && i < git_patch_num_hunks(patch); i++) {
        if (git_patch_get_hunk(&hunk, NULL, patch, i) == 0 && hunk->new_lines) {
            uint32_t first = (uint32_t)hunk->new_start;
            SourceLineRange range = {first, first + (uint32_t)hunk->new_lines - 1};
            array_push(arena, &lines, range);
        }
    }
    git_patch_free(patch);
    change->lines = lines.at;
    change->line_count = lines.count;
    return true;
}

static bool add_delta(Comparing *comparing, git_diff *diff, size_t number)
{
    const git_diff_delta *delta = git_diff_get_delta(diff, number);
    Arena *arena = comparing->arena;
    Str inside = comparing->repository->inside;
    Str before = {0};
    Str now = {0};
    bool had = snapshot_strip(inside, str_from(delta->old_file.path), &before);
    bool has = snapshot_strip(inside, str_from(delta->new_file.path), &now);
    SourceChange change = {.deleted = delta->status == GIT_DELTA_DELETED};
    if (change.deleted ? !had : !has) {
        return true;
    }
    bool renamed = delta->status == GIT_DELTA_RENAMED;
    change.path = arena_copy(arena, change.deleted ? before : now);
    change.before = renamed && had ? arena_copy(arena, before) : (Str){0};
    change.whole = !change.deleted;
    bool wanted =
        str_equal(change.path, comparing->also) || source_list_find(comparing->files, change.path);
    bool both = delta->status == GIT_DELTA_MODIFIED || (renamed && had);
    if (both && wanted && !read_lines(arena, diff, number, &change)) {
        return false;
    }
    array_push(arena, &comparing->changes, change);
    return true;
}

static bool add_deltas(Comparing *comparing, git_diff *diff)
{
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
        if (!add_delta(comparing, diff, i)) {
            return false;
        }
    }
    return true;
}

/* What became another kind of thing is deleted and added: it is there. */
void source_changes_sort(SourceChanges *changes)
{
    size_t kept = 0;
    if (changes->count) {
        qsort(changes->at, changes->count, sizeof *changes->at, compare_changes);
    }
    for (size_t i = 0; i < changes->count; i++) {
        if (!kept || !str_equal(changes->at[kept - 1].path, changes->at[i].path)) {
            changes->at[kept++] = changes->at[i];
        }
    }
    changes->count = kept;
}

/* libgit2 1.5 takes some files for ignored that git does not, and leaves nested repositories out:
 * whatever git does not track is new. */
static void add_untracked(Comparing *comparing, const IndexFile *index, const SourceChanges *known)
{
    Arena *scratch = arena_new();
    for (size_t i = 0; i < comparing->files->entries.count; i++) {
        Str path = comparing->files->entries.at[i].path;
        arena_reset(scratch);
        Str inside = comparing->repository->inside;
        Str full = inside.len ? arena_format(scratch, "%.*s/%.*s", (int)inside.len, inside.at,
                                             (int)path.len, path.at)
                              : arena_copy(scratch, path);
        if (!source_index_find(index, full) && !source_change_of(known, path)) {
            array_push(comparing->arena, &comparing->changes,
                       (SourceChange){.path = path, .whole = true});
        }
    }
    arena_free(scratch);
}

/* libgit2 looks into the index even between commits, for attributes. One that it cannot read is
 * replaced by ours. */
static void replace_special_index(SourceRepository *repository)
{
    const IndexFile *file;
    Error unused;
    bool read = source_repository_index(repository, &file, &unused);
    if (!read || file->special) {
        git_index *index = source_index_copy(read ? file : &(IndexFile){0});
        git_repository_set_index(repository->git, index);
        git_index_free(index);
    }
}

/* A file with conflicts is new as a whole. */
static void add_conflicts(Comparing *comparing, const SourceSnapshot *snapshot)
{
    Str path;
    for (size_t i = 0; i < snapshot->count; i++) {
        const SnapshotEntry *entry = &snapshot->entries[i];
        if (entry->conflict && snapshot_strip(comparing->repository->inside, entry->path, &path)) {
            array_push(comparing->arena, &comparing->changes,
                       (SourceChange){.path = arena_copy(comparing->arena, path), .whole = true});
        }
    }
}

bool source_changes(Arena *arena, SourceRepository *repository, const SourceRoot *root,
                    const SourceSnapshot *base, const SourceList *files, Str also,
                    SourceChanges *changes, Error *error)
{
    git_diff *diff = NULL;
    const IndexFile *index = NULL;
    Comparing comparing = {.arena = arena, .repository = repository, .files = files, .also = also};
    if (!root->snapshot && !source_repository_index(repository, &index, error)) {
        return false;
    }
    if (root->snapshot) {
        add_conflicts(&comparing, root->snapshot);
    }
    replace_special_index(repository);
    bool compared = make_diff(root, repository->git, base, &diff) == 0 && find_renames(diff) == 0 &&
                    add_deltas(&comparing, diff);
    git_diff_free(diff);
    if (!compared) {
        return source_git_fail(error, (Str){0}, "cannot compare the files with the base");
    }
    *changes = (SourceChanges){.at = comparing.changes.at, .count = comparing.changes.count};
    source_changes_sort(changes);
    if (!root->snapshot) {
        add_untracked(&comparing, index, changes);
        *changes = (SourceChanges){.at = comparing.changes.at, .count = comparing.changes.count};
        source_changes_sort(changes);
    }
    return true;
}

const SourceChange *source_change_of(const SourceChanges *changes, Str path)
{
    size_t low = 0;
    size_t high = changes->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(changes->at[middle].path, path);
        if (order == 0) {
            const SourceChange *found = &changes->at[middle];
            return found->deleted ? NULL : found;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

bool source_change_touches(const SourceChange *change, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < change->line_count && !change->whole; i++) {
        if (change->lines[i].first <= last && first <= change->lines[i].last) {
            return true;
        }
    }
    return change->whole;
}
