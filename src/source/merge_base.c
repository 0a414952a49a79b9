#include "source/merge_base.h"

#include "base/array.h"
#include "base/map.h"

#include "base/banned.h"

#define SHALLOW                                                                             \
    "; this clone is shallow: get the history with `fetch-depth: 0` (actions/checkout) or " \
    "`git fetch --unshallow`"

static bool is_shallow(SourceRepository *repository)
{
    return git_repository_is_shallow(repository->git) == 1;
}

/* "main" is often known as "origin/main" only. */
static bool is_remote(SourceRepository *repository, Str revision)
{
    git_object *object = NULL;
    Str remote = arena_format(repository->arena, "origin/%.*s", (int)revision.len, revision.at);
    bool found = git_revparse_single(&object, repository->git, remote.at) == 0;
    git_object_free(object);
    return found;
}

static bool fail_to_find(SourceRepository *repository, Str revision, Error *error)
{
    int len = (int)(revision.len < 500 ? revision.len : 500);
    if (git_repository_head_unborn(repository->git) == 1) {
        return error_set(error, (Str){0}, (Position){0},
                         "there is no commit %.*s; this repository has none yet on its branch", len,
                         revision.at);
    }
    if (is_remote(repository, revision)) {
        return error_set(error, (Str){0}, (Position){0},
                         "there is no commit %.*s here, but there is origin/%.*s", len, revision.at,
                         len, revision.at);
    }
    return error_set(error, (Str){0}, (Position){0}, "there is no commit %.*s in this repository%s",
                     len, revision.at, is_shallow(repository) ? SHALLOW : "");
}

bool merge_base_find_object(SourceRepository *repository, Str revision, git_object **object,
                            Error *error)
{
    Str name = arena_copy(repository->arena, revision);
    return git_revparse_single(object, repository->git, name.at) == 0 ||
           fail_to_find(repository, revision, error);
}

static bool find_commit(SourceRepository *repository, Str revision, git_oid *id, Error *error)
{
    git_object *object;
    git_object *commit = NULL;
    if (!merge_base_find_object(repository, revision, &object, error)) {
        return false;
    }
    bool found = git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;
    if (found) {
        *id = *git_object_id(commit);
    }
    git_object_free(object);
    git_object_free(commit);
    return found || error_set(error, (Str){0}, (Position){0}, "%.*s is no commit",
                              (int)revision.len, revision.at);
}

typedef ARRAY(git_oid) Ids;

static Str key_of(const git_oid *id)
{
    return (Str){.at = (const char *)id->id, .len = sizeof id->id};
}

/* Adds an id that is not in `known` yet. */
static void add(Arena *arena, const git_oid *id, Map *known, Ids *ids)
{
    if (!map_get(known, key_of(id))) {
        git_oid *copy = ARENA_NEW(arena, git_oid);
        *copy = *id;
        map_put(arena, known, key_of(copy), copy);
        array_push(arena, ids, *id);
    }
}

/* The commit and its ancestors, up to where the history was cut off. */
static void collect(Arena *arena, git_repository *git, const git_oid *start, Map *known, Ids *ids)
{
    add(arena, start, known, ids);
    for (size_t i = 0; i < ids->count; i++) {
        git_commit *commit;
        if (git_commit_lookup(&commit, git, &ids->at[i]) == 0) {
            for (unsigned parent = 0; parent < git_commit_parentcount(commit); parent++) {
                add(arena, git_commit_parent_id(commit, parent), known, ids);
            }
            git_commit_free(commit);
        }
    }
}

/* libgit2 1.5 does not know that a shallow clone's oldest commits lack their parents. Of what both
 * have in common the latest one is nobody's ancestor, as far as clocks go right. */
static bool find_in_shallow(SourceRepository *repository, const git_oid *one, const git_oid *other,
                            git_oid *base)
{
    Map ours = {0};
    Map theirs = {0};
    Ids our_ids = {0};
    Ids their_ids = {0};
    bool found = false;
    git_time_t latest = 0;
    collect(repository->arena, repository->git, one, &ours, &our_ids);
    collect(repository->arena, repository->git, other, &theirs, &their_ids);
    for (size_t i = 0; i < our_ids.count; i++) {
        git_commit *commit;
        if (map_get(&theirs, key_of(&our_ids.at[i])) &&
            git_commit_lookup(&commit, repository->git, &our_ids.at[i]) == 0) {
            if (!found || git_commit_time(commit) > latest) {
                latest = git_commit_time(commit);
                *base = our_ids.at[i];
                found = true;
            }
            git_commit_free(commit);
        }
    }
    return found;
}

bool merge_base_find(SourceRepository *repository, Str one, Str other, git_object **object,
                     Error *error)
{
    git_oid ids[2];
    git_oid base;
    if (!find_commit(repository, one, &ids[0], error) ||
        !find_commit(repository, other, &ids[1], error)) {
        return false;
    }
    bool found = is_shallow(repository)
                     ? find_in_shallow(repository, &ids[0], &ids[1], &base)
                     : git_merge_base(&base, repository->git, &ids[0], &ids[1]) == 0;
    if (!found) {
        return error_set(error, (Str){0}, (Position){0}, "%.*s and %.*s have no common ancestor%s",
                         (int)one.len, one.at, (int)other.len, other.at,
                         is_shallow(repository) ? SHALLOW : "");
    }
    return git_object_lookup(object, repository->git, &base, GIT_OBJECT_COMMIT) == 0 ||
           source_git_fail(error, (Str){0}, "cannot read the merge base");
}
