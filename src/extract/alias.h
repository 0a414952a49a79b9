#ifndef RINGFENCE_EXTRACT_ALIAS_H
#define RINGFENCE_EXTRACT_ALIAS_H

#include "sql/fragment.h"

/* PostgreSQL 16 lets a subquery in FROM go without an alias; libpg_query before 16 does not.
 * Source: PostgreSQL 16's release notes, "Allow subqueries in the FROM clause to omit aliases". */

/* Does the parser's message say that an alias is missing? */
bool alias_is_missing(Str refusal);

/* `fragment` with an alias behind each subquery that the parser misses one of, in *filled. False:
 * it is refused for something else as well, or for nothing. Memory from `scratch`. */
bool alias_fill(Arena *scratch, const SqlFragment *fragment, SqlFragment *filled);

#endif
