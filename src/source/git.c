#include "source/git.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "source/below.h"

#include "base/banned.h"

typedef enum { INDEX_NOTHING, INDEX_FILE, INDEX_FOLDER, INDEX_SUBMODULE } IndexKind;

struct SourceGit {
    git_repository *repository;
    git_index *index; /* its entries hold the bytes of `known`'s keys */
    Map known;        /* path in the working tree -> IndexKind */
    Str root_inside;  /* the root in the working tree, or … */
    Str tree_inside;  /* … the working tree in the root; empty where they are the same */
    Arena *arena;
    Arena *scratch; /* for one question */
};

/* Repositories of other users are read like any other folder (a CI container seldom runs as the
 * owner of the checkout): unlike git, nothing here runs hooks, filters or a file system monitor.
 * These extensions change nothing about the index, the ignore rules or where the working tree is.
 */
static void start_library(void)
{
    static const char *extensions[] = {"noop", "partialclone", "preciousobjects",
                                       "relativeworktrees", "worktreeconfig"};
    if (git_libgit2_init() == 1) {
        git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
        git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
                         sizeof extensions / sizeof *extensions);
    }
}

static bool fail(Error *error, Str folder, const char *what)
{
    const git_error *last = git_error_last();
    return error_set(error, folder, (Position){0}, "cannot read the git %s: %s", what,
                     last && last->message ? last->message : "unknown error");
}

/* `repository` is NULL when there is none with a working tree. */
static bool open_repository(Str folder, git_repository **repository, Error *error)
{
    *repository = NULL;
    int status =
        git_repository_open_ext(repository, folder.at, 0, getenv("GIT_CEILING_DIRECTORIES"));
    if (status != 0 && status != GIT_ENOTFOUND) {
        return fail(error, folder, "repository");
    }
    if (status == 0 && git_repository_is_bare(*repository)) {
        git_repository_free(*repository);
        *repository = NULL;
    }
    return true;
}

static Str working_tree_of(Arena *arena, git_repository *repository)
{
    return source_real_path(arena, STR("/"), str_from(git_repository_workdir(repository)));
}

bool source_git_find(Arena *arena, Str folder, Str *working_tree, Error *error)
{
    git_repository *repository;
    start_library();
    bool opened = open_repository(folder, &repository, error);
    *working_tree = opened && repository ? working_tree_of(arena, repository) : (Str){0};
    git_repository_free(repository);
    git_libgit2_shutdown();
    return opened;
}

static void remember(SourceGit *git, Str path, IndexKind kind)
{
    map_put(git->arena, &git->known, path, (void *)(uintptr_t)kind);
}

static IndexKind recall(const SourceGit *git, Str path)
{
    return (IndexKind)(uintptr_t)map_get(&git->known, path);
}

static void remember_folders(SourceGit *git, Str path)
{
    for (size_t end = path.len; end-- > 0;) {
        if (path.at[end] != '/') {
            continue;
        }
        Str folder = str_slice(path, 0, end);
        if (recall(git, folder) == INDEX_FOLDER) {
            return;
        }
        remember(git, folder, INDEX_FOLDER);
    }
}

static bool read_index(SourceGit *git, Str folder, Error *error)
{
    if (git_repository_index(&git->index, git->repository) != 0) {
        return fail(error, folder, "index");
    }
    remember(git, (Str){0}, INDEX_FOLDER);
    for (size_t i = 0; i < git_index_entrycount(git->index); i++) {
        const git_index_entry *entry = git_index_get_byindex(git->index, i);
        Str path = str_from(entry->path);
        remember(git, path, entry->mode == GIT_FILEMODE_COMMIT ? INDEX_SUBMODULE : INDEX_FILE);
        remember_folders(git, path);
    }
    return true;
}

/* false when neither of the two holds the other. */
static bool relate_to_root(SourceGit *git, Str root, Str working_tree)
{
    return source_is_below(root, working_tree, &git->tree_inside) ||
           source_is_below(working_tree, root, &git->root_inside);
}

bool source_git_open(Arena *arena, Str folder, Str root, SourceGit **git, Error *error)
{
    git_repository *repository;
    *git = NULL;
    start_library();
    bool readable = open_repository(folder, &repository, error);
    if (!repository) {
        git_libgit2_shutdown();
        return readable;
    }
    SourceGit *opened = ARENA_NEW(arena, SourceGit);
    *opened = (SourceGit){.repository = repository, .arena = arena, .scratch = arena_new()};
    bool read = read_index(opened, folder, error);
    if (read && relate_to_root(opened, root, working_tree_of(arena, repository))) {
        *git = opened;
    } else {
        source_git_close(opened);
    }
    return read;
}

void source_git_close(SourceGit *git)
{
    if (git) {
        git_index_free(git->index);
        git_repository_free(git->repository);
        arena_free(git->scratch);
        git_libgit2_shutdown();
    }
}

/* Sets `inside`, a C string too until the next question, to what git calls `path`; false when that
 * is not in the working tree. */
static bool path_in_working_tree(SourceGit *git, Str path, Str *inside)
{
    arena_reset(git->scratch);
    if (git->root_inside.len) {
        *inside = path.len ? source_join(git->scratch, git->root_inside, path)
                           : arena_copy(git->scratch, git->root_inside);
        return true;
    }
    if (git->tree_inside.len && !source_is_below(git->tree_inside, path, &path)) {
        return false;
    }
    *inside = arena_copy(git->scratch, path);
    return true;
}

static bool is_ignored(const SourceGit *git, Str path)
{
    int ignored = 0;
    return git_ignore_path_is_ignored(&ignored, git->repository, path.at) == 0 && ignored;
}

bool source_git_tracks_folder(SourceGit *git, Str path)
{
    Str inside;
    return path_in_working_tree(git, path, &inside) && recall(git, inside) == INDEX_FOLDER;
}

bool source_git_wants_folder(SourceGit *git, Str path)
{
    Str inside;
    if (!path_in_working_tree(git, path, &inside)) {
        return false;
    }
    IndexKind kind = recall(git, inside);
    if (kind == INDEX_FOLDER || kind == INDEX_SUBMODULE) {
        return kind == INDEX_FOLDER;
    }
    /* The slash tells libgit2 that it is a folder. */
    return !is_ignored(git, source_join(git->scratch, inside, (Str){0}));
}

bool source_git_wants_file(SourceGit *git, Str path)
{
    Str inside;
    return path_in_working_tree(git, path, &inside) &&
           (recall(git, inside) == INDEX_FILE || !is_ignored(git, inside));
}
