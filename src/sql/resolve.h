#ifndef RINGFENCE_SQL_RESOLVE_H
#define RINGFENCE_SQL_RESOLVE_H

#include "sql/catalog.h"
#include "sql/session.h"

/* Settles what names mean, who owns what they mean, and whether the code may touch it. */

typedef struct {
    const Manifest *manifest;
    const Catalog *catalog;
    const Service *service; /* whose code it is, or NULL */
    size_t statement;       /* the number of the statement in the catalog's count */
    uint32_t today;         /* yyyymmdd: exceptions past it count no more */
    bool *exceptions_used;  /* by index: set where one allows an access, atomically; may be NULL */
} Resolver;

/* Fills the second half of every access of `statement`; the session is as its last statement left
 * it. */
void resolve_statement(const Resolver *resolver, const Session *session, Statement *statement);

/* The schema that a declaration's object is made in; empty for a temporary one. */
Str resolve_declaration(const Session *session, const Declaration *declaration);

/* The table that an index or a column's sequence, its name resolved, belongs to; empty: none. It is
 * in the same schema. */
Str resolve_parent(const Resolver *resolver, const Access *access);

#endif
