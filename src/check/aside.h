#ifndef RINGFENCE_CHECK_ASIDE_H
#define RINGFENCE_CHECK_ASIDE_H

#include "extract/script.h"
#include "source/source.h"

/* Files that nobody asked about are read aside: for what they declare, and for the session of a
 * script that they include. */

/* Is the file at `path` one of them? */
bool aside_is(const SourceList *sources, Str path);

/* May the statement declare something, or change the session? False only for what surely does
 * neither. */
bool aside_needs(const Script *script, const ScriptStatement *statement);

/* Do the letters of `word` (lower case) stand anywhere in `sql`, in any case? */
bool aside_has_word(Str sql, Str word);

/* Can a file at `path` declare anything for others? Scripts do; source files and settings are not
 * asked. */
bool aside_is_script(Str path);

#endif
