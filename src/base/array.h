#ifndef RINGFENCE_BASE_ARRAY_H
#define RINGFENCE_BASE_ARRAY_H

#include "base/arena.h"

/* A growing array in an arena: ARRAY(int) numbers = {0}; array_push(arena, &numbers, 5);
 * Elements move when it grows, so no pointer to one is kept while it is filled. */
#define ARRAY(Type)             \
    struct {                    \
        Type *at;               \
        size_t count, capacity; \
    }

#define array_push(arena, array, ...)                                                          \
    do {                                                                                       \
        if ((array)->count == (array)->capacity) {                                             \
            (array)->at = array_grow((arena), (array)->at, (array)->count, &(array)->capacity, \
                                     sizeof *(array)->at);                                     \
        }                                                                                      \
        (array)->at[(array)->count++] = (__VA_ARGS__);                                         \
    } while (0)

/* A copy of the array's elements, no larger than they are, in `arena`: for what was grown in
 * another one. */
#define ARRAY_KEEP(arena, array) array_keep((arena), (array).at, (array).count, sizeof *(array).at)

void *array_keep(Arena *arena, const void *at, size_t count, size_t size);

/* array_push's own: a copy of `count` elements with room for more. */
void *array_grow(Arena *arena, const void *at, size_t count, size_t *capacity, size_t size);

#endif
