#ifndef RINGFENCE_BASE_BUFFER_H
#define RINGFENCE_BASE_BUFFER_H

#include "base/str.h"

/* Growing text on the heap. Zero-initialise it; buffer_free releases it. */
typedef struct {
    char *at;
    size_t len, capacity;
} Buffer;

void buffer_append(Buffer *buffer, Str text);
void buffer_append_byte(Buffer *buffer, char byte);
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A view of what was appended, valid until the next append. */
Str buffer_str(const Buffer *buffer);

/* What was appended as a C string, valid until the next append. */
const char *buffer_cstring(Buffer *buffer);

void buffer_clear(Buffer *buffer);
void buffer_free(Buffer *buffer);

#endif
