/* Preloaded: kills the process and its parent at call number KILL_AT of those that write a file,
 * counted from where its temporary name is made. */
#include <dlfcn.h>
#include <signal.h>
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

static void count(void)
{
    if (!first || getpid() == first) {
        return;
    }
    const char *most = getenv("KILL_AT");
    if (calls >= 0 && ++calls == atoi(most ? most : "0")) {
        kill(getppid(), SIGKILL);
        kill(getpid(), SIGKILL);
    }
}

#define NEXT(type, name, ...)                                           \
    static type (*next)(__VA_ARGS__);                                   \
    next = next ? next : (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name); \
    count()

ssize_t getrandom(void *at, size_t size, unsigned flags)
{
    calls = calls < 0 && first && getpid() != first ? 0 : calls;
    NEXT(ssize_t, getrandom, void *, size_t, unsigned);
    return next(at, size, flags);
}

size_t fwrite(const void *at, size_t size, size_t items, FILE *file)
{
    NEXT(size_t, fwrite, const void *, size_t, size_t, FILE *);
    return next(at, size, items, file);
}

int fputs(const char *text, FILE *file)
{
    NEXT(int, fputs, const char *, FILE *);
    return next(text, file);
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

int fclose(FILE *file)
{
    NEXT(int, fclose, FILE *);
    return next(file);
}

int rename(const char *from, const char *to)
{
    NEXT(int, rename, const char *, const char *);
    return next(from, to);
}
