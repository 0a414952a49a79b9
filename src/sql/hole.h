#ifndef RINGFENCE_SQL_HOLE_H
#define RINGFENCE_SQL_HOLE_H

#include "base/arena.h"

/* Holes: places of an SQL text that something else fills in before PostgreSQL sees it (a template's
 * expression, a variable that is not known; computed.h has those of text that an expression puts
 * together). What replaces one so that the text parses is a name with a reserved start. */

/* The name that stands for the hole spelled `text`; the same text gives the same name. */
Str hole_name(Arena *arena, Str text);

/* The same for a text that is pasted in, and may be any SQL: no value of a driver's. */
Str hole_raw_name(Arena *arena, Str text);

/* Is `name` that of such texts, and nothing else? */
bool hole_is_raw(Str name);

/* Is `name` a hole's, or does it hold one: "${schema}", '{{ name }}', a character of computed.h? */
bool hole_in_name(Str name);

/* Is `text` one that stands for a hole, and nothing else? */
bool hole_is(Str text);

/* Does an SQL text hold the name of a hole? */
bool hole_in_text(Str sql);

#endif
