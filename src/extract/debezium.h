#ifndef RINGFENCE_EXTRACT_DEBEZIUM_H
#define RINGFENCE_EXTRACT_DEBEZIUM_H

#include "source/lines.h"
#include "sql/statement.h"

/* Connectors of Debezium for PostgreSQL in JSON files: which tables they send away. Source:
 * Debezium's documentation, "PostgreSQL connector configuration properties". */

/* Each connector as a statement: one access (CONTEXT_CAPTURE) for each name or pattern that its
 * lists include, one without anything in its set for each that they exclude, and a
 * NOTICE_CAPTURE_ALL without a list. */
typedef struct {
    Statement *at;
    size_t count;
    uint32_t dynamic; /* patterns that were not understood */
} DebeziumConnectors;

/* May the file hold one? Cheap. */
bool debezium_is_likely(Str text);

/* Reads the connectors of a JSON text; texts live in `arena`, `scratch` may be reset afterwards.
 * What is no JSON yields what could be read of it. */
DebeziumConnectors debezium_read(Arena *arena, Arena *scratch, Str text, const LineIndex *lines);

#endif
