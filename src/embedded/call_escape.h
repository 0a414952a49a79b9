#ifndef RINGFENCE_EMBEDDED_CALL_ESCAPE_H
#define RINGFENCE_EMBEDDED_CALL_ESCAPE_H

#include "sql/fragment.h"

/* The escape for calls of JDBC and ODBC, which their drivers replace: {call f(…)}, {? = call f(…)}.
 * Sources: JDBC 4.3, "Stored Procedures"; pgJDBC, Parser.modifyJdbcCall. */

/* Does `text` begin with one? It need not be all there. */
bool call_escape_is(Str text);

/* If `sql` begins with one, makes it what PostgreSQL is sent: CALL f(…), SELECT f(…), with
 * parentheses where it has none. Anything else is left as it is. In `arena`. */
void call_escape_replace(Arena *arena, SqlFragment *sql);

#endif
