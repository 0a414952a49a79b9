#include "source/index.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "source/below.h"
#include "source/git_files.h"

#include "base/banned.h"

enum { LARGEST = INT32_MAX };

/* Where a file's bytes go; `there` is false when there is no such file. */
typedef struct {
    Str text;
    bool there;
} Contents;

static bool read_all(Arena *arena, int descriptor, size_t size, Contents *contents)
{
    char *bytes = arena_take_raw(arena, size + 1);
    size_t length = 0;
    ssize_t got = 1;
    while (length < size && got != 0) {
        got = read(descriptor, bytes + length, size - length);
        if (got < 0 && errno != EINTR) {
            return false;
        }
        length += got > 0 ? (size_t)got : 0;
    }
    *contents = (Contents){.text = {.at = bytes, .len = length}, .there = true};
    return true;
}

/* git renames a new one into its place, so what was opened stays as it is. */
static bool read_file(Arena *arena, Str path, Contents *contents)
{
    struct stat status;
    *contents = (Contents){0};
    int descriptor = open(path.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return errno == ENOENT;
    }
    errno = EINVAL;
    bool read = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
                status.st_size <= LARGEST &&
                read_all(arena, descriptor, (size_t)status.st_size, contents);
    int number = errno;
    close(descriptor);
    errno = number;
    return read;
}

static bool fail(Error *error, Str shown, const char *problem)
{
    return error_set(error, shown, (Position){0}, "cannot read git's index: %s", problem);
}

static bool fail_to_read(Error *error, Str shown)
{
    return error_set(error, shown, (Position){0}, "cannot read git's index: %m");
}

/* The one that a split index shares is beside the repository's own. */
static bool join_shared(Arena *arena, Str folder, Str shown, IndexFile *file, Error *error)
{
    Contents contents;
    IndexFile shared;
    const char *problem;
    Str path = arena_format(arena, "%.*ssharedindex.%s", (int)folder.len, folder.at, file->shared);
    if (!read_file(arena, path, &contents)) {
        return fail_to_read(error, shown);
    }
    if (!contents.there) {
        return error_set(error, shown, (Position){0},
                         "cannot read git's index: it is split, and sharedindex.%s is not there; "
                         "`git read-tree HEAD` makes a new one",
                         file->shared);
    }
    return (index_file_read(arena, contents.text, &shared, &problem) &&
            index_file_join(arena, file, &shared, &problem)) ||
           fail(error, shown, problem);
}

/* What such an entry would be if the index were not sparse. */
static IndexEntry expanded_entry(Arena *arena, const TreeFile *file)
{
    uint8_t *raw = arena_take(arena, INDEX_ENTRY_NUMBERS);
    index_entry_write(raw, file->mode, &file->id);
    return (IndexEntry){.path = file->path, .raw = raw, .skipped = true};
}

static bool expand(Arena *arena, git_repository *git, const IndexEntry *folder, IndexFile *file,
                   size_t *capacity)
{
    git_tree *tree;
    TreeFiles files = {0};
    git_oid id = index_entry_id(folder);
    if (git_tree_lookup(&tree, git, &id) != 0) {
        return false;
    }
    Str path = str_slice(folder->path, 0, folder->path.len - 1);
    bool read = git_files_read(arena, git, tree, path, NULL, &files);
    git_tree_free(tree);
    for (size_t i = 0; i < files.count; i++) {
        if (file->count == *capacity) {
            file->entries =
                array_grow(arena, file->entries, file->count, capacity, sizeof *file->entries);
        }
        file->entries[file->count++] = expanded_entry(arena, &files.at[i]);
    }
    return read;
}

/* A sparse index has folders in the place of what is not checked out. */
static bool expand_all(Arena *arena, git_repository *git, IndexFile *file)
{
    IndexEntry *entries = file->entries;
    size_t count = file->count;
    size_t capacity = count + 1;
    file->entries = ARENA_ARRAY(arena, IndexEntry, capacity);
    file->count = 0;
    file->folder_count = 0; /* they count folders as entries */
    for (size_t i = 0; i < count; i++) {
        if (index_entry_mode(&entries[i]) == GIT_FILEMODE_TREE && entries[i].path.len) {
            if (!expand(arena, git, &entries[i], file, &capacity)) {
                return false;
            }
            continue;
        }
        if (file->count == capacity) {
            file->entries =
                array_grow(arena, file->entries, file->count, &capacity, sizeof *file->entries);
        }
        file->entries[file->count++] = entries[i];
    }
    index_file_sort(file->entries, file->count);
    return true;
}

bool source_index_read(Arena *arena, git_repository *git, Str path, Str shown, IndexFile *file,
                       Error *error)
{
    Contents contents;
    const char *problem;
    Str folder = str_from(git_repository_path(git)); /* with a slash at its end */
    *file = (IndexFile){0};
    path = path.len ? arena_copy(arena, path) : source_join(arena, folder, STR("index"));
    if (!read_file(arena, path, &contents)) {
        return fail_to_read(error, shown);
    }
    if (contents.there && !index_file_read(arena, contents.text, file, &problem)) {
        return fail(error, shown, problem);
    }
    if (file->split && !join_shared(arena, folder, shown, file, error)) {
        return false;
    }
    if (file->sparse && !expand_all(arena, git, file)) {
        return fail(error, shown, "it is sparse, and a folder's tree is not in this clone");
    }
    return index_file_in_order(file, &problem) || fail(error, shown, problem);
}

const IndexEntry *source_index_find(const IndexFile *file, Str path)
{
    size_t low = 0;
    size_t high = file->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(file->entries[middle].path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < file->count && str_equal(file->entries[low].path, path);
    return found ? &file->entries[low] : NULL;
}

static int copy_entry(git_index *index, const IndexEntry *entry)
{
    git_index_entry copy = {.mode = index_entry_mode(entry), .id = index_entry_id(entry)};
    copy.path = entry->path.at;
    copy.flags_extended = entry->skipped ? GIT_INDEX_ENTRY_SKIP_WORKTREE : 0;
    return git_index_add(index, &copy);
}

git_index *source_index_copy(const IndexFile *file)
{
    git_index *index;
    if (git_index_new(&index) != 0) {
        return NULL;
    }
    for (size_t i = 0; i < file->count; i++) {
        const IndexEntry *entry = &file->entries[i];
        if (!entry->conflict && !entry->intended) {
            copy_entry(index, entry); /* what it refuses is new to it */
        }
    }
    return index;
}
