#include "database/library.h"

#include <dlfcn.h>
#include <libpq-fe.h>

#include "base/banned.h"

/* The functions of libpq that are used: what each returns, its parameters, their names. */
#define LIBRARY_FUNCTIONS(X)                                                                    \
    X(PGconn *, PQconnectdbParams,                                                              \
      (const char *const *keywords, const char *const *values, int expand),                     \
      (keywords, values, expand))                                                               \
    X(PQconninfoOption *, PQconninfoParse, (const char *conninfo, char **message),              \
      (conninfo, message))                                                                      \
    X(char *, PQerrorMessage, (const PGconn *connection), (connection))                         \
    X(PGresult *, PQexec, (PGconn * connection, const char *query), (connection, query))        \
    X(int, PQgetlength, (const PGresult *result, int row, int column), (result, row, column))   \
    X(char *, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column)) \
    X(int, PQnfields, (const PGresult *result), (result))                                       \
    X(int, PQntuples, (const PGresult *result), (result))                                       \
    X(char *, PQpass, (const PGconn *connection), (connection))                                 \
    X(char *, PQresultErrorField, (const PGresult *result, int field), (result, field))         \
    X(ExecStatusType, PQresultStatus, (const PGresult *result), (result))                       \
    X(int, PQserverVersion, (const PGconn *connection), (connection))                           \
    X(PQnoticeReceiver, PQsetNoticeReceiver,                                                    \
      (PGconn * connection, PQnoticeReceiver receiver, void *argument),                         \
      (connection, receiver, argument))                                                         \
    X(ConnStatusType, PQstatus, (const PGconn *connection), (connection))

#define LIBRARY_PROCEDURES(X)                                  \
    X(PQclear, (PGresult * result), (result))                  \
    X(PQconninfoFree, (PQconninfoOption * options), (options)) \
    X(PQfinish, (PGconn * connection), (connection))           \
    X(PQfreemem, (void *memory), (memory))

/* Found once, by library_open. */
static struct {
#define FIELD(type, name, parameters, arguments) type(*name) parameters;
#define VOID_FIELD(name, parameters, arguments) void(*name) parameters;
    LIBRARY_FUNCTIONS(FIELD)
    LIBRARY_PROCEDURES(VOID_FIELD)
} library;

#define CALL(type, name, parameters, arguments) \
    type name parameters                        \
    {                                           \
        return library.name arguments;          \
    }
#define VOID_CALL(name, parameters, arguments) \
    void name parameters                       \
    {                                          \
        library.name arguments;                \
    }
LIBRARY_FUNCTIONS(CALL)
LIBRARY_PROCEDURES(VOID_CALL)

static bool find(void *handle, const char *name, void *function)
{
    void **slot = function;
    *slot = dlsym(handle, name);
    return *slot != NULL;
}

bool library_open(Error *error)
{
    void *handle = dlopen("libpq.so.5", RTLD_LAZY | RTLD_LOCAL); /* its name since PostgreSQL 8.2 */
    bool found = handle != NULL;
#define FIND(type, name, parameters, arguments) found = found && find(handle, #name, &library.name);
#define VOID_FIND(name, parameters, arguments) FIND(void, name, parameters, arguments)
    LIBRARY_FUNCTIONS(FIND)
    LIBRARY_PROCEDURES(VOID_FIND)
    return found || error_set(error, STR(""), (Position){0},
                              "cannot load PostgreSQL's client library: %s", dlerror());
}
