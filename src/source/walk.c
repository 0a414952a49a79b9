#include "source/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pool.h"
#include "source/below.h"

#include "base/banned.h"

/* A file that is wanted, or a folder. */
typedef struct {
    Str path; /* a folder's ends in a slash: so neighbours are in the order of all paths */
    struct Folder *folder; /* or NULL */
} Child;

/* One that is read, or will be. It is not kept open meanwhile: a tree may be deeper than there are
 * descriptors. */
typedef struct Folder {
    Str path;
    SourceGitFolder git; /* what holds in the folder around it */
    bool first;
    ARRAY(Child) children;
    size_t next; /* the child to list */
} Folder;

/* What one thread finds, and where it is. */
typedef struct {
    SourceWalk walk;
    Arena *scratch; /* for one entry */
    PoolQueue *queue;
    Folder *folder;
} Walker;

static void skip(SourceWalk *walk, Str path, Str reason, bool fatal)
{
    SourceSkip skipped = {.path = arena_copy(walk->arena, path), .reason = reason, .fatal = fatal};
    array_push(walk->arena, &walk->skips, skipped);
}

/* What a path is, or leads to, as far as one can tell without opening it. */
typedef struct {
    Str reason; /* not to read it; empty for a file */
    bool folder, unreadable;
} Target;

static Target look_at(SourceWalk *walk, Str path)
{
    struct stat status;
    int descriptor = source_open_from(walk->folder, walk->root, path, O_PATH, LINKS_INSIDE);
    int result = descriptor < 0 ? -1 : fstat(descriptor, &status);
    int number = errno;
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (result == 0) {
        return (Target){.reason = source_kind_reason(status.st_mode),
                        .folder = S_ISDIR(status.st_mode)};
    }
    if (number == ENOENT) {
        return (Target){.reason = STR("a symbolic link that leads nowhere")};
    }
    return (Target){.reason = source_errno_reason(walk->arena, number),
                    .unreadable = number != EXDEV && number != ELOOP};
}

/* Whether it is or leads to a file; notes what is skipped. */
static bool is_file(SourceWalk *walk, Str path, bool named)
{
    Target target = look_at(walk, path);
    if (target.reason.len && (named || !target.folder)) {
        skip(walk, path, target.reason, named || target.unreadable);
    }
    return !target.reason.len;
}

void source_walk_file(SourceWalk *walk, Str path)
{
    if (is_file(walk, path, true)) {
        SourceEntry entry = {.path = arena_copy(walk->arena, path), .named = true};
        array_push(walk->arena, &walk->entries, entry);
    }
}

static unsigned char type_of(int folder, const struct dirent *entry)
{
    struct stat status;
    if (entry->d_type != DT_UNKNOWN) {
        return entry->d_type;
    }
    return fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0
               ? (unsigned char)IFTODT(status.st_mode)
               : DT_UNKNOWN;
}

static void add_child(Walker *walker, Str path, Folder *folder)
{
    array_push(walker->walk.arena, &walker->folder->children,
               (Child){.path = path, .folder = folder});
}

static void visit_folder(Walker *walker, SourceGitFolder around, Str path)
{
    SourceWalk *walk = &walker->walk;
    if (!walk->git || source_git_wants_folder(walk->git, walker->scratch, around, path)) {
        Folder *folder = ARENA_NEW(walk->arena, Folder);
        Str slashed = source_join(walk->arena, path, STR(""));
        *folder = (Folder){.path = str_slice(slashed, 0, path.len), .git = around};
        add_child(walker, slashed, folder);
        pool_add(walker->queue, folder);
    }
}

static void visit(Walker *walker, SourceGitFolder around, Str path, unsigned char type)
{
    SourceWalk *walk = &walker->walk;
    const SourceFilter *filter = walk->filter;
    if (type == DT_DIR) {
        visit_folder(walker, around, path);
    } else if (filter->keep(filter->context, walker->scratch, path) &&
               (!walk->git || source_git_wants_file(walk->git, walker->scratch, around, path)) &&
               (type == DT_REG || is_file(walk, path, false))) {
        add_child(walker, arena_copy(walk->arena, path), NULL);
    }
}

static int compare_children(const void *a, const void *b)
{
    return str_compare(((const Child *)a)->path, ((const Child *)b)->path);
}

