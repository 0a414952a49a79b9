#ifndef RINGFENCE_EMBEDDED_GLANCE_H
#define RINGFENCE_EMBEDDED_GLANCE_H

#include "embedded/mapping_table.h"

/* A look at source text where a mapping may stand, by bytes and without a lexer. Most words that
 * mappings begin at stand in all kinds of code: path.join(…), Array.from(…). */

typedef struct {
    Str text;
    unsigned searches; /* for what names are bound to, so far; zero-initialise it */
} Glance;

/* May `row` match at its anchor, which stands at byte `at`? True in doubt: where comments stand
 * between, or what a table is called is not written there. O(length) for the first few that are
 * given a name instead of a literal, else a look at what is near. */
bool glance_at(Glance *glance, const MappingRow *row, size_t at);

#endif
