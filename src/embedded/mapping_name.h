#ifndef RINGFENCE_EMBEDDED_MAPPING_NAME_H
#define RINGFENCE_EMBEDDED_MAPPING_NAME_H

#include "sql/statement.h"

/* Reads a table's name as libraries write it: inventory.orders, "inventory"."orders",
 * inventory"."orders, [inventory].[orders], and each with an alias behind it. `flags` are those of
 * mapping_table.h. The name's parts are in `arena`. False: no name of a table. */
bool mapping_name(Arena *arena, Str text, unsigned flags, ObjectName *name);

#endif
