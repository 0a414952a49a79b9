#ifndef RINGFENCE_EMBEDDED_CREDENTIALS_H
#define RINGFENCE_EMBEDDED_CREDENTIALS_H

#include "base/needles.h"
#include "source/lines.h"
#include "sql/statement.h"

/* Which role a file connects to PostgreSQL as: connection strings and settings in code, .env files,
 * YAML, JSON and the like. Passwords are passed over and go nowhere.
 * Source: PostgreSQL 15, "Connection Strings" and "Environment Variables" (34.1.1, 34.15). */

/* Each role as a statement of its own: one access to a KIND_ROLE (CONTEXT_CREDENTIALS). Roles that
 * the manifest does not list come from addresses (postgres://role@host/…) alone, not from those of
 * the own machine, and their statements are `uncertain`. */
typedef struct {
    Statement *at;
    const Range *ranges; /* where each role stands in the file */
    size_t count;
} Credentials;

/* Is it a file that is read for its settings and nothing else, by its name? */
bool credentials_in_file(Str path);

/* Adds the words, one of which a text that holds any must hold. */
void credentials_words(Needles *needles);

/* May the text hold any? Cheap. */
bool credentials_are_likely(Str text);

/* The roles in `text`, in their order; they live in `arena`. A key need not speak of PostgreSQL:
 * the text does, as credentials_are_likely or the prefilter has found. O(length). */
Credentials credentials_read(Arena *arena, Str text, const LineIndex *lines,
                             const Ownership *ownership);

/* The role that psql's \connect with arguments `range` of `text` becomes: \c - role, \c
 * "user=role". Else as above. */
Credentials credentials_read_connect(Arena *arena, Str text, Range range, const LineIndex *lines,
                                     const Ownership *ownership);

/* The roles in the connection strings in bytes `range` of `text`. Else as above. */
Credentials credentials_read_range(Arena *arena, Str text, Range range, const LineIndex *lines,
                                   const Ownership *ownership);

#endif
