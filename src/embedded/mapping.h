#ifndef RINGFENCE_EMBEDDED_MAPPING_H
#define RINGFENCE_EMBEDDED_MAPPING_H

#include "lexer/lexer.h"
#include "sql/statement.h"

/* Tables that object-relational mappers map their classes onto, and that query builders are given
 * by name: what a program reads and writes without any SQL in its source. */

/* Each mapping as a statement of its own: one access to a relation (CONTEXT_MAPPING), or a notice
 * where the table's name is computed. Those that may mean something else than a table of PostgreSQL
 * are `uncertain`. */
typedef struct {
    Statement *at;
    const Range *ranges; /* where each one's name stands in the file; in scratch */
    size_t count;
} Mappings;

/* Finds the mappings of a lexed file at `places`, the bytes of the anchors that prefilter_read gave
 * for its text, in their order. They live in `arena`, and `scratch` may be reset afterwards.
 * Which libraries are known, and how: mapping_table.c. */
Mappings mapping_read(Arena *arena, Arena *scratch, const LexFile *file, const LineIndex *lines,
                      const uint32_t *places, size_t place_count);

#endif
