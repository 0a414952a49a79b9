#include "source/repository.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "source/below.h"

#include "base/banned.h"

/* Repositories of other users are read like any other folder (a CI container seldom runs as the
 * owner of the checkout): unlike git, nothing here runs hooks, filters or a file system monitor.
 * These extensions change nothing about the index, the ignore rules or where the working tree is.
 * Objects are not hashed again: a third of the time, and zlib's checksum tells damage. */
void source_library_start(void)
{
    static const char *extensions[] = {"noop", "partialclone", "preciousobjects",
                                       "relativeworktrees", "worktreeconfig"};
    if (git_libgit2_init() == 1) {
        git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
        git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
        git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
                         sizeof extensions / sizeof *extensions);
    }
}

bool source_git_fail(Error *error, Str path, const char *what)
{
    const git_error *last = git_error_last();
    return error_set(error, path, (Position){0}, "%s: %s", what,
                     last && last->message ? last->message : "unknown error");
}

static bool open_git(Str folder, git_repository **git, Error *error)
{
    int status = git_repository_open_ext(git, folder.at, 0, getenv("GIT_CEILING_DIRECTORIES"));
    if (status == GIT_ENOTFOUND) {
        return error_set(error, folder, (Position){0},
                         "there is no git repository here or above, and --staged, --diff and "
                         "--rev read one");
    }
    return status == 0 || source_git_fail(error, folder, "cannot read the git repository");
}

/* Where its files would be, with links resolved. */
static Str tree_of(Arena *arena, git_repository *git)
{
    const char *folder =
        git_repository_is_bare(git) ? git_repository_path(git) : git_repository_workdir(git);
    return source_real_path(arena, STR("/"), str_from(folder));
}

/* A root above the tree is the tree: nothing else of it is in the repository. */
static void place_root(SourceRepository *repository, Str given, SourceRoot *root)
{
    Str inside = {0};
    Str top = repository->tree;
    bool below = given.len && source_is_below(top, given, &inside);
    repository->inside = below && !repository->bare ? inside : (Str){0};
    *root = (SourceRoot){.root = repository->inside.len ? given : top,
                         .in_repository = !repository->bare};
}

/* While a push is being received, its objects are in a folder of their own (quarantine). Source:
 * git-receive-pack(1). */
static void add_quarantine(git_odb *objects)
{
    const char *folder = getenv("GIT_OBJECT_DIRECTORY");
    if (folder && *folder) {
        git_odb_add_disk_alternate(objects, folder);
    }
}

static void add_quarantine_to(git_repository *git)
{
    git_odb *objects;
    if (git_repository_odb(&objects, git) == 0) {
        add_quarantine(objects);
        git_odb_free(objects);
    }
}

bool source_repository_open(Arena *arena, Str directory, Str given, SourceRepository **repository,
                            SourceRoot *root, Error *error)
{
    git_repository *git = NULL;
    *repository = NULL;
    Str folder = given.len ? source_real_path(arena, directory, given)
                           : source_real_path(arena, STR("/"), directory);
    if (!folder.len) {
        return error_set(error, given, (Position){0}, "cannot use this as the root: %m");
    }
    source_library_start();
    if (!open_git(folder, &git, error)) {
        git_libgit2_shutdown();
        return false;
    }
    add_quarantine_to(git);
    SourceRepository *opened = ARENA_NEW(arena, SourceRepository);
    Str common = str_from(git_repository_commondir(git));
    opened->arena = arena;
    opened->git = git;
    opened->objects = source_join(arena, common, STR("objects"));
    opened->tree = tree_of(arena, git);
    opened->bare = git_repository_is_bare(git);
    place_root(opened, given.len ? folder : given, root);
    *repository = opened;
    return true;
}

void source_repository_close(SourceRepository *repository)
{
    if (repository) {
        for (size_t i = 0; i < REPOSITORY_READERS; i++) {
            git_odb_free(atomic_exchange(&repository->idle[i], NULL));
        }
        for (SourceSnapshot *at = repository->snapshots; at; at = at->next) {
            git_tree_free(at->tree);
        }
        git_repository_free(repository->git);
        git_libgit2_shutdown();
    }
}

