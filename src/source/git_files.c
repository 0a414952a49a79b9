#include "source/git_files.h"

#include "base/array.h"
#include "source/below.h"

#include "base/banned.h"

/* A tree that is being read. */
typedef struct {
    git_tree *tree;
    size_t next;
    Str path;
} Folder;

typedef struct {
    Arena *arena;
    git_repository *git;
    const TreeKnown *known;
    TreeFiles *files;
    ARRAY(Folder) open; /* a tree may be deeper than the stack */
} Reading;

static size_t lower_bound(const TreeKnown *known, Str path)
{
    size_t low = 0;
    size_t high = known->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(known->files[middle].path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_below(const TreeKnown *known, size_t at, Str folder)
{
    return at < known->count && str_starts_with(known->files[at].path, folder);
}

/* The index knows the tree object that its entries below a folder make: then they are the tree's,
 * too. Believed only if there are as many. */
static bool take_known(Reading *reading, Str path, const git_oid *id)
{
    const TreeKnown *known = reading->known;
    const IndexFolder *folder = known ? index_file_folder(known->index, path) : NULL;
    if (!folder || !folder->entries || !git_oid_equal(&folder->id, id)) {
        return false;
    }
    Str below = path.len ? source_join(reading->arena, path, STR("")) : path;
    size_t first = lower_bound(known, below);
    if (!is_below(known, first, below) || !is_below(known, first + folder->entries - 1, below) ||
        is_below(known, first + folder->entries, below)) {
        return false;
    }
    for (size_t i = 0; i < folder->entries; i++) {
        array_push(reading->arena, reading->files, known->files[first + i]);
    }
    return true;
}

static bool enter(Reading *reading, Str path, const git_oid *id)
{
    git_tree *tree;
    if (take_known(reading, path, id)) {
        return true;
    }
    if (git_tree_lookup(&tree, reading->git, id) != 0) {
        return false;
    }
    array_push(reading->arena, &reading->open, (Folder){.tree = tree, .path = path});
    return true;
}

/* git sorts a folder as if its name ended in a slash, so files come in the order of their whole
 * paths. */
static bool step(Reading *reading, Folder *folder)
{
    const git_tree_entry *entry = git_tree_entry_byindex(folder->tree, folder->next++);
    const git_oid *id = git_tree_entry_id(entry);
    uint32_t mode = git_tree_entry_filemode(entry);
    Str path = source_join(reading->arena, folder->path, str_from(git_tree_entry_name(entry)));
    if (mode == GIT_FILEMODE_TREE) {
        return enter(reading, path, id);
    }
    array_push(reading->arena, reading->files, (TreeFile){.path = path, .id = *id, .mode = mode});
    return true;
}

bool git_files_read(Arena *arena, git_repository *git, const git_tree *top, Str folder,
                    const TreeKnown *known, TreeFiles *files)
{
    Reading reading = {.arena = arena, .git = git, .known = known, .files = files};
    bool read = enter(&reading, folder, git_tree_id(top));
    while (reading.open.count) {
        Folder *last = &reading.open.at[reading.open.count - 1];
        if (read && last->next < git_tree_entrycount(last->tree)) {
            read = step(&reading, last);
        } else {
            git_tree_free(last->tree);
            reading.open.count--;
        }
    }
    return read;
}
