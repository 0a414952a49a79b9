#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "command/command.h"

#include "base/banned.h"

static FILE *open_failed(Str path)
{
    Error error;
    error_set(&error, path, (Position){0}, "cannot be written: %s", strerror(errno));
    error_print(&error);
    return NULL;
}

FILE *output_open(Arena *arena, Str path, Str *temporary)
{
    *temporary = (Str){0};
    if (!path.len) {
        return stdout;
    }
    Str name = arena_format(arena, "%.*s.XXXXXX", STR_ARGS(path));
    int file = mkstemp((char *)name.at);
    if (file < 0) {
        return open_failed(path);
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(file, 0666 & ~mask);
    *temporary = name;
    return fdopen(file, "wb");
}

bool output_close(FILE *out, Str path, Str temporary)
{
    bool written = fflush(out) == 0 && !ferror(out);
    if (!path.len) {
        return written || open_failed(STR("standard output"));
    }
    written &= fclose(out) == 0;
    char target[4096];
    snprintf(target, sizeof target, "%.*s", STR_ARGS(path));
    if (!written || rename(temporary.at, target) != 0) {
        open_failed(path);
        unlink(temporary.at);
        return false;
    }
    return true;
}
