#ifndef RINGFENCE_SQL_CATALOG_H
#define RINGFENCE_SQL_CATALOG_H

#include "sql/statement.h"

/* What the repository's own DDL declares. Filled by one thread, then read by any number. */
typedef struct Catalog Catalog;

/* One schema that holds an object of some name. */
typedef struct CatalogEntry {
    ObjectKind kind;
    ObjectName name;
    ObjectName parent; /* of an index, or of a sequence that a column owns: its table; of a foreign
                          server: its wrapper */
    const Service *code;                    /* whose file declares it, or NULL */
    size_t last;                            /* the number of the last statement that declares it */
    const struct CatalogEntry *next_schema; /* the same name in another schema */
} CatalogEntry;

Catalog *catalog_new(Arena *arena);

/* The declarations that are added from now on are of the next statement: the first one has
 * number 1. */
void catalog_next_statement(Catalog *catalog);

/* Adds an object; the first declaration of a name counts, but for the first parent that is told.
 * `declaration` must outlive the catalog, `schema` is the one it resolves to; `code` is the service
 * whose file declares it, or NULL. */
void catalog_add(Catalog *catalog, const Declaration *declaration, Str schema, const Service *code);

/* The object, or NULL. Relations, indexes, sequences share one namespace, as in pg_class. */
const CatalogEntry *catalog_find(const Catalog *catalog, ObjectKind kind, Str schema, Str name);

/* The objects called `name` in any schema, linked by next_schema; or NULL. */
const CatalogEntry *catalog_named(const Catalog *catalog, ObjectKind kind, Str name);

#endif
