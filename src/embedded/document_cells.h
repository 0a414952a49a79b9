#ifndef RINGFENCE_EMBEDDED_DOCUMENT_CELLS_H
#define RINGFENCE_EMBEDDED_DOCUMENT_CELLS_H

#include "embedded/document_parts.h"

/* The JSON of a Jupyter notebook. Source: https://nbformat.readthedocs.io, format 4; RFC 8259. */

/* The strings of a cell's source, each with its quotes. */
typedef struct {
    ARRAY(Range) lines;
    bool code;
} DocumentCell;

typedef struct {
    ARRAY(DocumentCell) cells; /* of code, with a source */
    const Language *kernel;    /* what they are written in: Python, where nothing says */
    bool kernel_sql;           /* … is SQL */
    bool failed;               /* it is no well-formed JSON from byte `failed_at` on */
    uint32_t failed_at;
} DocumentCells;

/* Reads the notebook; what was read before a failure is there. In `arena`. O(text). */
DocumentCells document_cells(Arena *arena, Str text);

#endif
