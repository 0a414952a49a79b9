#ifndef RINGFENCE_SQL_BUILTIN_H
#define RINGFENCE_SQL_BUILTIN_H

#include "sql/statement.h"

/* Is `name` one that PostgreSQL itself has in pg_catalog, which is looked in before the
 * search_path? Of KIND_OTHER it knows collations, text search objects, operator classes and
 * families. The names are those of PostgreSQL 15 (builtin_names.inc), with the parser of a later
 * one those that 16 and 17 added (builtin_names_17.inc), and the type names that only the grammar
 * knows: int, serial … */
bool builtin_is(ObjectKind kind, Str name);

/* Does every object of `schema` belong to PostgreSQL? */
bool builtin_schema(Str schema);

#endif
