#ifndef RINGFENCE_EMBEDDED_PART_H
#define RINGFENCE_EMBEDDED_PART_H

#include "sql/fragment.h"

/* Pieces of statements: "WHERE x = ?", "FROM a.b JOIN c.d ON …", "id IN (SELECT …)". */

/* The piece `sql` made whole by what may stand around it, for the `attempt`-th time (from 0); every
 * byte of it keeps its place in the file. False: there is no further way to try. In `arena`. */
bool part_complete(Arena *arena, const SqlFragment *sql, unsigned attempt, SqlFragment *whole);

#endif
