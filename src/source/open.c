#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "source/below.h"
#include "source/decode.h"
#include "source/lean.h"
#include "source/repository.h"

#include "base/banned.h"

/* Reads `expected` bytes, or until the end where that is 0 (/proc), into one block: a mapping of
 * the file would be a SIGBUS whenever another process truncates it. Returns false with errno; EFBIG
 * past 4 GiB. */
static bool read_all(int descriptor, size_t expected, SourceText *text)
{
    size_t capacity = expected + 1;
    char *bytes = memory_allocate(capacity);
    size_t len = 0;
    ssize_t got;
    while ((len == 0 || len != expected) &&
           (got = read(descriptor, bytes + len, capacity - len)) != 0) {
        if (got < 0 && errno == EINTR) {
            continue;
        }
        len += got > 0 ? (size_t)got : 0;
        if (got < 0 || len > UINT32_MAX) {
            errno = got < 0 ? errno : EFBIG;
            free(bytes);
            return false;
        }
        if (len == capacity) {
            capacity += capacity / 2 + 4096;
            bytes = memory_resize(bytes, capacity);
        }
    }
    *text = (SourceText){.text = {.at = bytes, .len = len}, .block = bytes};
    return true;
}

static bool read_regular(Arena *arena, int descriptor, const SourceSieve *sieve, SourceText *text,
                         Str *reason)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        *reason = source_errno_reason(arena, errno);
        return false;
    }
    *reason = source_kind_reason(status.st_mode);
    if (reason->len) {
        return false;
    }
    bool lean = sieve && status.st_size > (off_t)(2 * SOURCE_WINDOW);
    bool fits = lean || status.st_size <= UINT32_MAX;
    if (!fits || !(lean ? source_read_lean(descriptor, sieve, text)
                        : read_all(descriptor, (size_t)status.st_size, text))) {
        *reason =
            !fits || errno == EFBIG ? STR("4 GiB or larger") : source_errno_reason(arena, errno);
        return false;
    }
    return true;
}

enum { FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY };

static bool read_below(Arena *arena, const SourceRoot *root, Str path, SourceLinks links,
                       const SourceSieve *sieve, SourceText *text, Str *reason)
{
    *text = (SourceText){0};
    int descriptor = source_open_from(root->folder - 1, root->root, path, FLAGS, links);
    if (descriptor < 0) {
        *reason = source_errno_reason(arena, errno);
        return false;
    }
    bool opened = read_regular(arena, descriptor, sieve, text, reason);
    close(descriptor);
    return opened;
}

bool source_read_below(Arena *arena, Str root, Str path, SourceLinks links, SourceText *text,
                       Str *reason)
{
    return read_below(arena, &(SourceRoot){.root = root}, path, links, NULL, text, reason);
}

static void copy_text(Str from, SourceText *text)
{
    char *bytes = memory_allocate(from.len + 1);
    if (from.len) {
        memcpy(bytes, from.at, from.len);
    }
    *text = (SourceText){.text = {.at = bytes, .len = from.len}, .block = bytes};
}

/* The first `most` bytes, or all there are. False with errno. */
static bool read_head(int descriptor, size_t most, SourceText *text)
{
    char *bytes = memory_allocate(most);
    size_t len = 0;
    ssize_t got = 1;
    while (len < most && got > 0) {
        got = read(descriptor, bytes + len, most - len);
        len += got > 0 ? (size_t)got : 0;
        got = got < 0 && errno == EINTR ? 1 : got;
    }
    *text = (SourceText){.text = {.at = bytes, .len = len}, .block = bytes};
    if (got < 0) {
        source_close(text);
    }
    return got >= 0;
}

/* The same as source_read_below for a file's beginning. */
static bool read_head_below(Arena *arena, const SourceRoot *root, Str path, size_t most,
                            SourceText *text, Str *reason)
{
    struct stat status;
    *text = (SourceText){0};
    int descriptor = source_open_from(root->folder - 1, root->root, path, FLAGS, LINKS_INSIDE);
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        *reason = source_errno_reason(arena, errno);
    } else {
        *reason = source_kind_reason(status.st_mode);
    }
    if (!reason->len && !read_head(descriptor, most, text)) {
        *reason = source_errno_reason(arena, errno);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return !reason->len;
}

bool source_open_head(Arena *arena, const SourceRoot *root, Str path, size_t most, SourceText *text,
                      Str *reason)
{
    *reason = (Str){0};
    Str inside = str_slice(path, root->prefix.len, path.len);
    bool overlaid = root->overlay && str_equal(root->overlay->path, inside);
    if (overlaid || root->snapshot || !str_starts_with(path, root->prefix)) {
        if (!source_open(arena, root, path, text, reason)) {
            return false;
        }
        text->text.len = text->text.len < most ? text->text.len : most;
        return true;
    }
    if (!read_head_below(arena, root, inside, most, text, reason)) {
        return false;
    }
    source_decode(text);
    return true;
}

void source_root_open(SourceRoot *root)
{
    root->folder = root->snapshot ? 0 : source_open_root(root->root) + 1;
}

void source_root_close(SourceRoot *root)
{
    if (root->folder) {
        close(root->folder - 1);
        root->folder = 0;
    }
}

PoolDescriptors source_descriptors(const SourceRoot *root)
{
    return root->snapshot ? DESCRIPTORS_SHARED : DESCRIPTORS_OWN;
}

bool source_open(Arena *arena, const SourceRoot *root, Str path, SourceText *text, Str *reason)
{
    return source_open_lean(arena, root, path, NULL, text, reason);
}

bool source_open_lean(Arena *arena, const SourceRoot *root, Str path, const SourceSieve *sieve,
                      SourceText *text, Str *reason)
{
    if (!str_starts_with(path, root->prefix)) {
        *text = (SourceText){0};
        *reason = STR("not in this repository");
        return false;
    }
    path = str_slice(path, root->prefix.len, path.len);
    if (root->overlay && str_equal(root->overlay->path, path)) {
        copy_text(root->overlay->text, text);
    } else if (root->snapshot ? !source_snapshot_read(arena, root, path, text, reason)
                              : !read_below(arena, root, path, LINKS_INSIDE, sieve, text, reason)) {
        return false;
    }
    source_decode(text);
    return true;
}

void source_close(SourceText *text)
{
    free(text->block);
    free(text->gaps);
    *text = (SourceText){0};
}

bool source_is_binary(Str text)
{
    return text.len && memchr(text.at, '\0', text.len < 8000 ? text.len : 8000);
}
