#ifndef RINGFENCE_EXTRACT_CLAUSE_H
#define RINGFENCE_EXTRACT_CLAUSE_H

#include "extract/placeholder.h"

/* What a text that is pasted into SQL takes the place of, as the tokens around it tell. */

typedef enum {
    CLAUSE_VALUE,     /* an operand, an argument, an element of a list, a name */
    CLAUSE_WHOLE,     /* a whole condition; or an item of SELECT, RETURNING, GROUP BY, ORDER BY */
    CLAUSE_DIRECTION, /* what follows an item of ORDER BY: ASC, NULLS LAST */
} ClauseKind;

/* The kind of each of `holes`, which are of `sql`, in their order; in `arena`. O(tokens). */
ClauseKind *clause_find(Arena *arena, Str sql, const Placeholders *holes);

#endif
