#ifndef RINGFENCE_EXTRACT_MARKER_H
#define RINGFENCE_EXTRACT_MARKER_H

#include "base/arena.h"

/* Comments that mean something to migration and query tools: where a migration, a changeset or a
 * named query begins the statement before it ends, with or without a semicolon; what stands in
 * Liquibase's `--rollback` is SQL. Sources: the documentation of goose, sql-migrate, dbmate,
 * Liquibase ("Example Changelogs: SQL Format"), sqlc, aiosql, HugSQL. */

/* `text` as the tools see it: of the same length, so every byte keeps its place, and in `arena` if
 * anything had to be changed. Only a script whose first comments hold such a marker is changed. */
Str marker_apply(Arena *arena, Str text);

/* Do the comments above the first token, which `text` must hold, hold such a marker? */
bool marker_is_on(Str text);

#endif
