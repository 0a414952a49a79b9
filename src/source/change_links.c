#include "base/array.h"
#include "source/change.h"
#include "source/snapshot_find.h"

#include "base/banned.h"

/* The changed file that the link leads to, or NULL. */
static const SourceChange *change_behind(Arena *scratch, const SourceRoot *root,
                                         const SourceChanges *changes, Str link)
{
    bool folder;
    Str reason;
    Str path;
    const SnapshotEntry *target = snapshot_resolve(scratch, root->snapshot, link, &folder, &reason);
    bool inside = target && snapshot_strip(root->snapshot->repository->inside, target->path, &path);
    return inside ? source_change_of(changes, path) : NULL;
}

void source_changes_follow_links(Arena *arena, const SourceRoot *root, SourceChanges *changes)
{
    const SourceSnapshot *snapshot = root->snapshot;
    ARRAY(SourceChange) all = {0};
    Arena *scratch = arena_new();
    Str path;
    for (size_t i = 0; i < snapshot->count; i++) {
        const SnapshotEntry *entry = &snapshot->entries[i];
        arena_reset(scratch);
        if (entry->mode == GIT_FILEMODE_LINK &&
            snapshot_strip(snapshot->repository->inside, entry->path, &path) &&
            !source_change_of(changes, path) &&
            change_behind(scratch, root, changes, entry->path)) {
            array_push(arena, &all, (SourceChange){.path = path, .whole = true});
        }
    }
    arena_free(scratch);
    for (size_t i = 0; all.count && i < changes->count; i++) {
        array_push(arena, &all, changes->at[i]);
    }
    if (all.count) {
        *changes = (SourceChanges){.at = all.at, .count = all.count};
        source_changes_sort(changes);
    }
}
