#ifndef RINGFENCE_SQL_SESSION_H
#define RINGFENCE_SQL_SESSION_H

#include "base/array.h"
#include "base/map.h"
#include "sql/statement.h"

/* What a script has set up for its next statement, as a server session would keep it. */

/* A temporary table came or went: undone by ROLLBACK. */
typedef struct {
    Str name;
    bool gone;
    bool until_commit;
} TemporaryChange;

/* What ROLLBACK goes back to: the start of the transaction, or a savepoint. */
typedef struct {
    Str name; /* empty: BEGIN */
    StrList path;
    size_t changes;
} SessionMark;

typedef struct {
    Arena *arena;
    const Service *service;
    StrList path;       /* the search_path in force */
    StrList start_path; /* what RESET goes back to */
    StrList outer_path; /* what SET LOCAL hides until the transaction ends */
    bool local;
    ARRAY(SessionMark) marks; /* empty outside a transaction */
    ARRAY(TemporaryChange) changes;
    Map temporaries; /* names of temporary tables */
} Session;

/* A session of `service` (NULL: nobody's code). Without a search_path in the manifest, a service
 * looks in the schemas it owns, then in public. */
Session session_start(Arena *arena, const Service *service);

/* Call it before the names of `statement` are resolved: a new connection forgets all. */
void session_enter(Session *session, const Statement *statement);

/* Applies what `statement` changes, once its own names are resolved. */
void session_apply(Session *session, const Statement *statement);

/* The same while no names are resolved: what it drops is not known to be temporary. */
void session_apply_unresolved(Session *session, const Statement *statement);

/* Is `name`, unqualified, a temporary table of this session? */
bool session_has_temporary(const Session *session, Str name);

/* The schemas to look in: `override`'s, if there is one. */
StrList session_path(const Session *session, const SearchPath *override);

/* Where an unqualified CREATE makes its object: the first schema that is not "$user"; or empty. */
Str session_creation_schema(const Session *session, const SearchPath *override);

#endif
