#include "database/database.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "database/library.h"

#include "base/banned.h"

struct Database {
    Arena *arena;
    PGconn *connection;
    Str password; /* empty: none is known */
    bool changed; /* see database_was_changed */
};

/* Behind BEGIN, in this order. What the server, the database or the role sets by default could make
 * the catalogs' own functions print otherwise, look names up elsewhere, or wait for ever. pg_temp
 * is named because it else comes first. */
static const char *const settings[] = {
    "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SET LOCAL search_path = pg_catalog, pg_temp",
    "SET LOCAL statement_timeout = '5min'",
    "SET LOCAL lock_timeout = '10s'",
    "SET LOCAL enable_nestloop = off",
    "SET LOCAL jit = off",
    "SET LOCAL quote_all_identifiers = off",
    "SET LOCAL standard_conforming_strings = on",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
};

#define CONNECT_SECONDS "10"
/* Source: the manual's "PostgreSQL Error Codes". The second is what a function of the catalogs says
 * of an OID that is gone: "cache lookup failed", "could not open relation". */
#define LOCK_NOT_AVAILABLE "55P03"
#define INTERNAL_ERROR "XX000"
enum { SHORTEST_SECRET = 3 }; /* a shorter one would turn words of the message into stars */

/* What libpq says may hold what the server says, and that may be the password it was given. */
static void append_masked(Buffer *out, Str message, Str password)
{
    if (password.len < SHORTEST_SECRET) {
        buffer_append(out, message);
        return;
    }
    for (size_t at; (at = str_find(message, password)) < message.len;) {
        buffer_append(out, str_slice(message, 0, at));
        buffer_append(out, STR("***"));
        message = str_slice(message, at + password.len, message.len);
    }
    buffer_append(out, message);
}

static bool fail_with(const Database *database, const char *what, Str message, Error *error)
{
    Buffer shown = {0};
    append_masked(&shown, str_trim(message), database->password);
    for (size_t i = 0; i < shown.len; i++) { /* one line a server that was tried */
        shown.at[i] = shown.at[i] == '\n' ? ' ' : shown.at[i];
    }
    error_set(error, STR(""), (Position){0}, "%s: %.*s", what, (int)shown.len,
              shown.at ? shown.at : "");
    buffer_free(&shown);
    return false;
}

/* What the server or libpq says. */
static bool fail(const Database *database, const char *what, Error *error)
{
    return fail_with(database, what, str_from(PQerrorMessage(database->connection)), error);
}

static bool is_state(const PGresult *result, Str wanted)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state && str_equal(str_from(state), wanted);
}

/* The same about a query, without the part of its text that the server quotes. */
static bool fail_query(Database *database, PGresult *result, Error *error)
{
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *what = "the database refused the query";
    database->changed = is_state(result, STR(INTERNAL_ERROR));
    if (database->changed) {
        what = "another session dropped what was being read; try again later";
    } else if (is_state(result, STR(LOCK_NOT_AVAILABLE))) {
        what = "another session holds a lock on a table; try again later";
    }
    if (primary) {
        fail_with(database, what, str_from(primary), error);
    } else {
        fail(database, what, error);
    }
    PQclear(result);
    return false;
}

static bool run(Database *database, const char *statement, Error *error)
{
    PGresult *result = PQexec(database->connection, statement);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good || fail(database, "the database refused to begin", error);
}

static bool is_uri(Str text)
{
    return str_starts_with(text, STR("postgres://")) || str_starts_with(text, STR("postgresql://"));
}

/* Where a user or password holds @ or / as it is, libpq takes the rest of it for a host, a port or
 * a database, and names that in its messages. Source: "Connection URIs" in the manual, which wants
 * %40 and %2F there. */
static bool is_unambiguous(Str uri)
{
    size_t start = str_find(uri, STR("://")) + 3;
    Str rest = str_slice(uri, start, str_find_byte(uri, '?', start));
    size_t at = str_find_byte(rest, '@', 0);
    return at == rest.len ||
           (str_find_byte(rest, '@', at + 1) >= rest.len && str_find_byte(rest, '/', 0) > at);
}

