#ifndef RINGFENCE_SQL_COMMAND_TAG_H
#define RINGFENCE_SQL_COMMAND_TAG_H

#include "sql/tree.h"

/* PostgreSQL's command tag of a statement ("CREATE VIEW"), static or in `arena`; "" for a node that
 * is none. Source: PostgreSQL 15, src/backend/tcop/utility.c, CreateCommandTag(). */
const char *command_tag(Arena *arena, const Node *statement);

#endif
