#ifndef RINGFENCE_EMBEDDED_LIQUIBASE_WRITE_H
#define RINGFENCE_EMBEDDED_LIQUIBASE_WRITE_H

#include "embedded/liquibase_value.h"

/* What liquibase_write.c (a change as SQL) tells liquibase.c (which changes there are). */

/* Is the element a change that is SQL, or stands for it? */
bool liquibase_is_change(Str name);

/* The SQL of such a change. */
SqlFragment liquibase_write(Changelog *log, const MybatisNode *node);

/* Puts a semicolon in the place of each `end` that ends a statement of `sql`, which liquibase_write
 * made. False for a regular expression that is more than a text. */
bool liquibase_cut(SqlFragment *sql, Str end);

#endif
