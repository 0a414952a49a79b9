#ifndef RINGFENCE_SQL_COMPUTING_H
#define RINGFENCE_SQL_COMPUTING_H

#include "sql/computed.h"

/* The inside of computed.c, which puts a text together, and of computed_format.c, which does so for
 * format(). */

typedef struct {
    Arena *arena;
    const SqlFragment *from;
    ComputedNames *names;
    FragmentDraft draft;
    ComputedText result;
} Computing;

/* Appends what `expression` computes. */
void computing_append(Computing *computing, const Node *expression);

/* Appends what the call of format() gives (computed_format.c). */
void computing_format(Computing *computing, const Node *call);

/* Appends what `node` computes, as one name (quote `"`) or one constant (quote `'`); where that is
 * not known, a hole, shown at `at`. */
void computing_quoted(Computing *computing, const Node *node, char quote, Range at);

/* Appends `hole` for the bytes `at` of the expression's fragment, and counts it. */
void computing_hole(Computing *computing, char hole, Range at);

/* Appends `hole` for `length` bytes of the file from byte `file` on. */
void computing_hole_at(Computing *computing, char hole, uint32_t file, size_t length);

/* Is `node` a string constant, but for casts? In *text what it holds. */
bool computing_string(const Computing *computing, const Node *node, SqlFragment *text);

/* The name or token that `node` begins with: what a message about it points at. */
Range computing_range(const Computing *computing, const Node *node);

#endif
