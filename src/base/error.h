#ifndef RINGFENCE_BASE_ERROR_H
#define RINGFENCE_BASE_ERROR_H

#include "base/buffer.h"

/* A place in a file: both start at 1, columns count Unicode code points; 0 is "no place". */
typedef struct {
    uint32_t line, column;
} Position;

/* Why ringfence cannot do its job: owned by the caller, filled by the callee, printed once, exit 2.
 */
typedef struct {
    char path[1024]; /* empty: no file is concerned */
    Position at;
    char text[1024];
} Error;

/* Fills `error`; too long texts are cut. Returns false, so that `return error_set(…)` reads well.
 */
bool error_set(Error *error, Str path, Position at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Prints `path:line:column: error: text` (or `ringfence: error: text`) to standard error,
 * with control characters made visible. */
void error_print(const Error *error);

/* Appends `text` fit for a terminal: control characters and bytes that are no UTF-8 become
 * \xNN; tabs and printable Unicode stay. */
void text_append_printable(Buffer *buffer, Str text);

#endif
