#ifndef RINGFENCE_SOURCE_LINES_H
#define RINGFENCE_SOURCE_LINES_H

#include "base/arena.h"
#include "base/error.h"

/* Turns byte offsets into lines and columns. Lines end with \n; \r\n and \n count alike. Columns
 * count code points; a byte that is no UTF-8 counts as one. A BOM at the start has no column. Any
 * number of threads may read one index. */
typedef struct {
    uint32_t offset, column; /* a code point begins there, in that column */
} LineMark;

/* Lines of the file that the text does not hold. */
typedef struct {
    uint32_t at;    /* the byte of the text, the first of a line, that they stand before */
    uint32_t lines; /* how many, with those of all gaps before */
} LineGap;

typedef struct {
    Str text;
    const LineGap *gaps; /* by `at` */
    size_t gap_count;
    uint32_t *starts; /* offset of each line's first byte */
    size_t count;
    uint32_t *near;  /* the line of every 256th byte: where to look for the line of another */
    bool ascii;      /* every byte is a column */
    LineMark *marks; /* else: by offset, where to start counting in long lines */
    size_t mark_count;
} LineIndex;

/* O(text). `text` must outlive the index and be shorter than 4 GiB; the index lives in `arena`. An
 * empty text, and what follows the last \n, is a line too. */
LineIndex lines_index(Arena *arena, Str text);

/* The same for a text with gaps, which must outlive the index, too. */
LineIndex lines_index_gaps(Arena *arena, Str text, const LineGap *gaps, size_t gap_count);

/* The position of byte `offset` (clamped to the text's length); inside a code point, that of the
 * code point. O(log text). */
Position lines_position(const LineIndex *lines, size_t offset);

/* The line numbered `line` (from 1) without its line end and BOM, a view of the text; empty when
 * there is none, or it is left out. */
Str lines_line(const LineIndex *lines, uint32_t line);

#endif
