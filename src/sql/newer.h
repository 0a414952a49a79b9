#ifndef RINGFENCE_SQL_NEWER_H
#define RINGFENCE_SQL_NEWER_H

#include "base/arena.h"
#include "base/str.h"

/* Syntax that newer versions of PostgreSQL have and the parser that was built in may not. */

/* `sql` in the words of PostgreSQL 15: as many bytes, each token in its place, and the same
 * accesses. In `arena`, with a NUL behind it; empty when there is nothing newer in it. Linear.
 *
 * MERGE … WHEN NOT MATCHED BY TARGET is WHEN NOT MATCHED, and what BY SOURCE does to a row, UPDATE
 * or DELETE, WHEN MATCHED can do. Source: PostgreSQL 17's manual, MERGE. */
Str newer_in_old_words(Arena *arena, Str sql);

#endif
