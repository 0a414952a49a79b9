#ifndef RINGFENCE_EXTRACT_SPLICE_H
#define RINGFENCE_EXTRACT_SPLICE_H

#include "sql/fragment.h"

/* Replacing parts of an SQL text, positions kept. */

/* `text` instead of bytes `range`. */
typedef struct {
    Range range;
    Str text;
} Splice;

/* `from` with all `splices` done: in the order of their ranges, which do not overlap. The text that
 * comes in stands for the place of what went out. Memory from `arena`, with a NUL behind the text.
 */
SqlFragment splice_all(Arena *arena, const SqlFragment *from, const Splice *splices, size_t count);

#endif
