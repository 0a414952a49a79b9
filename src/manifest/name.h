#ifndef RINGFENCE_MANIFEST_NAME_H
#define RINGFENCE_MANIFEST_NAME_H

#include "base/arena.h"

/* Names as the manifest writes them: unquoted ones are folded to lower case as PostgreSQL does,
 * quoted ones are exact, and no name is longer than PostgreSQL keeps. */

enum { NAME_LONGEST = 63 };

/* `schema.name` or a bare name. */
typedef struct {
    Str schema;    /* empty: no dot */
    Str name;      /* may be a glob if those were allowed */
    Str arguments; /* of a routine: between the parentheses, trimmed; .at is NULL without any */
} ManifestName;

/* What else than names may stand there. */
typedef enum { NAME_PLAIN = 0, NAME_GLOB = 1, NAME_ARGUMENTS = 2 } NameSyntax;

/* Reads one unqualified name: a schema, a role. On failure returns false and `*why` says what is
 * wrong with it, in the arena. */
bool name_parse_identifier(Arena *arena, Str text, Str *name, const char **why);

/* Reads `schema.name`; `syntax` says whether the name may be a glob or carry a routine's arguments.
 */
bool name_parse_qualified(Arena *arena, Str text, unsigned syntax, ManifestName *name,
                          const char **why);

/* Do the server or the session own this schema? Then no service can. */
bool name_is_reserved_schema(Str schema);

#endif
