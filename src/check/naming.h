#ifndef RINGFENCE_CHECK_NAMING_H
#define RINGFENCE_CHECK_NAMING_H

#include "base/arena.h"
#include "base/word_set.h"

/* The names that changed DDL is about. Source files that hold none of them mean what they meant. */

typedef struct Naming {
    WordSet names;
    bool unknown; /* the DDL may be about any name */
} Naming;

/* Adds what follows the verbs of DDL in `text`, an SQL script or a source file: too many words
 * rather than too few. Names are copied to `arena`. */
void naming_collect(Arena *arena, Naming *naming, Str text, bool script);

/* Adds what the attributes of a Liquibase changelog name: tableName="…" and their like. */
void naming_collect_attributes(Arena *arena, Naming *naming, Str text);

/* Does `text` hold one of the names, anywhere and in any case? True when they are not known. */
bool naming_is_in(const Naming *naming, Str text);

#endif
