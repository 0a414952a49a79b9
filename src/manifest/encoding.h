#ifndef RINGFENCE_MANIFEST_ENCODING_H
#define RINGFENCE_MANIFEST_ENCODING_H

#include "manifest/mistakes.h"

/* Is `text` something a YAML parser should see: UTF-8 without NUL, of bearable size? Otherwise adds
 * the mistake. A byte order mark is cut off `text` first: it has no column. */
bool encoding_check(Str *text, Mistakes *mistakes);

/* Line and column of byte `offset`. Lines end in LF, CRLF or CR. */
typedef struct {
    Str text;
    size_t offset, line_start;
    Position at;
} PositionCursor;

/* Cheap when offsets ascend, right in any order. Zero-initialise the cursor but for the text. */
Position encoding_position(PositionCursor *cursor, size_t offset);

/* Where the first tab stands that indents a line from `line` - 1 to `line` + 1; line 0 if none
 * does. */
Position encoding_indenting_tab(Str text, uint32_t line);

#endif
