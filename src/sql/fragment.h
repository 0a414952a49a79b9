#ifndef RINGFENCE_SQL_FRAGMENT_H
#define RINGFENCE_SQL_FRAGMENT_H

#include "base/array.h"
#include "source/lines.h"
#include "sql/statement.h"
#include "sql/token.h"

/* A piece of SQL and where it came from: the position map. */

/* From byte `sql` of the SQL on, its bytes stand in the file from byte `file` on, up to the next
 * span. Where `hole` is not 0, all of them stand for the `hole` bytes from there on instead: a
 * variable's value, say. */
typedef struct {
    uint32_t sql, file;
    uint32_t hole;
} Span;

typedef struct {
    Str sql;                /* with a NUL behind it */
    const Span *spans;      /* by `sql`, the first one at 0 */
    size_t span_count;      /* at least 1 */
    const LineIndex *lines; /* of the file */
    bool plain;             /* nothing fills it in: a name that holds ${x} is called so */
} SqlFragment;

/* The file's byte that byte `offset` of the SQL came from; the SQL's length gives the byte behind
 * its end. */
uint32_t fragment_offset(const SqlFragment *fragment, uint32_t offset);

/* The file's byte behind the last one of bytes `range`. */
uint32_t fragment_behind(const SqlFragment *fragment, Range range);

/* Where bytes `range` of the SQL stand in the file. */
Place fragment_place(const SqlFragment *fragment, Range range);

/* Those bytes as the file has them, comments and all. */
Str fragment_source(const SqlFragment *fragment, Range range);

/* What string constant `token` of the fragment holds, decoded ('' and E'' escapes, U& left alone,
 * dollar quotes), as a fragment of its own whose positions are still the file's. Lives in `arena`.
 */
SqlFragment fragment_of_string(Arena *arena, const SqlFragment *fragment, Token token);

/* Bytes `range` of the fragment, as a fragment of its own. */
SqlFragment fragment_of_range(Arena *arena, const SqlFragment *fragment, Range range);

/* A fragment being put together from pieces. Everything of it lives in the arena. */
typedef struct {
    Arena *arena;
    const LineIndex *lines;
    bool plain;
    ARRAY(char) sql;
    ARRAY(Span) spans;
} FragmentDraft;

/* An empty draft with room for `most` bytes, for pieces of `from` and other fragments of its file.
 */
FragmentDraft fragment_begin(Arena *arena, const SqlFragment *from, size_t most);

/* Appends bytes `range` of `from`, where they stand. */
void fragment_append(FragmentDraft *draft, const SqlFragment *from, Range range);

/* Appends a text that the file does not have. It stands from byte `file` of the file on. */
void fragment_append_text(FragmentDraft *draft, Str text, uint32_t file);

/* The same for a text all of which stands for bytes `in_file` of the file: what comes in for a
 * hole. */
void fragment_append_hole(FragmentDraft *draft, Str text, Range in_file);

/* The finished fragment; an empty one stands at byte `file` of the file. */
SqlFragment fragment_end(FragmentDraft *draft, uint32_t file);

#endif
