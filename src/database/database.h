#ifndef RINGFENCE_DATABASE_DATABASE_H
#define RINGFENCE_DATABASE_DATABASE_H

#include "base/error.h"

/* A server, looked at and never changed. The only user of libpq. */

typedef struct Database Database;

/* Connects, and opens a read-only transaction with one snapshot and PostgreSQL's own search_path,
 * so that no function of the database's is called. Time limits: 10 seconds to connect, unless
 * `conninfo` or PGCONNECT_TIMEOUT says otherwise, 10 seconds for a lock, 5 minutes for a statement.
 * `conninfo` is libpq's: keywords, a URI or a database's name; it is never shown, as it may hold a
 * password, and that is masked in what the server says. NULL when that fails; `error` then says
 * why. The caller frees it with database_close. */
Database *database_open(Str conninfo, Error *error);

/* The server's major version. */
unsigned database_version(const Database *database);

/* Calls `row` for each row of the query's result, with its columns as texts; a null is an empty
 * one. The texts are valid during the call. */
bool database_query(Database *database, Str query, void (*row)(void *context, const Str *columns),
                    void *context, Error *error);

/* Did the last query fail because another session dropped what it was looking at? The catalogs'
 * functions look past the snapshot. A new connection may have more luck. */
bool database_was_changed(const Database *database);

/* NULL is allowed. */
void database_close(Database *database);

#endif
