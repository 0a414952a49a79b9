#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

static void buffer_reserve(Buffer *buffer, size_t more)
{
    if (more < buffer->capacity - buffer->len) {
        return;
    }
    size_t doubled = buffer->capacity * 2;
    size_t needed = buffer->len + more + 1;
    buffer->capacity = needed > doubled ? needed : doubled;
    buffer->at = memory_resize(buffer->at, buffer->capacity);
}

void buffer_append(Buffer *buffer, Str text)
{
    if (text.len) {
        buffer_reserve(buffer, text.len);
        memcpy(buffer->at + buffer->len, text.at, text.len);
        buffer->len += text.len;
    }
}

void buffer_append_byte(Buffer *buffer, char byte)
{
    buffer_reserve(buffer, 1);
    buffer->at[buffer->len++] = byte;
}

void buffer_format(Buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    buffer_reserve(buffer, (size_t)length);
    va_start(arguments, format);
    vsnprintf(buffer->at + buffer->len, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->len += (size_t)length;
}

Str buffer_str(const Buffer *buffer)
{
    return (Str){.at = buffer->at, .len = buffer->len};
}

const char *buffer_cstring(Buffer *buffer)
{
    buffer_reserve(buffer, 1);
    buffer->at[buffer->len] = '\0';
    return buffer->at;
}

void buffer_clear(Buffer *buffer)
{
    buffer->len = 0;
}

void buffer_free(Buffer *buffer)
{
    free(buffer->at);
    *buffer = (Buffer){0};
}
