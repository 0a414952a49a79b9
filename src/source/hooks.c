#include "source/hooks.h"

#include <git2.h>
#include <stdlib.h>

#include "source/below.h"
#include "source/repository.h"

#include "base/banned.h"

static bool fail(Error *error, Str directory, const char *what)
{
    const git_error *last = git_error_last();
    return error_set(error, directory, (Position){0}, "%s: %s", what,
                     last && last->message ? last->message : "unknown error");
}

static Str without_slash(Str path)
{
    return path.len > 1 && path.at[path.len - 1] == '/' ? str_slice(path, 0, path.len - 1) : path;
}

/* libgit2 knows nothing of the settings that one worktree has for itself. */
static void add_worktree_settings(Arena *arena, git_repository *repository, git_config *config)
{
    int own = 0;
    if (git_config_get_bool(&own, config, "extensions.worktreeconfig") == 0 && own) {
        Str file = arena_format(arena, "%sconfig.worktree", git_repository_path(repository));
        git_config_add_file_ondisk(config, file.at, GIT_CONFIG_LEVEL_APP, repository, 1);
    }
}

/* The path that the settings hold, `~` and all resolved; empty when it is. */
static bool read_path(Arena *arena, git_config *config, Str *path)
{
    git_buf text = {0};
    bool read = git_config_get_path(&text, config, "core.hookspath") == 0;
    *path = read && text.size ? arena_copy(arena, without_slash(str_from(text.ptr))) : (Str){0};
    git_buf_dispose(&text);
    return read;
}

/* Sets hooks->folder to what the settings say, if they do. */
static bool read_setting(Arena *arena, git_config *config, SourceHooks *hooks, Error *error)
{
    git_config_entry *entry = NULL;
    Str path;
    if (git_config_get_entry(&entry, config, "core.hookspath") != 0) {
        return true;
    }
    hooks->configured = true;
    hooks->everywhere = entry->level < GIT_CONFIG_LEVEL_LOCAL;
    git_config_entry_free(entry);
    if (!read_path(arena, config, &path)) {
        return fail(error, hooks->working_tree, "cannot read core.hooksPath");
    }
    if (!path.len) {
        return error_set(error, hooks->working_tree, (Position){0},
                         "core.hooksPath is empty: git runs no hooks");
    }
    hooks->folder = path.at[0] == '/' ? path : source_join(arena, hooks->working_tree, path);
    return true;
}

static bool find_folder(Arena *arena, git_repository *repository, SourceHooks *hooks, Error *error)
{
    git_config *config = NULL;
    Str inside;
    if (git_repository_config(&config, repository) != 0) {
        return fail(error, hooks->working_tree, "cannot read git's settings");
    }
    add_worktree_settings(arena, repository, config);
    bool read = read_setting(arena, config, hooks, error);
    git_config_free(config);
    if (read && !hooks->folder.len) {
        Str shared = without_slash(str_from(git_repository_commondir(repository)));
        hooks->folder = source_join(arena, shared, STR("hooks"));
    }
    hooks->in_tree = hooks->configured &&
                     source_is_below(hooks->working_tree, hooks->folder, &inside) &&
                     !str_starts_with(inside, STR(".git/"));
    return read;
}

static bool open_repository(Str directory, git_repository **repository, Error *error)
{
    int status =
        git_repository_open_ext(repository, directory.at, 0, getenv("GIT_CEILING_DIRECTORIES"));
    if (status == GIT_ENOTFOUND) {
        return error_set(error, directory, (Position){0}, "there is no git repository around this");
    }
    if (status != 0) {
        return fail(error, directory, "cannot read the git repository");
    }
    return !git_repository_is_bare(*repository) ||
           error_set(error, directory, (Position){0},
                     "this is a bare repository: nobody commits in it, so no hook would run");
}

bool source_hooks_find(Arena *arena, Str directory, SourceHooks *hooks, Error *error)
{
    git_repository *repository = NULL;
    *hooks = (SourceHooks){0};
    source_library_start();
    bool found = open_repository(arena_copy(arena, directory), &repository, error);
    if (found) {
        Str tree = str_from(git_repository_workdir(repository));
        hooks->working_tree = source_real_path(arena, STR("/"), tree);
        found = find_folder(arena, repository, hooks, error);
    }
    git_repository_free(repository);
    git_libgit2_shutdown();
    return found;
}
