#ifndef RINGFENCE_CHECK_DECLARING_H
#define RINGFENCE_CHECK_DECLARING_H

#include "base/arena.h"
#include "base/str.h"

/* What of a file that nobody asked about can declare something for others: the rest need not be
 * read. */

/* May a source file, whatever its language, hold SQL that declares? It holds CREATE or ALTER before
 * a word of DDL or before what only the run knows, IMPORT FOREIGN, or an INTO that is no INSERT's.
 */
bool declaring_in_source(Str text);

/* `sql`, a statement, with blanks in the place of dollar-quoted bodies that neither declare
 * anything, nor change the session, nor connect; a copy in `arena`, or `sql` itself. */
Str declaring_without_bodies(Arena *arena, Str sql);

#endif