/* Are the variables that git sets for its hooks about this repository? */
static bool environment_is_ours(const SourceRepository *repository)
{
    const char *given = getenv("GIT_DIR");
    char *named = given ? realpath(given, NULL) : NULL;
    char *ours = realpath(git_repository_path(repository->git), NULL);
    bool same = !given || (named && ours && strcmp(named, ours) == 0);
    free(named);
    free(ours);
    return same;
}

/* A relative one is looked for in the working tree, where git itself would stand. */
static Str named_index(SourceRepository *repository)
{
    const char *given = getenv("GIT_INDEX_FILE");
    if (!given || !*given || !environment_is_ours(repository)) {
        return (Str){0};
    }
    return given[0] == '/' ? str_from(given)
                           : source_join(repository->arena, repository->tree, str_from(given));
}

bool source_repository_index(SourceRepository *repository, const IndexFile **index, Error *error)
{
    if (!repository->index) {
        IndexFile *file = ARENA_NEW(repository->arena, IndexFile);
        if (!source_index_read(repository->arena, repository->git, named_index(repository),
                               repository->tree, file, error)) {
            return false;
        }
        repository->index = file;
    }
    *index = repository->index;
    return true;
}

bool source_repository_tracks(SourceRepository *repository, Str path)
{
    const IndexFile *index = NULL;
    Error error;
    Str full = source_join(repository->arena, repository->inside, path);
    return source_repository_index(repository, &index, &error) && source_index_find(index, full);
}

/* libgit2 shares a pack among all who name it alike, and its lock: so each reader has its own name.
 */
static git_odb *open_objects(SourceRepository *repository)
{
    git_odb *objects = NULL;
    char path[PATH_MAX];
    size_t number = atomic_fetch_add(&repository->readers, 1) % REPOSITORY_READERS;
    int length =
        snprintf(path, sizeof path, "%.*s", (int)repository->objects.len, repository->objects.at);
    for (size_t i = 0; i < number && (size_t)length + 3 < sizeof path; i++) {
        path[length++] = '/';
        path[length++] = '.';
        path[length] = '\0';
    }
    if (git_odb_open(&objects, path) == 0) {
        add_quarantine(objects);
    }
    return objects;
}

/* An object database that only the calling thread uses until it gives it back: libgit2's objects
 * are not made for two at a time. Source: libgit2, docs/threading.md. */
static git_odb *take_objects(SourceRepository *repository)
{
    git_odb *objects = NULL;
    for (size_t i = 0; i < REPOSITORY_READERS && !objects; i++) {
        objects = atomic_exchange(&repository->idle[i], NULL);
    }
    return objects ? objects : open_objects(repository);
}

static void give_back(SourceRepository *repository, git_odb *objects)
{
    for (size_t i = 0; i < REPOSITORY_READERS && objects; i++) {
        git_odb *nobody = NULL;
        if (atomic_compare_exchange_strong(&repository->idle[i], &nobody, objects)) {
            objects = NULL;
        }
    }
    git_odb_free(objects);
}

static Str why_unreadable(Arena *arena, int status)
{
    const git_error *last = git_error_last();
    if (status == GIT_ENOTFOUND) {
        return STR("its content is not in this clone (a partial one? `git fetch --refetch` without "
                   "a filter gets all)");
    }
    return arena_format(arena, "not readable: %s",
                        last && last->message ? last->message : "git's object database");
}

static bool copy_blob(git_odb_object *object, SourceText *text, Str *reason)
{
    size_t size = git_odb_object_size(object);
    if (git_odb_object_type(object) != GIT_OBJECT_BLOB) {
        *reason = STR("no file");
        return false;
    }
    if (size > UINT32_MAX) {
        *reason = STR("4 GiB or larger");
        return false;
    }
    char *bytes = memory_allocate(size + 1);
    memcpy(bytes, git_odb_object_data(object), size);
    *text = (SourceText){.text = {.at = bytes, .len = size}, .block = bytes};
    return true;
}

bool source_repository_read(Arena *arena, SourceRepository *repository, const git_oid *id,
                            SourceText *text, Str *reason)
{
    git_odb_object *object = NULL;
    git_odb *objects = take_objects(repository);
    int status = objects ? git_odb_read(&object, objects, id) : GIT_ERROR;
    bool read = status == 0 && copy_blob(object, text, reason);
    if (status != 0) {
        *reason = why_unreadable(arena, status);
    }
    git_odb_object_free(object);
    give_back(repository, objects);
    return read;
}
