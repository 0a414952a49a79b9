#ifndef RINGFENCE_EMBEDDED_GLANCE_H
#define RINGFENCE_EMBEDDED_GLANCE_H

#include "embedded/mapping_table.h"

/* A look at source text where a mapping may stand, by bytes and without a lexer. Most words that
 * mappings begin at stand in all kinds of code: path.join(…), Array.from(…). */

enum { GLANCE_NAMES = 16 };

typedef struct {
    Str text;
    Str names[GLANCE_NAMES]; /* those that were searched for; zero-initialise what follows, too */
    bool bound[GLANCE_NAMES];
    size_t count;
} Glance;

/* May `row` match at its anchor, which stands at byte `at`? True in doubt: where comments stand
 * between, or what a table is called is not written there. A look at what is near, but O(length)
 * for each of the first GLANCE_NAMES names that stand where a literal could. */
bool glance_at(Glance *glance, const MappingRow *row, size_t at);

#endif
