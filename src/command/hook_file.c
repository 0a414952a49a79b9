#include "command/hook_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

#define MARK "# Written by `ringfence install-hook`"

/* The script's beginning. */
static const char head[] =
    "#!/bin/sh\n" MARK "; `ringfence install-hook --uninstall` takes it away.\n"
    "# It is written anew: what else must run before a commit belongs into the file named here.\n"
    "earlier=$(dirname \"$0\")/" HOOK_EARLIER "\n"
    "if [ -f \"$earlier\" ] && [ -x \"$earlier\" ]; then\n"
    "    \"$earlier\" \"$@\" || exit\n"
    "fi\n";
static const char find[] =
    "if [ ! -x \"$ringfence\" ] && ! ringfence=$(command -v ringfence); then\n"
    "    echo \"ringfence is not on your PATH, so this commit cannot be checked.\" >&2\n"
    "    echo \"Install it, or put it on PATH; then run: ringfence install-hook\" >&2\n"
    "    echo \"To commit unchecked, once: git commit --no-verify. To remove this hook: rm '$0'\" "
    ">&2\n"
    "    exit 1\n"
    "fi\n"
    "exec \"$ringfence\" check --staged";

/* As one word of a shell's command. */
static void append_quoted(Buffer *out, Str text)
{
    buffer_append_byte(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'') {
            buffer_append(out, STR("'\\''"));
        } else {
            buffer_append_byte(out, text.at[i]);
        }
    }
    buffer_append_byte(out, '\'');
}

void hook_text(Buffer *out, Str binary, Str manifest)
{
    buffer_append(out, STR(head));
    buffer_append(out, STR("ringfence="));
    append_quoted(out, binary);
    buffer_append_byte(out, '\n');
    buffer_append(out, STR(find));
    if (manifest.len) {
        buffer_append(out, STR(" --manifest "));
        append_quoted(out, manifest);
    }
    buffer_append_byte(out, '\n');
}

static Str join(Arena *arena, Str folder, const char *name)
{
    return arena_format(arena, "%.*s/%s", (int)folder.len, folder.at, name);
}

static bool fail(Error *error, Str path, const char *what)
{
    return error_set(error, path, (Position){0}, "%s: %s", what, strerror(errno));
}

/* Reads at most so much as tells whether it is `text`. */
static bool read_start(Arena *arena, Str path, size_t most, Str *text)
{
    char *at = arena_take(arena, most + 1);
    size_t len = 0;
    ssize_t got = 1;
    int file = open(path.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    while (file >= 0 && len < most && (got = read(file, at + len, most - len)) > 0) {
        len += (size_t)got;
    }
    *text = (Str){.at = at, .len = len};
    if (file >= 0) {
        close(file);
    }
    return file >= 0 && got >= 0;
}

static HookKind kind_of(Str found, Str text, mode_t mode)
{
    if (str_find(found, STR(MARK)) == found.len) {
        return HOOK_FOREIGN;
    }
    return str_equal(found, text) && (mode & 0777) == 0755 ? HOOK_SAME : HOOK_OURS;
}

bool hook_look(Arena *arena, Str folder, Str text, HookKind *kind, Error *error)
{
    struct stat status;
    Str found;
    Str path = join(arena, folder, HOOK_NAME);
    *kind = HOOK_FOREIGN;
    if (lstat(path.at, &status) != 0) {
        *kind = HOOK_NONE;
        return errno == ENOENT || fail(error, path, "cannot be looked at");
    }
    if (S_ISLNK(status.st_mode)) {
        return true; /* ours never is one; perhaps it leads nowhere */
    }
    if (!S_ISREG(status.st_mode)) {
        return error_set(error, path, (Position){0}, "is no file; move it out of the way");
    }
    if (!read_start(arena, path, text.len + 4096, &found)) {
        return fail(error, path, "cannot be read");
    }
    *kind = kind_of(found, text, status.st_mode);
    return true;
}

static bool make_folder(Arena *arena, Str folder, Error *error)
{
    for (size_t end = 1; end <= folder.len; end++) {
        if (end < folder.len && folder.at[end] != '/') {
            continue;
        }
        Str part = arena_copy(arena, str_slice(folder, 0, end));
        if (mkdir(part.at, 0777) != 0 && errno != EEXIST) {
            return fail(error, part, "this folder cannot be made");
        }
    }
    return true;
}

static bool write_all(int file, Str text)
{
    while (text.len) {
        ssize_t written = write(file, text.at, text.len);
        if (written < 0) {
            return false;
        }
        text = str_slice(text, (size_t)written, text.len);
    }
    return fchmod(file, 0755) == 0 && (fsync(file) == 0 || errno == EINVAL);
}

/* Writes `text` beside the hook, under a name that nobody else uses. */
static bool write_beside(Arena *arena, Str folder, Str text, Str *temporary, Error *error)
{
    uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) != sizeof number) {
        return fail(error, folder, "no random number");
    }
    *temporary = arena_format(arena, "%.*s/" HOOK_NAME ".%016llx", (int)folder.len, folder.at,
                              (unsigned long long)number);
    int file = open(temporary->at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
    bool written = file >= 0 && write_all(file, text);
    if (!written) {
        fail(error, *temporary, "cannot be written");
    }
    if (file >= 0 && close(file) != 0 && written) {
        written = fail(error, *temporary, "cannot be written");
    }
    if (file >= 0 && !written) {
        unlink(temporary->at);
    }
    return written;
}

/* Was an earlier run interrupted between giving the hook its second name and replacing it? */
static bool is_same_file(Str a, Str b)
{
    struct stat one, other;
    return lstat(a.at, &one) == 0 && lstat(b.at, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* Gives the hook a second name, so that it never is away; where the file system has no hard links,
 * another name. */
static bool keep_earlier(Str hook, Str earlier, Error *error)
{
    if (linkat(AT_FDCWD, hook.at, AT_FDCWD, earlier.at, 0) == 0 ||
        (errno == EEXIST && is_same_file(hook, earlier))) {
        return true;
    }
    if (errno == EEXIST) {
        return error_set(error, hook, (Position){0},
                         "this hook is not ringfence's, and " HOOK_EARLIER
                         " beside it is one that ringfence put aside before: join the two, remove "
                         "one, and run this again");
    }
    return ((errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK) &&
            rename(hook.at, earlier.at) == 0) ||
           fail(error, earlier, "the hook cannot be renamed to this");
}

bool hook_put(Arena *arena, Str folder, Str text, bool keep, Error *error)
{
    Str temporary;
    Str hook = join(arena, folder, HOOK_NAME);
    if (!make_folder(arena, folder, error) ||
        !write_beside(arena, folder, text, &temporary, error)) {
        return false;
    }
    bool done = !keep || keep_earlier(hook, join(arena, folder, HOOK_EARLIER), error);
    if (done && rename(temporary.at, hook.at) != 0) {
        done = fail(error, hook, "cannot be written");
    }
    if (!done) {
        unlink(temporary.at);
    }
    return done;
}

bool hook_remove(Arena *arena, Str folder, bool *restored, Error *error)
{
    Str hook = join(arena, folder, HOOK_NAME);
    *restored = rename(join(arena, folder, HOOK_EARLIER).at, hook.at) == 0;
    if (!*restored && errno != ENOENT) {
        return fail(error, hook, "cannot be replaced");
    }
    return *restored || unlink(hook.at) == 0 || fail(error, hook, "cannot be removed");
}
