#ifndef RINGFENCE_BASE_ARENA_H
#define RINGFENCE_BASE_ARENA_H

#include "base/str.h"

/* A bump allocator. Everything taken from it lives until arena_reset or arena_free.
 * One thread at a time. Out of memory exits with 2, so nothing here returns NULL. */
typedef struct Arena Arena;

Arena *arena_new(void);

/* Frees everything that was taken; keeps one block for the next use. Poisoned under ASan. */
void arena_reset(Arena *arena);

/* NULL is allowed. */
void arena_free(Arena *arena);

/* What was taken from `other` lives as long as what was taken from `arena`; frees `other`. */
void arena_adopt(Arena *arena, Arena *other);

/* `size` zeroed bytes, aligned for any type. */
void *arena_take(Arena *arena, size_t size);

/* The same, not zeroed: for bytes that are written at once. */
void *arena_take_raw(Arena *arena, size_t size);

/* A copy with a NUL behind it, which is not part of its length. */
Str arena_copy(Arena *arena, Str text);

Str arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, Type) ((Type *)arena_take((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count) ((Type *)arena_take((arena), sizeof(Type) * (count)))

#endif
