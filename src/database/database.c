#include "database/database.h"

#include <libpq-fe.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/memory.h"

#include "base/banned.h"

struct Database {
    Arena *arena;
    PGconn *connection;
};

/* What the server or libpq says, without its line end. */
static bool fail(const Database *database, const char *what, Error *error)
{
    Str message = str_trim(str_from(PQerrorMessage(database->connection)));
    return error_set(error, STR(""), (Position){0}, "%s: %.*s", what, (int)message.len,
                     message.at ? message.at : "");
}

static bool run(Database *database, const char *statement, Error *error)
{
    PGresult *result = PQexec(database->connection, statement);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good || fail(database, "the database refused to begin", error);
}

/* A text that is no connection string would be quoted in libpq's message. */
static bool is_understood(const char *conninfo, Error *error)
{
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(conninfo, &message);
    bool good = options != NULL;
    PQconninfoFree(options);
    PQfreemem(message);
    return good || error_set(error, STR(""), (Position){0},
                             "the connection string is not understood; it is as psql takes it: "
                             "\"host=… dbname=…\" or postgresql://…");
}

static bool connect_to(Database *database, Str conninfo, Error *error)
{
    const char *text = arena_copy(database->arena, conninfo).at;
    const char *const keywords[] = {"fallback_application_name", "dbname", "client_encoding", NULL};
    const char *const values[] = {"ringfence", text, "UTF8", NULL};
    bool has_options = str_find_byte(conninfo, '=', 0) < conninfo.len ||
                       str_starts_with(conninfo, STR("postgres://")) ||
                       str_starts_with(conninfo, STR("postgresql://"));
    if (has_options && !is_understood(text, error)) {
        return false;
    }
    database->connection = PQconnectdbParams(keywords, values, 1);
    return PQstatus(database->connection) == CONNECTION_OK ||
           fail(database, "cannot connect", error);
}

Database *database_open(Str conninfo, Error *error)
{
    Database *database = memory_allocate(sizeof *database);
    *database = (Database){.arena = arena_new()};
    if (connect_to(database, conninfo, error) &&
        run(database, "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", error) &&
        run(database, "SET LOCAL search_path = pg_catalog", error) &&
        run(database, "SET LOCAL statement_timeout = '5min'", error) &&
        run(database, "SET LOCAL enable_nestloop = off", error) &&
        run(database, "SET LOCAL jit = off", error)) {
        return database;
    }
    database_close(database);
    return NULL;
}

unsigned database_version(const Database *database)
{
    return (unsigned)PQserverVersion(database->connection) / 10000;
}

static Str column(const PGresult *result, int row, int number)
{
    return (Str){.at = PQgetvalue(result, row, number),
                 .len = (size_t)PQgetlength(result, row, number)};
}

bool database_query(Database *database, Str query, void (*row)(void *context, const Str *columns),
                    void *context, Error *error)
{
    PGresult *result = PQexec(database->connection, arena_copy(database->arena, query).at);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        PQclear(result);
        return fail(database, "the database refused the query", error);
    }
    int count = PQnfields(result);
    Str *columns = ARENA_ARRAY(database->arena, Str, (size_t)count);
    for (int i = 0; i < PQntuples(result); i++) {
        for (int j = 0; j < count; j++) {
            columns[j] = column(result, i, j);
        }
        row(context, columns);
    }
    PQclear(result);
    return true;
}

void database_close(Database *database)
{
    if (database) {
        PQfinish(database->connection);
        arena_free(database->arena);
        free(database);
    }
}
