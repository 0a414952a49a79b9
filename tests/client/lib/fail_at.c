/* Preloaded: call number FAIL_AT of those that make, keep and rename files fails, with
 * "Input/output error". Only in the process that does the work, and from where it asks for a
 * temporary name. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

static int calls = -1;
static pid_t first; /* the process that was started; its child does the writing */

__attribute__((constructor)) static void remember(void)
{
    first = getpid();
}

static int fails(void)
{
    const char *at = getenv("FAIL_AT");
    if (calls >= 0 && ++calls == atoi(at ? at : "0")) {
        errno = EIO;
        return 1;
    }
    return 0;
}

#define NEXT(type, name, ...)                                           \
    static type (*next)(__VA_ARGS__);                                   \
    next = next ? next : (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name); \
    if (fails())                                                        \
    return -1

ssize_t getrandom(void *at, size_t size, unsigned flags)
{
    calls = calls < 0 && first && getpid() != first ? 0 : calls;
    NEXT(ssize_t, getrandom, void *, size_t, unsigned);
    return next(at, size, flags);
}

int open(const char *path, int flags, ...)
{
    static int (*next)(const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    next = next ? next : (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    return (flags & O_CREAT) && fails() ? -1 : next(path, flags, mode);
}

int fflush(FILE *file)
{
    NEXT(int, fflush, FILE *);
    return next(file);
}

int fsync(int file)
{
    NEXT(int, fsync, int);
    return next(file);
}

int rename(const char *from, const char *to)
{
    NEXT(int, rename, const char *, const char *);
    return next(from, to);
}
