#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "source/below.h"
#include "source/git.h"
#include "source/source.h"

#include "base/banned.h"

static bool real_folder(Arena *arena, Str directory, Str path, Str *folder, Error *error)
{
    struct stat status;
    *folder = source_real_path(arena, directory, path);
    if (folder->len && stat(folder->at, &status) == 0 && S_ISDIR(status.st_mode)) {
        return true;
    }
    if (folder->len) {
        errno = ENOTDIR;
    }
    char text[256];
    snprintf(text, sizeof text, "%m");
    return error_set(error, path, (Position){0}, "cannot use this as the root: %s", text);
}

/* The working tree around `folder`, or else the folder itself. */
static bool find_around(Arena *arena, Str folder, SourceRoot *root, Error *error)
{
    Str working_tree;
    if (!source_git_find(arena, folder, &working_tree, error)) {
        return false;
    }
    *root = (SourceRoot){.root = folder, .in_repository = working_tree.len > 0};
    if (working_tree.len) {
        root->root = working_tree;
    }
    return true;
}

static bool find_given(Arena *arena, Str folder, SourceRoot *root, Error *error)
{
    Str rest;
    if (!find_around(arena, folder, root, error)) {
        return false;
    }
    root->in_repository &= source_is_below(root->root, folder, &rest);
    root->root = folder;
    return true;
}

bool source_find_root(Arena *arena, Str directory, Str given, Str fallback, SourceRoot *root,
                      Error *error)
{
    Str folder;
    if (given.len) {
        return real_folder(arena, directory, given, &folder, error) &&
               find_given(arena, folder, root, error);
    }
    if (!real_folder(arena, STR("/"), directory, &folder, error) ||
        !find_around(arena, folder, root, error)) {
        return false;
    }
    return root->in_repository || fallback.len == 0 ||
           (real_folder(arena, directory, fallback, &folder, error) &&
            find_around(arena, folder, root, error));
}

static Str find_in(Arena *arena, Str folder, const char *const *names, size_t count)
{
    struct stat status;
    for (size_t i = 0; i < count; i++) {
        Str path = source_join(arena, folder, str_from(names[i]));
        if (stat(path.at, &status) == 0 && S_ISREG(status.st_mode)) {
            return path;
        }
    }
    return (Str){0};
}

static Str parent_of(Str folder)
{
    size_t end = folder.len;
    while (end > 0 && folder.at[end - 1] != '/') {
        end--;
    }
    return str_slice(folder, 0, end > 1 ? end - 1 : end);
}

Str source_find_upwards(Arena *arena, Str directory, Str stop, const char *const *names,
                        size_t count)
{
    Str folder = source_real_path(arena, STR("/"), directory);
    Str last = source_real_path(arena, STR("/"), stop.len ? stop : STR("/"));
    Str found = {0};
    Str rest;
    while (folder.len && found.len == 0) {
        found = find_in(arena, folder, names, count);
        Str parent = parent_of(folder);
        bool more = !str_equal(parent, folder) && source_is_below(last, parent, &rest);
        folder = more ? parent : (Str){0};
    }
    return found;
}
