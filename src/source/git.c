#include "source/git.h"

#include <git2.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/map.h"
#include "source/below.h"
#include "source/ignore.h"
#include "source/repository.h"

#include "base/banned.h"

typedef enum { INDEX_NOTHING, INDEX_FILE, INDEX_FOLDER, INDEX_SUBMODULE } IndexKind;

struct SourceGit {
    git_repository *repository;
    Str working_tree;
    Map known;                 /* path in the working tree -> IndexKind */
    Str root_inside;           /* the root in the working tree, or … */
    Str tree_inside;           /* … the working tree in the root; empty where they are the same */
    const SourceIgnore *rules; /* of the user and the repository, outside the tree */
    bool fold_case;
    Arena *arena;
};

/* `repository` is NULL when there is none with a working tree. */
static bool open_repository(Str folder, git_repository **repository, Error *error)
{
    *repository = NULL;
    int status =
        git_repository_open_ext(repository, folder.at, 0, getenv("GIT_CEILING_DIRECTORIES"));
    if (status != 0 && status != GIT_ENOTFOUND) {
        return source_git_fail(error, folder, "cannot read the git repository");
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

static bool holds(Str folder, const char *name)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%.*s/%s", (int)folder.len, folder.at, name);
    struct stat status;
    return length < 0 || (size_t)length >= sizeof path || lstat(path, &status) == 0;
}

/* Could the folder, an absolute one, be in a repository? Starting libgit2 costs milliseconds: it
 * reads all certificates of the system. */
static bool may_be_inside(Str folder)
{
    for (;;) {
        if (holds(folder, ".git") || holds(folder, "HEAD")) {
            return true;
        }
        if (!folder.len) {
            return false;
        }
        do {
            folder.len--;
        } while (folder.len && folder.at[folder.len] != '/');
    }
}

bool source_git_find(Arena *arena, Str folder, Str *working_tree, Error *error)
{
    git_repository *repository;
    if (!may_be_inside(folder)) {
        *working_tree = (Str){0};
        return true;
    }
    source_library_start();
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
    IndexFile index;
    if (!source_index_read(git->arena, git->repository, (Str){0}, folder, &index, error)) {
        return false;
    }
    remember(git, (Str){0}, INDEX_FOLDER);
    for (size_t i = 0; i < index.count; i++) {
        const IndexEntry *entry = &index.entries[i];
        bool submodule = index_entry_mode(entry) == GIT_FILEMODE_COMMIT;
        remember(git, entry->path, submodule ? INDEX_SUBMODULE : INDEX_FILE);
        remember_folders(git, entry->path);
    }
    return true;
}

static void add_rules(const SourceGit *git, Arena *arena, Str root, Str path, SourceLinks links,
                      Str folder, const SourceIgnore **rules)
{
    SourceText text;
    Str reason;
    if (source_read_below(arena, root, path, links, &text, &reason)) {
        *rules = source_ignore_parse(arena, text.text, folder, git->fold_case, *rules);
        source_close(&text);
    }
}

/* The user's own ignore file: core.excludesFile, or git's default for it. Empty when there is none.
 */
static Str find_user_rules(Arena *arena, git_config *config)
{
    git_buf configured = {0};
    Str path = {0};
    const char *folder = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (git_config_get_path(&configured, config, "core.excludesfile") == 0) {
        path = arena_copy(arena, str_from(configured.ptr));
    } else if (folder && *folder) {
        path = source_join(arena, str_from(folder), STR("git/ignore"));
    } else if (home && *home) {
        path = source_join(arena, str_from(home), STR(".config/git/ignore"));
    }
    git_buf_dispose(&configured);
    return path;
}

/* A path that the user or git itself chose: it may lie anywhere. */
static void add_outside_rules(SourceGit *git, Str path)
{
    Str real = path.len ? source_real_path(git->arena, git->working_tree, path) : path;
    if (real.len) {
        Str relative = str_slice(real, 1, real.len);
        add_rules(git, git->arena, STR("/"), relative, LINKS_INSIDE, (Str){0}, &git->rules);
    }
}

static void read_outside_rules(SourceGit *git)
{
    git_config *config = NULL;
    int fold_case = 0;
    if (git_repository_config_snapshot(&config, git->repository) == 0) {
        git->fold_case =
            git_config_get_bool(&fold_case, config, "core.ignorecase") == 0 && fold_case;
        add_outside_rules(git, find_user_rules(git->arena, config));
        git_config_free(config);
    }
    Str folder = str_from(git_repository_commondir(git->repository));
    add_outside_rules(git, source_join(git->arena, folder, STR("info/exclude")));
}

/* false when neither of the two holds the other. */
static bool relate_to_root(SourceGit *git, Str root)
{
    return source_is_below(root, git->working_tree, &git->tree_inside) ||
           source_is_below(git->working_tree, root, &git->root_inside);
}

bool source_git_open(Arena *arena, Str folder, Str root, SourceGit **git, Error *error)
{
    git_repository *repository;
    *git = NULL;
    source_library_start();
    bool readable = open_repository(folder, &repository, error);
    if (!repository) {
        git_libgit2_shutdown();
        return readable;
    }
    SourceGit *opened = ARENA_NEW(arena, SourceGit);
    *opened = (SourceGit){.repository = repository, .arena = arena};
    opened->working_tree = working_tree_of(arena, repository);
    bool read = read_index(opened, folder, error);
    if (read && relate_to_root(opened, root)) {
        read_outside_rules(opened);
        *git = opened;
    } else {
        source_git_close(opened);
    }
    return read;
}

void source_git_close(SourceGit *git)
{
    if (git) {
        git_repository_free(git->repository);
        git_libgit2_shutdown();
    }
}

/* Sets `inside`, a C string too, to what git calls `path`; false when that is not in the working
 * tree. */
static bool path_in_working_tree(const SourceGit *git, Arena *arena, Str path, Str *inside)
{
    if (git->root_inside.len) {
        *inside = path.len ? source_join(arena, git->root_inside, path)
                           : arena_copy(arena, git->root_inside);
        return true;
    }
    if (git->tree_inside.len && !source_is_below(git->tree_inside, path, &path)) {
        return false;
    }
    *inside = arena_copy(arena, path);
    return true;
}

/* `inside` is a path in the working tree. */
static SourceGitFolder enter(const SourceGit *git, Arena *arena, SourceGitFolder outer, Str inside)
{
    outer.ignored =
        outer.ignored || (inside.len && source_ignore_matches(outer.rules, inside, true));
    if (!outer.ignored) {
        Str file = source_join(arena, inside, STR(".gitignore"));
        Str folder = str_slice(file, 0, inside.len);
        add_rules(git, arena, git->working_tree, file, LINKS_REFUSED, folder, &outer.rules);
    }
    return outer;
}

SourceGitFolder source_git_enter(const SourceGit *git, Arena *arena, SourceGitFolder outer,
                                 Str path)
{
    Str inside;
    return path_in_working_tree(git, arena, path, &inside) ? enter(git, arena, outer, inside)
                                                           : outer;
}

SourceGitFolder source_git_start(const SourceGit *git, Arena *arena, Str path)
{
    SourceGitFolder folder = {.rules = git->rules};
    Str inside;
    if (!path_in_working_tree(git, arena, path, &inside)) {
        return folder;
    }
    folder = enter(git, arena, folder, (Str){0});
    for (size_t end = 0; end < inside.len;) {
        end = str_find_byte(inside, '/', end + 1);
        folder = enter(git, arena, folder, str_slice(inside, 0, end));
    }
    return folder;
}

bool source_git_tracks_folder(const SourceGit *git, Arena *scratch, Str path)
{
    Str inside;
    return path_in_working_tree(git, scratch, path, &inside) && recall(git, inside) == INDEX_FOLDER;
}

static bool wants(const SourceGit *git, SourceGitFolder outer, Str inside, bool is_folder)
{
    IndexKind kind = recall(git, inside);
    if (kind == (is_folder ? INDEX_FOLDER : INDEX_FILE)) {
        return true;
    }
    return !outer.ignored && !(is_folder && kind == INDEX_SUBMODULE) &&
           !source_ignore_matches(outer.rules, inside, is_folder);
}

bool source_git_wants_folder(const SourceGit *git, Arena *scratch, SourceGitFolder outer, Str path)
{
    Str inside;
    return path_in_working_tree(git, scratch, path, &inside) && wants(git, outer, inside, true);
}

bool source_git_wants_file(const SourceGit *git, Arena *scratch, SourceGitFolder outer, Str path)
{
    Str inside;
    return path_in_working_tree(git, scratch, path, &inside) && wants(git, outer, inside, false);
}
