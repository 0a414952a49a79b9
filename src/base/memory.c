#include "base/memory.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

void *memory_allocate(size_t size)
{
    return memory_resize(NULL, size);
}

void *memory_allocate_zeroed(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size);
    if (!block) {
        memory_exhausted();
    }
    return block;
}

void *memory_resize(void *block, size_t size)
{
    void *resized = realloc(block, size ? size : 1);
    if (!resized) {
        memory_exhausted();
    }
    return resized;
}

_Noreturn void memory_exhausted(void)
{
    static const char message[] = "ringfence: out of memory\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(2);
}
