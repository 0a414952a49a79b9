#include "source/change_entries.h"

#include "base/banned.h"

static bool same(const SnapshotEntry *one, const SnapshotEntry *other)
{
    return one->mode == other->mode && git_oid_equal(&one->id, &other->id);
}

static int add(git_index *index, const SnapshotEntry *entry)
{
    git_index_entry copy = {.mode = entry->mode, .id = entry->id, .path = entry->path.at};
    return entry->conflict ? 0 : git_index_add(index, &copy);
}

/* Puts what is only in one of them, or differs, to its index. */
static int split(const SourceSnapshot *base, const SourceSnapshot *head, git_index *before,
                 git_index *after)
{
    int status = 0;
    for (size_t old = 0, new = 0; status == 0 && (old < base->count || new < head->count);) {
        const SnapshotEntry *was = old < base->count ? &base->entries[old] : NULL;
        const SnapshotEntry *is = new < head->count ? &head->entries[new] : NULL;
        int order = !was ? 1 : !is ? -1 : str_compare(was->path, is->path);
        bool alike = order == 0 && same(was, is);
        old += order <= 0;
        new += order >= 0;
        if (order <= 0 && !alike && !(order == 0 && is->conflict)) {
            status = add(before, was);
        }
        if (status == 0 && order >= 0 && !alike) {
            status = add(after, is);
        }
    }
    return status;
}

int change_entries_diff(const SourceSnapshot *base, const SourceSnapshot *head,
                        const git_diff_options *options, git_diff **diff)
{
    git_index *before = NULL;
    git_index *after = NULL;
    int status = git_index_new(&before);
    status = status == 0 ? git_index_new(&after) : status;
    status = status == 0 ? split(base, head, before, after) : status;
    if (status == 0) {
        status = git_diff_index_to_index(diff, base->repository->git, before, after, options);
    }
    git_index_free(before);
    git_index_free(after);
    return status;
}
