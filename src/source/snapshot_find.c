#include "source/snapshot_find.h"

#include <string.h>

#include "source/below.h"

#include "base/banned.h"

enum { MOST_LINKS = 40 }; /* as many as Linux follows */

size_t snapshot_lower_bound(const SourceSnapshot *snapshot, Str path)
{
    size_t low = 0;
    size_t high = snapshot->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(snapshot->entries[middle].path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const SnapshotEntry *snapshot_entry(const SourceSnapshot *snapshot, Str path)
{
    size_t at = snapshot_lower_bound(snapshot, path);
    bool found = at < snapshot->count && str_equal(snapshot->entries[at].path, path);
    return found ? &snapshot->entries[at] : NULL;
}

bool snapshot_strip(Str folder, Str path, Str *rest)
{
    if (!folder.len) {
        *rest = path;
        return true;
    }
    return source_is_below(folder, path, rest);
}

bool snapshot_has_folder(const SourceSnapshot *snapshot, Str path)
{
    Arena *scratch = arena_new();
    Str below = arena_format(scratch, "%.*s/", (int)path.len, path.len ? path.at : "");
    size_t at = path.len ? snapshot_lower_bound(snapshot, below) : 0;
    bool found =
        !path.len || (at < snapshot->count && str_starts_with(snapshot->entries[at].path, below));
    arena_free(scratch);
    return found;
}

bool snapshot_normalise(Arena *arena, Str path, Str *normal)
{
    char *text = arena_take_raw(arena, path.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < path.len;) {
        size_t end = str_find_byte(path, '/', at);
        Str part = str_slice(path, at, end);
        at = end + 1;
        if (str_equal(part, STR(".."))) {
            if (!len) {
                return false;
            }
            while (len > 0 && text[--len] != '/') {
            }
        } else if (part.len && !str_equal(part, STR("."))) {
            text[len] = '/';
            len += len > 0;
            memcpy(text + len, part.at, part.len);
            len += part.len;
        }
    }
    *normal = (Str){.at = text, .len = len};
    return true;
}

/* The first part of `path` that is a symbolic link: its end, or 0. */
static size_t find_link(const SourceSnapshot *snapshot, Str path, const SnapshotEntry **link)
{
    for (size_t end = 0; end < path.len;) {
        end = str_find_byte(path, '/', end + 1);
        const SnapshotEntry *entry = snapshot_entry(snapshot, str_slice(path, 0, end));
        if (entry && entry->mode == GIT_FILEMODE_LINK) {
            *link = entry;
            return end;
        }
    }
    return 0;
}

/* Puts what a link holds in the place of its name: the first `end` bytes of `path`. */
static bool follow(Arena *arena, const SourceSnapshot *snapshot, const SnapshotEntry *link,
                   size_t end, Str *path, Str *reason)
{
    SourceText target;
    if (!source_repository_read(arena, snapshot->repository, &link->id, &target, reason)) {
        return false;
    }
    size_t folder = end;
    while (folder > 0 && path->at[folder - 1] != '/') {
        folder--;
    }
    bool absolute = target.text.len > 0 && target.text.at[0] == '/';
    Str joined = arena_format(arena, "%.*s%.*s%.*s", (int)folder, path->at, (int)target.text.len,
                              target.text.at, (int)(path->len - end), path->at + end);
    source_close(&target);
    if (absolute || !snapshot_normalise(arena, joined, path)) {
        *reason = STR("a symbolic link that leads out of the root");
        return false;
    }
    return true;
}

static const SnapshotEntry *file_at(const SourceSnapshot *snapshot, Str path, bool *folder,
                                    Str *reason)
{
    const SnapshotEntry *entry = snapshot_entry(snapshot, path);
    Str rest;
    *folder = !entry && snapshot_has_folder(snapshot, path);
    if (!snapshot_strip(snapshot->repository->inside, path, &rest)) {
        *reason = STR("a symbolic link that leads out of the root");
    } else if (!entry) {
        *reason = *folder ? STR("a folder") : STR("not there");
    } else if (entry->conflict) {
        *reason = STR("a merge left conflicts in it; resolve them, then `git add` it");
    } else if (entry->mode == GIT_FILEMODE_COMMIT) {
        *reason = STR("a submodule");
    } else {
        return entry;
    }
    return NULL;
}

const SnapshotEntry *snapshot_resolve(Arena *arena, const SourceSnapshot *snapshot, Str path,
                                      bool *folder, Str *reason)
{
    const SnapshotEntry *plain = snapshot_entry(snapshot, path);
    *folder = false;
    if (plain && plain->mode != GIT_FILEMODE_LINK) { /* so no folder on the way to it is a link */
        return file_at(snapshot, path, folder, reason);
    }
    for (int links = 0; links <= MOST_LINKS; links++) {
        const SnapshotEntry *link = NULL;
        size_t end = find_link(snapshot, path, &link);
        if (!end) {
            const SnapshotEntry *entry = file_at(snapshot, path, folder, reason);
            if (!entry && links && !*folder && str_equal(*reason, STR("not there"))) {
                *reason = STR("a symbolic link that leads nowhere");
            }
            return entry;
        }
        if (!follow(arena, snapshot, link, end, &path, reason)) {
            return NULL;
        }
    }
    *reason = STR("a symbolic link that leads to itself");
    return NULL;
}
