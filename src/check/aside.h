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

/* Does `text`, of whatever kind, hold what looks like DDL: CREATE, ALTER or DROP, and soon what is
 * made? */
bool aside_has_ddl(Str text);

/* Is it a script, neither source file nor settings? Any script can declare something for others. */
bool aside_is_script(Str path);

/* Can a file at `path` declare anything for others? Scripts can, and source files in folders, or
 * with names, that speak of migrations or schemas; to open all others would take longer than the
 * rest. */
bool aside_may_declare(Str path);

#endif
