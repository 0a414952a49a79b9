#ifndef RINGFENCE_EMBEDDED_CALL_LOOKUP_H
#define RINGFENCE_EMBEDDED_CALL_LOOKUP_H

#include "embedded/call_rows.h"
#include "embedded/call_tokens.h"

/* Look-ups in the tables of known calls. */

/* The row of what is called: `extra` first, then rows that say "never", then
 * the language's own, then the common ones.
 * `arguments` is the source of the call's brackets; with `tag`, it is the name before a literal.
 * CALL_NONE when there is no row. */
CallRow call_lookup(const LexFile *file, const CallPath *path, Str arguments, bool tag,
                    const StrList *extra);

/* The row of a named argument or field, or NULL. */
const CallField *call_field(Str name);

#endif
