#ifndef RINGFENCE_BASE_MEMORY_H
#define RINGFENCE_BASE_MEMORY_H

#include <stddef.h>

/* malloc, calloc and realloc that never return NULL: out of memory prints a line and exits with 2.
 */
void *memory_allocate(size_t size);
void *memory_allocate_zeroed(size_t count, size_t size);
void *memory_resize(void *block, size_t size);

/* Says that memory is exhausted and exits with 2. */
_Noreturn void memory_exhausted(void);

#endif
