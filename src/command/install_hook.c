#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check/prepare.h"
#include "command/command.h"
#include "command/hook_file.h"
#include "source/hooks.h"

#include "base/banned.h"

/* "ringfence: BEFORE PATH AFTER" on standard error. */
static void say(const char *before, Str path, const char *after)
{
    Buffer line = {0};
    buffer_format(&line, "ringfence: %s", before);
    text_append_printable(&line, path);
    buffer_format(&line, "%s\n", after);
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
}

static Str real_path(Arena *arena, Str path)
{
    char *real = realpath(arena_copy(arena, path).at, NULL);
    Str copy = real ? arena_copy(arena, str_from(real)) : (Str){0};
    free(real);
    return copy;
}

/* Is it this very program that a shell finds as `ringfence`? */
static bool is_on_path(Arena *arena, const struct stat *self)
{
    Str folders = str_from(getenv("PATH"));
    for (size_t start = 0; start < folders.len;) {
        size_t end = str_find_byte(folders, ':', start);
        Str name = arena_format(arena, "%.*s/ringfence", STR_ARGS(str_slice(folders, start, end)));
        struct stat status;
        if (stat(name.at, &status) == 0 && access(name.at, X_OK) == 0) {
            return status.st_dev == self->st_dev && status.st_ino == self->st_ino;
        }
        start = end + 1;
    }
    return false;
}

/* The program that the hook runs: this one by its path, for editors that commit know a short PATH
 * only. By its name where the hook is shared: somebody else's machine has other paths. */
static Str binary_for(Arena *arena, const SourceHooks *hooks)
{
    struct stat self;
    Str path = real_path(arena, STR("/proc/self/exe"));
    if (!hooks->in_tree) {
        return path;
    }
    if (stat("/proc/self/exe", &self) != 0 || !is_on_path(arena, &self)) {
        say("warning: the hook stands among the repository's files, so it runs the `ringfence` on "
            "PATH, and that is not ",
            path, "");
    }
    return (Str){0};
}

/* The manifest as seen from where git runs hooks; empty when it is found there by itself. */
static Str manifest_for(Arena *arena, const SourceHooks *hooks, Str given)
{
    Str path = real_path(arena, given);
    Str tree = hooks->working_tree;
    bool inside = str_starts_with(path, tree) && path.len > tree.len && path.at[tree.len] == '/';
    Str relative = inside ? str_slice(path, tree.len + 1, path.len) : path;
    bool found = str_equal(relative, STR("ringfence.yaml"));
    return found ? (Str){0} : relative;
}

/* Where a hook of ours would do harm, or no good: why. */
static const char *reason_against(const SourceHooks *hooks)
{
    if (hooks->everywhere) {
        return "core.hooksPath names this folder for all repositories, not for this one alone: "
               "call `ringfence check --staged` from your own hook there, or give this repository "
               "its own hooks with `git config core.hooksPath .git/hooks`";
    }
    if (str_ends_with(hooks->folder, STR("/.husky/_"))) {
        return "husky writes this folder: add the line `ringfence check --staged` to "
               ".husky/pre-commit";
    }
    return NULL;
}

static bool find_hooks(Arena *arena, SourceHooks *hooks, Error *error)
{
    return source_hooks_find(arena, run_working_directory(arena), hooks, error);
}

static bool uninstall(Arena *arena, Error *error)
{
    SourceHooks hooks;
    HookKind kind;
    bool restored;
    if (!find_hooks(arena, &hooks, error) ||
        !hook_look(arena, hooks.folder, STR(""), &kind, error)) {
        return false;
    }
    if (kind == HOOK_NONE || kind == HOOK_FOREIGN) {
        say("no hook of ringfence is in ", hooks.folder, ": nothing to do");
        return true;
    }
    if (!hook_remove(arena, hooks.folder, &restored, error)) {
        return false;
    }
    say("removed from ", hooks.folder,
        restored ? "; the hook that was there before is back" : "; no " HOOK_NAME " hook is left");
    return true;
}

static bool install_into(Arena *arena, const SourceHooks *hooks, Str manifest, Error *error)
{
    HookKind kind;
    Buffer text = {0};
    hook_text(&text, binary_for(arena, hooks), manifest);
    bool done = hook_look(arena, hooks->folder, buffer_str(&text), &kind, error);
    if (done && kind != HOOK_SAME) {
        done = hook_put(arena, hooks->folder, buffer_str(&text), kind == HOOK_FOREIGN, error);
    }
    buffer_free(&text);
    if (done) {
        say(kind == HOOK_SAME ? "already there: every commit is checked by "
                              : "from now on every commit is checked, by ",
            hooks->folder, "/" HOOK_NAME);
    }
    if (done && kind == HOOK_FOREIGN) {
        say("the hook that was there runs first, as " HOOK_EARLIER, STR(""), "");
    }
    return done;
}

static bool install(Arena *arena, const Options *options, Error *error)
{
    Run run;
    SourceHooks hooks;
    error->text[0] = '\0';
    /* Without a manifest that is right, each commit would be refused. */
    if (!command_load(arena, options, &run) || !find_hooks(arena, &hooks, error)) {
        return false;
    }
    const char *reason = reason_against(&hooks);
    if (reason) {
        return error_set(error, hooks.folder, (Position){0}, "%s", reason);
    }
    return install_into(arena, &hooks, manifest_for(arena, &hooks, run.manifest_path), error);
}

int command_install_hook(Arena *arena, const Options *options)
{
    Error error = {0};
    bool done = options->uninstall ? uninstall(arena, &error) : install(arena, options, &error);
    if (!done && error.text[0]) {
        error_print(&error);
    }
    return done ? EXIT_CLEAN : EXIT_TROUBLE;
}
