#include "source/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/below.h"

#include "base/banned.h"

typedef struct {
    Str path;
    SourceGitFolder git; /* what holds in the folder around it */
    bool first;
} Folder;

/* Folders still to be read. None is kept open meanwhile: a tree may be deeper than there are
 * descriptors. */
typedef ARRAY(Folder) Folders;

static void skip(SourceWalk *walk, Str path, Str reason, bool fatal)
{
    SourceSkip skipped = {.path = arena_copy(walk->arena, path), .reason = reason, .fatal = fatal};
    array_push(walk->arena, &walk->skips, skipped);
}

static void add(SourceWalk *walk, Str path, bool named)
{
    SourceEntry entry = {.path = arena_copy(walk->arena, path), .named = named};
    array_push(walk->arena, &walk->entries, entry);
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

void source_walk_file(SourceWalk *walk, Str path, bool named)
{
    Target target = look_at(walk, path);
    if (target.reason.len == 0) {
        add(walk, path, named);
    } else if (named || !target.folder) {
        skip(walk, path, target.reason, named || target.unreadable);
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

static void visit(SourceWalk *walk, SourceGitFolder around, Str path, unsigned char type,
                  Folders *folders)
{
    if (type == DT_DIR) {
        if (!walk->git || source_git_wants_folder(walk->git, around, path)) {
            Folder folder = {.path = arena_copy(walk->arena, path), .git = around};
            array_push(walk->arena, folders, folder);
        }
        return;
    }
    if (!walk->keep(walk->context, path) ||
        (walk->git && !source_git_wants_file(walk->git, around, path))) {
        return;
    }
    if (type == DT_REG) {
        add(walk, path, false);
    } else {
        source_walk_file(walk, path, false);
    }
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
    return folder->first ? source_git_start(walk->git, folder->path)
                         : source_git_enter(walk->git, folder->git, folder->path);
}

static void read_entries(SourceWalk *walk, const Folder *folder, DIR *stream, Folders *folders)
{
    Arena *scratch = arena_new();
    SourceGitFolder inside = enter(walk, folder);
    const struct dirent *entry;
    for (errno = 0; (entry = readdir(stream)) != NULL; errno = 0) {
        Str name = str_from(entry->d_name);
        if (!is_dots(name) && !str_equal(name, STR(".git"))) {
            arena_reset(scratch);
            Str path = source_join(scratch, folder->path, name);
            visit(walk, inside, path, type_of(dirfd(stream), entry), folders);
        }
    }
    if (errno != 0) {
        skip(walk, folder->path, source_errno_reason(walk->arena, errno), true);
    }
    arena_free(scratch);
}

/* Has the folder a .git of its own: a repository, a working tree or a submodule? */
static bool is_repository(int folder)
{
    struct stat status;
    return fstatat(folder, ".git/HEAD", &status, 0) == 0 ||
           (fstatat(folder, ".git", &status, 0) == 0 && S_ISREG(status.st_mode));
}

static void read_folder(SourceWalk *walk, Folder folder, Folders *folders)
{
    int descriptor = source_open_from(walk->folder, walk->root, folder.path, O_RDONLY | O_DIRECTORY,
                                      LINKS_REFUSED);
    DIR *stream = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (!stream) {
        skip(walk, folder.path, source_errno_reason(walk->arena, errno), true);
        if (descriptor >= 0) {
            close(descriptor);
        }
        return;
    }
    if (folder.first || !walk->git || source_git_tracks_folder(walk->git, folder.path) ||
        !is_repository(descriptor)) {
        read_entries(walk, &folder, stream, folders);
    }
    closedir(stream);
}

void source_walk_folder(SourceWalk *walk, Str folder)
{
    Folders folders = {0};
    read_folder(walk, (Folder){.path = folder, .first = true}, &folders);
    while (folders.count > 0) {
        read_folder(walk, folders.at[--folders.count], &folders);
    }
}
