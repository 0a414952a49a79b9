#ifndef RINGFENCE_MANIFEST_IMPLIED_H
#define RINGFENCE_MANIFEST_IMPLIED_H

#include "manifest/ownership.h"

/* The rights that follow from the manifest: what a role may do to an object. */

typedef enum { IMPLIED_RELATION, IMPLIED_ROUTINE, IMPLIED_TYPE, IMPLIED_SCHEMA } ImpliedKind;

/* What rights are asked about. */
typedef struct {
    ImpliedKind kind; /* sequences count as relations */
    Str schema;
    Str name;    /* empty: of a schema, or of every object of the kind in it */
    Owner owner; /* of the object */
} ImpliedObject;

/* The privileges of a role of `purpose` of `service` on the object; ACCESS_GRANT among them says
 * that it may hand them on. Exceptions count up to `today` (yyyymmdd), or always where it is 0. An
 * owner that is no service implies everything, but for shared objects that one service writes. own
 * objects: the owner role everything; app roles all but CREATE in schemas; read-only roles reading;
 *   published ones: the privileges listed, and USAGE of the schema; excepted ones likewise;
 *   those of a service that is split: nothing. */
AccessSet implied_privileges(const Manifest *manifest, uint32_t today, const Service *service,
                             RolePurpose purpose, const ImpliedObject *object);

/* Does any entry of `exceptions` that holds on `today` allow `service` the privileges on
 * schema.name? */
bool implied_exception(const Manifest *manifest, uint32_t today, const Service *service, Str schema,
                       Str name, AccessSet privileges);

#endif
