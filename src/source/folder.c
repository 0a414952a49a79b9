#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/array.h"
#include "source/below.h"
#include "source/repository.h"

#include "base/banned.h"

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static bool add_name(Arena *arena, SourceNames *names, size_t most, Str name)
{
    if (names->count == most) {
        return false;
    }
    array_push(arena, names, arena_copy(arena, name));
    return true;
}

static bool list_directory(Arena *arena, Str root, Str folder, size_t most, SourceNames *names)
{
    int descriptor =
        source_open_below(root, folder, O_RDONLY | O_DIRECTORY | O_NONBLOCK, LINKS_INSIDE);
    DIR *directory = descriptor < 0 ? NULL : fdopendir(descriptor);
    bool all = directory != NULL;
    if (!directory) {
        if (descriptor >= 0) {
            close(descriptor);
        }
        return false;
    }
    const struct dirent *entry;
    while (all && (entry = readdir(directory))) {
        bool file =
            entry->d_type == DT_REG || entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
        all = !file || add_name(arena, names, most, str_from(entry->d_name));
    }
    closedir(directory);
    return all;
}

bool source_folder(Arena *arena, const SourceRoot *root, Str folder, size_t most,
                   SourceNames *names)
{
    Str prefix = root->prefix;
    *names = (SourceNames){0};
    if (prefix.len && folder.len + 1 == prefix.len) {
        folder = (Str){0};
    } else if (!str_starts_with(folder, prefix)) {
        return false;
    }
    folder = str_slice(folder, folder.len ? prefix.len : 0, folder.len);
    bool all = root->snapshot ? source_snapshot_folder(arena, root, folder, most, names)
                              : list_directory(arena, root->root, folder, most, names);
    if (names->count) {
        qsort(names->at, names->count, sizeof *names->at, compare_names);
    }
    return all;
}