/* Nothing else may be a database's name alone: some other program's URL would be quoted whole in
 * "database … does not exist". */
static bool is_plain_name(Str text)
{
    return str_find_byte(text, ':', 0) == text.len && str_find_byte(text, '/', 0) == text.len &&
           str_find_byte(text, '@', 0) == text.len;
}

/* Remembers the password, to mask it. */
static void note_password(Database *database, const PQconninfoOption *options)
{
    for (; options && options->keyword; options++) {
        if (options->val && str_equal(str_from(options->keyword), STR("password"))) {
            database->password = arena_copy(database->arena, str_from(options->val));
        }
    }
}

/* libpq would quote a port that is none, and that may be a password in the wrong place, as in
 * postgresql://user:password. */
static bool is_port_sound(const PQconninfoOption *options)
{
    for (; options && options->keyword; options++) {
        if (options->val && str_equal(str_from(options->keyword), STR("port")) &&
            options->val[strspn(options->val, "0123456789,")]) {
            return false;
        }
    }
    return true;
}

/* A text that is no connection string would be quoted in libpq's message. */
static bool is_understood(Database *database, Str conninfo, Error *error)
{
    if (str_find_byte(conninfo, '=', 0) == conninfo.len && !is_uri(conninfo)) {
        return is_plain_name(conninfo) ||
               error_set(error, STR(""), (Position){0},
                         "the connection string is not understood; a URL begins with "
                         "postgresql://");
    }
    if (is_uri(conninfo) && !is_unambiguous(conninfo)) {
        return error_set(error, STR(""), (Position){0},
                         "the connection string is not understood: in a user or password @ is "
                         "written %%40, / is %%2F");
    }
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(conninfo.at, &message);
    bool good = options != NULL;
    bool sound = is_port_sound(options);
    note_password(database, options);
    PQconninfoFree(options);
    PQfreemem(message);
    if (!sound) {
        return error_set(error, STR(""), (Position){0},
                         "the connection string's port is no number; a password stands before @, "
                         "as in postgresql://user:password@host");
    }
    return good || error_set(error, STR(""), (Position){0},
                             "the connection string is not understood; it is as psql takes it: "
                             "\"host=… dbname=…\" or postgresql://…");
}

/* The server's notices are not ours to print. */
static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static bool connect_to(Database *database, Str conninfo, Error *error)
{
    Str text = arena_copy(database->arena, conninfo);
    /* What stands before dbname, the text can overrule. */
    const char *const keywords[] = {"fallback_application_name",
                                    getenv("PGCONNECT_TIMEOUT") ? "fallback_application_name"
                                                                : "connect_timeout",
                                    "dbname", "client_encoding", NULL};
    const char *const values[] = {"ringfence",
                                  getenv("PGCONNECT_TIMEOUT") ? "ringfence" : CONNECT_SECONDS,
                                  text.at, "UTF8", NULL};
    if (!is_understood(database, text, error)) {
        return false;
    }
    database->connection = PQconnectdbParams(keywords, values, 1);
    const char *used = database->connection ? PQpass(database->connection) : NULL;
    if (used && used[0]) { /* from a file or the environment */
        database->password = arena_copy(database->arena, str_from(used));
    }
    PQsetNoticeReceiver(database->connection, ignore_notice, NULL);
    return PQstatus(database->connection) == CONNECTION_OK ||
           fail(database, "cannot connect", error);
}

static bool begin(Database *database, Error *error)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (!run(database, settings[i], error)) {
            return false;
        }
    }
    return true;
}

Database *database_open(Str conninfo, Error *error)
{
    if (!library_open(error)) {
        return NULL;
    }
    Database *database = memory_allocate(sizeof *database);
    *database = (Database){.arena = arena_new()};
    if (connect_to(database, conninfo, error) && begin(database, error)) {
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
        return fail_query(database, result, error);
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

bool database_was_changed(const Database *database)
{
    return database->changed;
}

void database_close(Database *database)
{
    if (database) {
        PQfinish(database->connection);
        arena_free(database->arena);
        free(database);
    }
}