static bool is_dots(Str name)
{
    return str_equal(name, STR(".")) || str_equal(name, STR(".."));
}

/* What holds in the folder itself. */
static SourceGitFolder enter(SourceWalk *walk, const Folder *folder)
{
    if (!walk->git) {
        return (SourceGitFolder){0};
    }
    return folder->first ? source_git_start(walk->git, walk->arena, folder->path)
                         : source_git_enter(walk->git, walk->arena, folder->git, folder->path);
}

static void read_entries(Walker *walker, const Folder *folder, DIR *stream)
{
    SourceWalk *walk = &walker->walk;
    SourceGitFolder inside = enter(walk, folder);
    const struct dirent *entry;
    for (errno = 0; (entry = readdir(stream)) != NULL; errno = 0) {
        Str name = str_from(entry->d_name);
        if (!is_dots(name) && !str_equal(name, STR(".git"))) {
            arena_reset(walker->scratch);
            Str path = source_join(walker->scratch, folder->path, name);
            visit(walker, inside, path, type_of(dirfd(stream), entry));
        }
    }
    if (errno != 0) {
        skip(walk, folder->path, source_errno_reason(walk->arena, errno), true);
    }
}

/* Has the folder a .git of its own: a repository, a working tree or a submodule? */
static bool is_repository(int folder)
{
    struct stat status;
    return fstatat(folder, ".git/HEAD", &status, 0) == 0 ||
           (fstatat(folder, ".git", &status, 0) == 0 && S_ISREG(status.st_mode));
}

static void read_folder(void *context, size_t worker, void *item, PoolQueue *queue)
{
    Walker *walker = &((Walker *)context)[worker];
    SourceWalk *walk = &walker->walk;
    Folder *folder = item;
    int descriptor = source_open_from(walk->folder, walk->root, folder->path,
                                      O_RDONLY | O_DIRECTORY, LINKS_REFUSED);
    DIR *stream = descriptor < 0 ? NULL : fdopendir(descriptor);
    walker->queue = queue;
    walker->folder = folder;
    if (!stream) {
        skip(walk, folder->path, source_errno_reason(walk->arena, errno), true);
        if (descriptor >= 0) {
            close(descriptor);
        }
        return;
    }
    arena_reset(walker->scratch);
    if (folder->first || !walk->git ||
        source_git_tracks_folder(walk->git, walker->scratch, folder->path) ||
        !is_repository(descriptor)) {
        read_entries(walker, folder, stream);
    }
    closedir(stream);
    if (folder->children.count) {
        qsort(folder->children.at, folder->children.count, sizeof(Child), compare_children);
    }
}

/* Adds the files below the folder, by their paths. */
static void list_files(SourceWalk *walk, Folder *first)
{
    ARRAY(Folder *) open = {0}; /* a tree may be deeper than the stack */
    array_push(walk->arena, &open, first);
    while (open.count) {
        Folder *folder = open.at[open.count - 1];
        if (folder->next == folder->children.count) {
            open.count--;
            continue;
        }
        Child child = folder->children.at[folder->next++];
        if (child.folder) {
            array_push(walk->arena, &open, child.folder);
        } else {
            array_push(walk->arena, &walk->entries, (SourceEntry){.path = child.path});
        }
    }
}

void source_walk_folder(SourceWalk *walk, Str folder)
{
    size_t jobs = walk->filter->jobs ? walk->filter->jobs : 1;
    Walker *walkers = ARENA_ARRAY(walk->arena, Walker, jobs);
    Folder first = {.path = folder, .first = true};
    for (size_t i = 0; i < jobs; i++) {
        walkers[i].walk = (SourceWalk){.arena = arena_new(),
                                       .root = walk->root,
                                       .folder = walk->folder,
                                       .git = walk->git,
                                       .filter = walk->filter};
        walkers[i].scratch = arena_new();
    }
    pool_run_queue(jobs, &first, read_folder, walkers);
    list_files(walk, &first);
    for (size_t i = 0; i < jobs; i++) {
        const SourceWalk *found = &walkers[i].walk;
        for (size_t j = 0; j < found->skips.count; j++) {
            array_push(walk->arena, &walk->skips, found->skips.at[j]);
        }
        arena_adopt(walk->arena, found->arena);
        arena_free(walkers[i].scratch);
    }
}
