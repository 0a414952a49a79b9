#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/sanitizer.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

#include "base/banned.h"

enum { FIRST_BLOCK = 64 * 1024, LARGEST_KEPT = 512 * 1024, LARGEST_GROWTH = 8 * 1024 * 1024 };

typedef struct Block {
    struct Block *next;
    size_t capacity;
    alignas(max_align_t) char bytes[];
} Block;

struct Arena {
    Block *block; /* the one in use; older ones follow */
    size_t used;
    size_t
        limit; /* of the bytes that may be used as they are: the capacity, or what was populated */
};

enum { POPULATED_AT_ONCE = 256 * 1024 };

static Block *block_new(size_t capacity, Block *next)
{
    Block *block = memory_allocate(sizeof(Block) + capacity);
    block->next = next;
    block->capacity = capacity;
    ASAN_POISON_MEMORY_REGION(block->bytes, capacity);
    return block;
}

static void block_free(Block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->capacity);
    free(block);
}

Arena *arena_new(void)
{
    Arena *arena = memory_allocate(sizeof *arena);
    arena->block = block_new(FIRST_BLOCK, NULL);
    arena->used = 0;
    arena->limit = arena->block->capacity;
    return arena;
}

/* Keeps the newest block that is not too large: what is reset again and again asks the system for
 * no memory. */
void arena_reset(Arena *arena)
{
    while (arena->block->next && arena->block->capacity > LARGEST_KEPT) {
        Block *older = arena->block->next;
        block_free(arena->block);
        arena->block = older;
    }
    while (arena->block->next) {
        Block *older = arena->block->next;
        arena->block->next = older->next;
        block_free(older);
    }
    arena->used = 0;
    arena->limit = arena->block->capacity;
    ASAN_POISON_MEMORY_REGION(arena->block->bytes, arena->block->capacity);
}

void arena_free(Arena *arena)
{
    if (!arena) {
        return;
    }
    while (arena->block) {
        Block *next = arena->block->next;
        block_free(arena->block);
        arena->block = next;
    }
    free(arena);
}

void arena_adopt(Arena *arena, Arena *other)
{
    Block *last = other->block;
    while (last->next) {
        last = last->next;
    }
    last->next = arena->block->next;
    arena->block->next = other->block;
    free(other);
}

static void arena_grow(Arena *arena, size_t size)
{
    size_t capacity = arena->block->capacity * 2;
    capacity = capacity < LARGEST_GROWTH ? capacity : LARGEST_GROWTH;
    arena->block = block_new(size > capacity ? size : capacity, arena->block);
    arena->used = 0;
    arena->limit = 0;
}

/* Lets the next bytes be used. One call for many pages costs the system a fraction of a fault for
 * each. */
static void arena_populate(Arena *arena, size_t size)
{
    size_t left = arena->block->capacity - arena->used;
    size_t wanted = size > POPULATED_AT_ONCE ? size : POPULATED_AT_ONCE;
    arena->limit = arena->used + (wanted < left ? wanted : left);
#ifdef MADV_POPULATE_WRITE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = ((uintptr_t)(arena->block->bytes + arena->used) + page - 1) & ~(page - 1);
    uintptr_t end = (uintptr_t)(arena->block->bytes + arena->limit) & ~(page - 1);
    if (end > start) {
        madvise((void *)start, end - start, MADV_POPULATE_WRITE); /* an older system: never mind */
    }
#endif
}

void *arena_take_raw(Arena *arena, size_t size)
{
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX / 2) {
        memory_exhausted();
    }
    size_t rounded = (size + alignment - 1) & ~(alignment - 1);
    if (rounded > arena->limit - arena->used) {
        if (rounded > arena->block->capacity - arena->used) {
            arena_grow(arena, rounded);
        }
        arena_populate(arena, rounded);
    }
    char *taken = arena->block->bytes + arena->used;
    arena->used += rounded;
    ASAN_UNPOISON_MEMORY_REGION(taken, size);
    return taken;
}

void *arena_take(Arena *arena, size_t size)
{
    return memset(arena_take_raw(arena, size), 0, size);
}

Str arena_copy(Arena *arena, Str text)
{
    char *copy = arena_take_raw(arena, text.len + 1);
    if (text.len) {
        memcpy(copy, text.at, text.len);
    }
    copy[text.len] = '\0';
    return (Str){.at = copy, .len = text.len};
}

Str arena_format(Arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_take_raw(arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return (Str){.at = text, .len = (size_t)length};
}
