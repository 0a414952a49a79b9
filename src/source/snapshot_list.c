#include "base/array.h"
#include "source/below.h"
#include "source/snapshot_find.h"
#include "source/walk.h"

#include "base/banned.h"

/* A list being filled. */
typedef struct {
    Arena *arena;
    const SourceRoot *root;
    const SourceSnapshot *snapshot;
    const SourceFilter *filter;
    Arena *scratch;
    ARRAY(SourceEntry) entries;
    ARRAY(SourceSkip) skips;
} Listing;

static Str full_path(Arena *arena, const SourceSnapshot *snapshot, Str path)
{
    Str inside = snapshot->repository->inside;
    return path.len && inside.len ? source_join(arena, inside, path) : path.len ? path : inside;
}

bool source_snapshot_read(Arena *arena, const SourceRoot *root, Str path, SourceText *text,
                          Str *reason)
{
    bool folder;
    *text = (SourceText){0};
    const SnapshotEntry *entry = snapshot_resolve(
        arena, root->snapshot, full_path(arena, root->snapshot, path), &folder, reason);
    return entry &&
           source_repository_read(arena, root->snapshot->repository, &entry->id, text, reason);
}

bool source_snapshot_folder(Arena *arena, const SourceRoot *root, Str folder, size_t most,
                            SourceNames *names)
{
    const SourceSnapshot *snapshot = root->snapshot;
    Str full = full_path(arena, snapshot, folder);
    Str below = full.len ? arena_format(arena, "%.*s/", (int)full.len, full.at) : (Str){0};
    for (size_t i = snapshot_lower_bound(snapshot, below);
         i < snapshot->count && str_starts_with(snapshot->entries[i].path, below); i++) {
        Str path = snapshot->entries[i].path;
        Str name = str_slice(path, below.len, path.len);
        if (str_find_byte(name, '/', 0) < name.len) {
            continue;
        }
        if (names->count == most) {
            return false;
        }
        array_push(arena, names, name);
    }
    return true;
}

bool source_snapshot_holds(const SourceRoot *root, Str path)
{
    Arena *scratch = arena_new();
    bool folder;
    Str reason;
    bool holds = snapshot_resolve(scratch, root->snapshot, full_path(scratch, root->snapshot, path),
                                  &folder, &reason);
    arena_free(scratch);
    return holds;
}

static const SnapshotEntry *plain_entry(Arena *scratch, const SourceRoot *root, Str path)
{
    const SnapshotEntry *entry =
        snapshot_entry(root->snapshot, full_path(scratch, root->snapshot, path));
    bool plain = entry && !entry->conflict && entry->mode != GIT_FILEMODE_LINK;
    return plain ? entry : NULL;
}

bool source_snapshot_same(const SourceRoot *one, const SourceRoot *other, Str path)
{
    Arena *scratch = arena_new();
    const SnapshotEntry *left = plain_entry(scratch, one, path);
    const SnapshotEntry *right = plain_entry(scratch, other, path);
    bool same = left && right && git_oid_equal(&left->id, &right->id);
    arena_free(scratch);
    return same;
}

static void add(Listing *listing, const SnapshotEntry *entry, Str path, bool named)
{
    bool folder = false;
    Str reason = {0};
    bool plain = !entry->conflict && entry->mode != GIT_FILEMODE_LINK;
    if (plain ||
        snapshot_resolve(listing->arena, listing->snapshot, entry->path, &folder, &reason)) {
        array_push(listing->arena, &listing->entries, (SourceEntry){.path = path, .named = named});
    } else if (named || !folder) {
        array_push(listing->arena, &listing->skips,
                   (SourceSkip){.path = path, .reason = reason, .fatal = named || entry->conflict});
    }
}

static bool wants(Listing *listing, Str path)
{
    arena_reset(listing->scratch);
    return listing->filter->keep(listing->filter->context, listing->scratch, path);
}

/* The wanted files below `folder`, which is relative to the root. */
static void add_folder(Listing *listing, Str folder)
{
    const SourceSnapshot *snapshot = listing->snapshot;
    Str start = full_path(listing->arena, snapshot, folder);
    Str path;
    Str rest;
    for (size_t i = snapshot_lower_bound(snapshot, start); i < snapshot->count; i++) {
        const SnapshotEntry *entry = &snapshot->entries[i];
        if (!str_starts_with(entry->path, start)) {
            return;
        }
        if (entry->mode != GIT_FILEMODE_COMMIT && snapshot_strip(start, entry->path, &rest) &&
            snapshot_strip(snapshot->repository->inside, entry->path, &path) &&
            wants(listing, path)) {
            add(listing, entry, path, false);
        }
    }
}

bool source_path_in_root(Arena *arena, const SourceRoot *root, Str directory, Str path, Str *inside)
{
    Str top = root->root;
    bool absolute = path.len > 0 && path.at[0] == '/';
    Str full = absolute ? path : source_join(arena, directory, path);
    Str normal;
    return snapshot_normalise(arena, full, &normal) &&
           snapshot_strip(str_slice(top, 1, top.len), normal, inside);
}

static bool add_argument(Listing *listing, Str directory, Str argument, Error *error)
{
    Str path;
    const SourceSnapshot *snapshot = listing->snapshot;
    if (!source_path_in_root(listing->arena, listing->root, directory, argument, &path)) {
        return error_set(error, argument, (Position){0}, "this path is outside the root %.*s",
                         (int)listing->root->root.len, listing->root->root.at);
    }
    Str full = full_path(listing->arena, snapshot, path);
    const SnapshotEntry *entry = snapshot_entry(snapshot, full);
    if (entry && entry->mode != GIT_FILEMODE_COMMIT) {
        add(listing, entry, path, true);
        return true;
    }
    if (entry || !snapshot_has_folder(snapshot, full)) {
        return error_set(error, argument, (Position){0}, "%s %.*s",
                         entry ? "this is a submodule in" : "there is no such file in",
                         (int)snapshot->name.len, snapshot->name.at);
    }
    add_folder(listing, path);
    return true;
}

bool source_snapshot_list(Arena *arena, const SourceRoot *root, Str directory, const Str *arguments,
                          size_t argument_count, const SourceFilter *filter, SourceList *list,
                          Error *error)
{
    Listing listing = {.arena = arena,
                       .scratch = arena_new(),
                       .root = root,
                       .snapshot = root->snapshot,
                       .filter = filter};
    bool listed = true;
    *list = (SourceList){0};
    if (!argument_count) {
        add_folder(&listing, (Str){0});
    }
    for (size_t i = 0; i < argument_count && listed; i++) {
        listed = add_argument(&listing, directory, arguments[i], error);
    }
    arena_free(listing.scratch);
    if (!listed) {
        return false;
    }
    list->entries.at = listing.entries.at;
    list->entries.count = listing.entries.count;
    list->skips.at = listing.skips.at;
    list->skips.count = listing.skips.count;
    if (argument_count) {
        source_list_sort(list);
    }
    return true;
}
