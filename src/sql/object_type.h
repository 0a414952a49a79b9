#ifndef RINGFENCE_SQL_OBJECT_TYPE_H
#define RINGFENCE_SQL_OBJECT_TYPE_H

#include "sql/statement.h"

/* PostgreSQL's ObjectType, as far as names and command tags go. */

/* What the name in a DDL statement looks like. */
typedef enum {
    SHAPE_GLOBAL,        /* belongs to no schema: databases, roles, languages … */
    SHAPE_NAME,          /* [schema.]name */
    SHAPE_SCHEMA,        /* a schema's name */
    SHAPE_ON_RELATION,   /* [schema.]relation, then a name within it: columns, triggers, policies,
                            rules */
    SHAPE_ON_DOMAIN,     /* a domain, maybe with a constraint's name behind it */
    SHAPE_BEHIND_METHOD, /* an access method, then [schema.]name: operator classes and families */
    SHAPE_TYPES,         /* types: casts and transforms */
} NameShape;

typedef struct {
    Str name;        /* "OBJECT_TABLE" */
    const char *tag; /* "TABLE", as in command tags */
    NameShape shape;
    ObjectKind kind;
} ObjectType;

/* The type called `name` ("OBJECT_TABLE"), or NULL. */
const ObjectType *object_type(Str name);

#endif
