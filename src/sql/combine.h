#ifndef RINGFENCE_SQL_COMBINE_H
#define RINGFENCE_SQL_COMBINE_H

#include "sql/statement.h"

/* Fills in statement->queries from its resolved accesses; linear in their number. */
void combine_queries(Statement *statement);

#endif
