#ifndef RINGFENCE_SQL_FRAGMENT_H
#define RINGFENCE_SQL_FRAGMENT_H

#include "source/lines.h"
#include "sql/statement.h"
#include "sql/token.h"

/* A piece of SQL and where it came from: the position map. */

/* From byte `sql` of the SQL on, its bytes stand in the file from byte `file` on, up to the next span. */
typedef struct {
    uint32_t sql, file;
} Span;

typedef struct {
    Str sql;                /* with a NUL behind it */
    const Span *spans;      /* by `sql`, the first one at 0 */
    size_t span_count;      /* at least 1 */
    const LineIndex *lines; /* of the file */
} SqlFragment;

/* The file's byte that byte `offset` of the SQL came from; the SQL's length gives the byte behind its end. */
uint32_t fragment_offset(const SqlFragment *fragment, uint32_t offset);

/* Where bytes `range` of the SQL stand in the file. */
Place fragment_place(const SqlFragment *fragment, Range range);

/* Those bytes as the file has them, comments and all. */
Str fragment_source(const SqlFragment *fragment, Range range);

/* What string constant `token` of the fragment holds, decoded ('' and E'' escapes, U& left alone, dollar
 * quotes), as a fragment of its own whose positions are still the file's. Lives in `arena`. */
SqlFragment fragment_of_string(Arena *arena, const SqlFragment *fragment, Token token);

/* Bytes `range` of the fragment, as a fragment of its own. */
SqlFragment fragment_of_range(Arena *arena, const SqlFragment *fragment, Range range);

#endif
