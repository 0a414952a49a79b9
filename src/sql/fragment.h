#ifndef RINGFENCE_SQL_FRAGMENT_H
#define RINGFENCE_SQL_FRAGMENT_H

#include "source/lines.h"
#include "sql/statement.h"

/* A piece of SQL and where it came from. */
typedef struct {
    Str sql;                /* with a NUL behind it */
    uint32_t start;         /* byte 0 of `sql` is this byte of the file */
    const LineIndex *lines; /* of the file */
} SqlFragment;

/* Where bytes `range` of the SQL stand in the file. */
Place fragment_place(const SqlFragment *fragment, Range range);

/* Those bytes as the file has them, comments and all. */
Str fragment_source(const SqlFragment *fragment, Range range);

#endif
