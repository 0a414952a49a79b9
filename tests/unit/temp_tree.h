#ifndef RINGFENCE_TESTS_TEMP_TREE_H
#define RINGFENCE_TESTS_TEMP_TREE_H

/* A temporary folder for a test, and git in it. Every failure ends the test program. */

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

extern char **environ;

static inline void tree_die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(99);
}

/* An absolute path without links. */
static inline Str tree_new(Arena *arena)
{
    const char *parent = getenv("TMPDIR");
    Str path = arena_format(arena, "%s/ringfence-XXXXXX", parent && *parent ? parent : "/tmp");
    char *made = mkdtemp((char *)path.at);
    char *real = made ? realpath(made, NULL) : NULL;
    if (!real) {
        tree_die("mkdtemp");
    }
    path = arena_copy(arena, str_from(real));
    free(real);
    return path;
}

/* Runs a program in `folder`, its output going to `output` unless that is -1; returns its exit
 * code. */
static inline int tree_spawn(Str folder, char *const *arguments, int output)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 0;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder.at);
    if (output >= 0) {
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    }
    errno = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (errno != 0 || waitpid(child, &status, 0) != child) {
        tree_die(arguments[0]);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* Runs a program that must succeed; the arguments end with NULL. */
__attribute__((sentinel)) static inline void tree_run(Str folder, ...)
{
    char *arguments[64];
    size_t count = 0;
    va_list list;
    va_start(list, folder);
    do {
        arguments[count] = va_arg(list, char *);
    } while (arguments[count++] && count < sizeof arguments / sizeof *arguments);
    va_end(list);
    if (tree_spawn(folder, arguments, -1) != 0) {
        fprintf(stderr, "%s %s failed\n", arguments[0], arguments[1]);
        exit(99);
    }
}

static inline void tree_remove(Str path)
{
    tree_run(STR("/"), "rm", "-rf", "--", path.at, NULL);
}

static inline const char *tree_path(Arena *arena, Str tree, const char *path)
{
    return arena_format(arena, "%s/%s", tree.at, path).at;
}

static inline void tree_make_folder(Arena *arena, Str tree, const char *path)
{
    char *full = (char *)tree_path(arena, tree, path);
    for (char *slash = full + tree.len + 1; (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
        *slash = '\0';
        mkdir(full, 0777);
    }
    if (mkdir(full, 0777) != 0 && errno != EEXIST) {
        tree_die(full);
    }
}

/* Writes a file and makes the folders it needs. */
static inline void tree_write(Arena *arena, Str tree, const char *path, Str text)
{
    const char *slash = strrchr(path, '/');
    if (slash) {
        tree_make_folder(arena, tree, arena_copy(arena, (Str){path, (size_t)(slash - path)}).at);
    }
    FILE *file = fopen(tree_path(arena, tree, path), "w");
    if (!file || fwrite(text.at, 1, text.len, file) != text.len || fclose(file) != 0) {
        tree_die(path);
    }
}

static inline void tree_link(Arena *arena, Str tree, const char *target, const char *path)
{
    if (symlink(target, tree_path(arena, tree, path)) != 0) {
        tree_die(path);
    }
}

/* Keeps the user's own git configuration out of the test. */
static inline void tree_isolate_git(void)
{
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_AUTHOR_NAME", "Test", 1);
    setenv("GIT_AUTHOR_EMAIL", "test@example.org", 1);
    setenv("GIT_COMMITTER_NAME", "Test", 1);
    setenv("GIT_COMMITTER_EMAIL", "test@example.org", 1);
    setenv("HOME", "/nonexistent", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    unsetenv("GIT_DIR");
    unsetenv("GIT_WORK_TREE");
    unsetenv("GIT_INDEX_FILE");
}

static inline void tree_init_repository(Str tree)
{
    tree_run(tree, "git", "init", "-q", "-b", "main", ".", NULL);
}

static inline void tree_commit(Str tree)
{
    tree_run(tree, "git", "add", "-A", NULL);
    tree_run(tree, "git", "commit", "-q", "--allow-empty", "-m", "x", NULL);
}

#endif
