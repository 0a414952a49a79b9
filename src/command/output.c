#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "command/command.h"

#include "base/banned.h"

static FILE *fail(Str path)
{
    Error error;
    error_set(&error, path, (Position){0}, "cannot be written: %s", strerror(errno));
    error_print(&error);
    return NULL;
}

/* A device, a pipe, a link: written in place, for a rename would put a file where it was. */
static bool is_special(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static FILE *open_stream(Str path, const char *name, int flags)
{
    int file = open(name, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666);
    FILE *out = file < 0 ? NULL : fdopen(file, "wb");
    return out ? out : fail(path);
}

FILE *output_open(Arena *arena, Supervisor *supervisor, Str path, Str *temporary)
{
    uint64_t number;
    *temporary = (Str){0};
    if (!path.len) {
        return stdout;
    }
    Str name = arena_copy(arena, path);
    if (is_special(name.at)) {
        return open_stream(path, name.at, O_CREAT | O_TRUNC);
    }
    if (getrandom(&number, sizeof number, 0) != sizeof number) {
        return fail(path);
    }
    *temporary = arena_format(arena, "%.*s.%016llx", STR_ARGS(path), (unsigned long long)number);
    supervisor_writes(supervisor, *temporary);
    FILE *out = open_stream(path, temporary->at, O_CREAT | O_EXCL);
    if (!out) {
        supervisor_writes(supervisor, STR(""));
    }
    return out;
}

static bool replace(Str path, Str temporary)
{
    char target[PATH_MAX];
    int length = snprintf(target, sizeof target, "%.*s", STR_ARGS(path));
    return (size_t)length < sizeof target && rename(temporary.at, target) == 0;
}

bool output_close(Supervisor *supervisor, FILE *out, Str path, Str temporary)
{
    bool written = fflush(out) == 0 && !ferror(out);
    if (!path.len) {
        return written || fail(STR("standard output"));
    }
    /* Else a crash of the machine could leave the new name with no bytes behind it. */
    written &= !temporary.len || fsync(fileno(out)) == 0 || errno == EINVAL;
    written &= fclose(out) == 0;
    if (!written || (temporary.len && !replace(path, temporary))) {
        fail(path);
        written = false;
    }
    if (!written && temporary.len) {
        unlink(temporary.at);
    }
    supervisor_writes(supervisor, STR(""));
    return written;
}
