/* libpg_query writes its tree as JSON with one printf a piece of it, and nearly all of these pieces are constants:
 * three fifths of its time. Where it is linked statically, the linker's --wrap (see the Makefile) leads its calls
 * of appendStringInfo() here. PostgreSQL's src/include/lib/stringinfo.h says what that does. Without the archive
 * this file is not built, and all is the same, only slower. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

/* As stringinfo.h has it, the same in PostgreSQL 13 to 18; a NUL is always kept behind the text. */
typedef struct {
    char *data;
    int len;
    int maxlen; /* of the memory */
    int cursor;
} StringInfoData;

void appendBinaryStringInfo(StringInfoData *buffer, const void *data, int length); /* libpg_query's */
void __wrap_appendStringInfo(StringInfoData *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

enum { PIECE = 256, DIGITS = 12 };

static void print(StringInfoData *buffer, const char *text, size_t length)
{
    int room = buffer->maxlen - buffer->len;
    if (room <= 0 || length >= (size_t)room) {
        appendBinaryStringInfo(buffer, text, (int)length);
        return;
    }
    memcpy(buffer->data + buffer->len, text, length);
    buffer->len += (int)length;
    buffer->data[buffer->len] = '\0';
}

/* The decimal digits of `number` before `end`; where they begin. */
static char *print_digits(char *end, uint32_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return end;
}

static size_t print_int(char *out, int number)
{
    char digits[DIGITS];
    char *end = digits + sizeof digits;
    char *at = print_digits(end, number < 0 ? 0u - (uint32_t)number : (uint32_t)number);
    if (number < 0) {
        *--at = '-';
    }
    memcpy(out, at, (size_t)(end - at));
    return (size_t)(end - at);
}

/* Prints constants and %d, %c, %s into `piece`. Returns the length, or -1 for another format or want of room. */
static int print_piece(char piece[PIECE], const char *format, va_list arguments)
{
    size_t used = 0;
    for (const char *at = format;;) {
        const char *next = strchrnul(at, '%');
        size_t length = (size_t)(next - at);
        if (length + DIGITS > PIECE - used) {
            return -1;
        }
        memcpy(piece + used, at, length);
        used += length;
        if (!*next) {
            return (int)used;
        }
        if (next[1] == 'd') {
            used += print_int(piece + used, va_arg(arguments, int));
        } else if (next[1] == 'c') {
            piece[used++] = (char)va_arg(arguments, int);
        } else if (next[1] == 's') {
            const char *text = va_arg(arguments, const char *);
            size_t text_length = text ? strlen(text) : PIECE;
            if (text_length > PIECE - used) {
                return -1;
            }
            memcpy(piece + used, text, text_length);
            used += text_length;
        } else {
            return -1;
        }
        at = next + 2;
    }
}

/* Any other format. libpg_query's own printf and the C library's agree on what it uses: %ld, %u, %f, %g. */
static void print_any(StringInfoData *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = memory_allocate((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    print(buffer, text, (size_t)length);
    free(text);
}

void __wrap_appendStringInfo(StringInfoData *buffer, const char *format, ...)
{
    size_t length = (size_t)(strchrnul(format, '%') - format);
    if (!format[length]) {
        print(buffer, format, length);
        return;
    }
    char piece[PIECE];
    va_list arguments;
    va_start(arguments, format);
    int printed = print_piece(piece, format, arguments);
    va_end(arguments);
    if (printed >= 0) {
        print(buffer, piece, (size_t)printed);
        return;
    }
    va_start(arguments, format);
    print_any(buffer, format, arguments);
    va_end(arguments);
}
