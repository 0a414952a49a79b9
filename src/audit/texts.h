#ifndef RINGFENCE_AUDIT_TEXTS_H
#define RINGFENCE_AUDIT_TEXTS_H

/* The .sql files of this folder, embedded by ci/embed-sql. */

/* What stands in a database: path, kind, schema, name, anchor, role, text; by path. */
extern const char audit_objects[];

#endif
