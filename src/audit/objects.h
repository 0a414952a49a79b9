#ifndef RINGFENCE_AUDIT_OBJECTS_H
#define RINGFENCE_AUDIT_OBJECTS_H

#include "audit/audit.h"
#include "database/database.h"

/* Fills in what stands in the database, and what of it nobody owns. */
bool objects_read(Arena *arena, const Manifest *manifest, Database *database, Audit *audit,
                  Error *error);

#endif
