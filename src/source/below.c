#include "source/below.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/banned.h"

static int open_directly(int folder, const char *path, int flags, SourceLinks links)
{
    struct open_how how = {.flags = (unsigned)(flags | O_CLOEXEC)};
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    how.resolve |= links == LINKS_REFUSED ? RESOLVE_NO_SYMLINKS : 0;
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

static void close_keeping_errno(int descriptor)
{
    int number = errno;
    close(descriptor);
    errno = number;
}

/* As many components of `path` as one system call takes. */
static Str first_chunk(Str path)
{
    size_t end = path.len;
    while (end >= PATH_MAX) {
        do {
            end--;
        } while (end > 0 && path.at[end] != '/');
    }
    return str_slice(path, 0, end);
}

/* A path of any length, in steps; closes `folder`. */
static int open_in_steps(int folder, Str path, int flags, SourceLinks links)
{
    char text[PATH_MAX];
    for (Str chunk = first_chunk(path); chunk.len > 0 && chunk.len < path.len;
         chunk = first_chunk(path)) {
        snprintf(text, sizeof text, "%.*s", (int)chunk.len, chunk.at);
        int deeper = open_directly(folder, text, O_PATH | O_DIRECTORY, links);
        close_keeping_errno(folder);
        if (deeper < 0) {
            return -1;
        }
        folder = deeper;
        path = str_slice(path, chunk.len + 1, path.len);
    }
    if (path.len >= PATH_MAX) {
        close(folder);
        errno = ENAMETOOLONG;
        return -1;
    }
    snprintf(text, sizeof text, "%.*s", (int)path.len, path.len ? path.at : "");
    int descriptor = open_directly(folder, path.len ? text : ".", flags, links);
    close_keeping_errno(folder);
    return descriptor;
}

/* Where openat2 is missing or forbidden, and for absolute links, which it always refuses: looks at
 * where the path leads before opening it. */
static int open_after_look(Str root, Str path, int flags, SourceLinks links)
{
    Arena *arena = arena_new();
    Str full = path.len ? source_join(arena, root, path) : root;
    Str real = source_real_path(arena, root, full);
    Str rest;
    int descriptor = -1;
    if (real.len && !source_is_below(root, real, &rest)) {
        errno = EXDEV;
    } else if (real.len && links == LINKS_REFUSED && !str_equal(real, full)) {
        errno = ELOOP;
    } else if (real.len) {
        descriptor = open(real.at, flags | O_CLOEXEC | O_NOFOLLOW);
    }
    int number = errno;
    arena_free(arena);
    errno = number;
    return descriptor;
}

int source_open_root(Str root)
{
    char folder[PATH_MAX];
    if (root.len >= sizeof folder) {
        errno = ENOENT;
        return -1;
    }
    snprintf(folder, sizeof folder, "%.*s", (int)root.len, root.at);
    return open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int source_open_from(int folder, Str root, Str path, int flags, SourceLinks links)
{
    char text[PATH_MAX];
    int descriptor = -1;
    if (folder >= 0 && path.len && path.len < sizeof text && !memchr(path.at, '\0', path.len)) {
        memcpy(text, path.at, path.len);
        text[path.len] = '\0';
        descriptor = open_directly(folder, text, flags, links);
    }
    return descriptor >= 0 ? descriptor : source_open_below(root, path, flags, links);
}

int source_open_below(Str root, Str path, int flags, SourceLinks links)
{
    if (memchr(path.len ? path.at : "", '\0', path.len)) {
        errno = ENOENT;
        return -1;
    }
    int descriptor = source_open_root(root);
    if (descriptor < 0) {
        return -1;
    }
    descriptor = open_in_steps(descriptor, path, flags, links);
    bool look = errno == ENOSYS || errno == EPERM || errno == EXDEV || errno == EAGAIN;
    return descriptor < 0 && look ? open_after_look(root, path, flags, links) : descriptor;
}

Str source_kind_reason(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return (Str){0};
    case S_IFDIR:
        return STR("a folder");
    case S_IFIFO:
        return STR("a FIFO");
    case S_IFSOCK:
        return STR("a socket");
    case S_IFLNK:
        return STR("a symbolic link");
    case S_IFCHR:
    case S_IFBLK:
        return STR("a device");
    default:
        return STR("not a regular file");
    }
}

Str source_errno_reason(Arena *arena, int number)
{
    if (number == EXDEV) {
        return STR("a symbolic link that leads out of the root");
    }
    if (number == ELOOP) {
        return STR("a symbolic link that leads to itself");
    }
    if (number == ENXIO) {
        return STR("a socket");
    }
    char text[256];
    errno = number;
    snprintf(text, sizeof text, "%m");
    return arena_format(arena, "not readable: %s", text);
}

Str source_join(Arena *arena, Str folder, Str name)
{
    if (folder.len == 0) {
        return arena_copy(arena, name);
    }
    size_t slash = folder.at[folder.len - 1] != '/';
    size_t len = folder.len + slash + name.len;
    char *joined = arena_take_raw(arena, len + 1);
    memcpy(joined, folder.at, folder.len);
    joined[folder.len] = '/';
    if (name.len) {
        memcpy(joined + folder.len + slash, name.at, name.len);
    }
    joined[len] = '\0';
    return (Str){.at = joined, .len = len};
}

Str source_real_path(Arena *arena, Str directory, Str path)
{
    bool absolute = path.len > 0 && path.at[0] == '/';
    Str full = absolute ? arena_copy(arena, path) : source_join(arena, directory, path);
    if (path.len == 0 || memchr(full.at, '\0', full.len)) {
        errno = ENOENT;
        return (Str){0};
    }
    char *real = realpath(full.at, NULL);
    Str copy = real ? arena_copy(arena, str_from(real)) : (Str){0};
    free(real);
    return copy;
}

bool source_is_below(Str root, Str path, Str *relative)
{
    size_t skip = root.len && root.at[root.len - 1] == '/' ? root.len : root.len + 1;
    if (!str_equal(root, path) && (!str_starts_with(path, root) || path.at[skip - 1] != '/')) {
        return false;
    }
    *relative = str_slice(path, skip, path.len);
    return true;
}
