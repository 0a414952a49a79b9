#ifndef RINGFENCE_SOURCE_LINES_H
#define RINGFENCE_SOURCE_LINES_H

#include "base/arena.h"
#include "base/error.h"

/* Turns byte offsets into lines and columns. Lines end with \n; \r\n and \n count alike. Columns count
 * code points; a byte that is no UTF-8 counts as one. A BOM at the start has no column. */
typedef struct {
    Str text;
    uint32_t *starts; /* offset of each line's first byte */
    size_t count;
} LineIndex;

/* O(text). `text` must outlive the index. */
LineIndex lines_index(Arena *arena, Str text);

/* The position of byte `offset` (clamped to the text's length). O(log lines + length of the line). */
Position lines_position(const LineIndex *lines, size_t offset);

/* The line numbered `line` (from 1) without its line end; empty when there is none. */
Str lines_line(const LineIndex *lines, uint32_t line);

#endif
