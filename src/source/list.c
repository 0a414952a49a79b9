#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/below.h"
#include "source/repository.h"
#include "source/walk.h"

#include "base/banned.h"

/* The end of everything before the last component, its slash included. */
static size_t parent_length(Str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    return end;
}

/* An argument as an absolute path without `.`, `..` and links, but for the last component: a link
 * to a file keeps its own name. Empty, with errno set, when the folder does not exist. */
static Str resolve_argument(Arena *arena, Str directory, Str argument)
{
    size_t parent = parent_length(argument);
    Str name = str_slice(argument, parent, argument.len);
    if (name.len == 0 || str_equal(name, STR(".")) || str_equal(name, STR(".."))) {
        return source_real_path(arena, directory, argument);
    }
    Str folder =
        source_real_path(arena, directory, parent ? str_slice(argument, 0, parent) : STR("."));
    return folder.len ? source_join(arena, folder, name) : folder;
}

static bool fail_to_find(Error *error, Str argument)
{
    char text[256];
    snprintf(text, sizeof text, "%m");
    return error_set(error, argument, (Position){0}, "cannot read this path: %s", text);
}

static bool fail_outside(Error *error, Str argument, Str root)
{
    return error_set(error, argument, (Position){0}, "this path is outside the root %.*s",
                     (int)root.len, root.at);
}

/* The rules for the folder: those of the repository it is in, be it a nested one or a submodule;
 * none if it is itself ignored, because whoever names it wants it read. */
static bool choose_rules(SourceWalk *walk, Str folder, Str relative, Error *error)
{
    if (walk->git && source_git_tracks_folder(walk->git, walk->arena, relative)) {
        return true;
    }
    source_git_close(walk->git);
    if (!source_git_open(walk->arena, folder, walk->root, &walk->git, error)) {
        return false;
    }
    if (walk->git && !source_git_tracks_folder(walk->git, walk->arena, relative) &&
        source_git_start(walk->git, walk->arena, relative).ignored) {
        source_git_close(walk->git);
        walk->git = NULL;
    }
    return true;
}

static bool list_folder(SourceWalk *walk, bool in_repository, Str folder, Str relative,
                        Error *error)
{
    if (in_repository && !choose_rules(walk, folder, relative, error)) {
        return false;
    }
    source_walk_folder(walk, relative);
    return true;
}

static bool list_argument(SourceWalk *walk, bool in_repository, Str directory, Str argument,
                          Error *error)
{
    struct stat status;
    Str relative;
    Str path = resolve_argument(walk->arena, directory, argument);
    if (path.len == 0 || lstat(path.at, &status) != 0) {
        return fail_to_find(error, argument);
    }
    if (S_ISLNK(status.st_mode) && stat(path.at, &status) == 0 && S_ISDIR(status.st_mode)) {
        path = source_real_path(walk->arena, directory, path);
    }
    if (path.len == 0 || !source_is_below(walk->root, path, &relative)) {
        return fail_outside(error, argument, walk->root);
    }
    if (S_ISDIR(status.st_mode)) {
        return list_folder(walk, in_repository, path, relative, error);
    }
    source_walk_file(walk, relative);
    return true;
}

static int compare_entries(const void *a, const void *b)
{
    const SourceEntry *left = a;
    const SourceEntry *right = b;
    int order = str_compare(left->path, right->path);
    return order ? order : right->named - left->named;
}

static int compare_skips(const void *a, const void *b)
{
    const SourceSkip *left = a;
    const SourceSkip *right = b;
    int order = str_compare(left->path, right->path);
    return order ? order : right->fatal - left->fatal;
}

static void sort_entries(SourceList *list)
{
    size_t kept = 0;
    if (list->entries.count) {
        qsort(list->entries.at, list->entries.count, sizeof(SourceEntry), compare_entries);
    }
    for (size_t i = 0; i < list->entries.count; i++) {
        SourceEntry entry = list->entries.at[i];
        if (kept == 0 || !str_equal(list->entries.at[kept - 1].path, entry.path)) {
            list->entries.at[kept++] = entry;
        }
    }
    list->entries.count = kept;
}

static void sort_skips(SourceList *list)
{
    size_t kept = 0;
    if (list->skips.count) {
        qsort(list->skips.at, list->skips.count, sizeof(SourceSkip), compare_skips);
    }
    for (size_t i = 0; i < list->skips.count; i++) {
        SourceSkip skipped = list->skips.at[i];
        if (kept == 0 || !str_equal(list->skips.at[kept - 1].path, skipped.path)) {
            list->skips.at[kept++] = skipped;
        }
    }
    list->skips.count = kept;
}

void source_list_sort(SourceList *list)
{
    sort_entries(list);
    sort_skips(list);
}

bool source_list(Arena *arena, const SourceRoot *root, Str directory, const Str *arguments,
                 size_t argument_count, const SourceFilter *filter, SourceList *list, Error *error)
{
    SourceWalk walk = {.arena = arena, .root = root->root, .filter = filter};
    bool listed = true;
    if (root->snapshot) {
        return source_snapshot_list(arena, root, directory, arguments, argument_count, filter, list,
                                    error);
    }
    *list = (SourceList){0};
    walk.folder = source_open_root(root->root);
    if (argument_count == 0) {
        listed = list_folder(&walk, root->in_repository, root->root, (Str){0}, error);
    }
    for (size_t i = 0; i < argument_count && listed; i++) {
        listed = list_argument(&walk, root->in_repository, directory, arguments[i], error);
    }
    source_git_close(walk.git);
    if (walk.folder >= 0) {
        close(walk.folder);
    }
    if (listed) {
        list->entries.at = walk.entries.at;
        list->entries.count = walk.entries.count;
        list->skips.at = walk.skips.at;
        list->skips.count = walk.skips.count;
        if (argument_count > 1) { /* one folder's are in order */
            sort_entries(list);
        }
        sort_skips(list);
    }
    return listed;
}

const SourceEntry *source_list_find(const SourceList *list, Str path)
{
    size_t low = 0;
    size_t high = list->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(list->entries.at[middle].path, path);
        if (order == 0) {
            return &list->entries.at[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}
