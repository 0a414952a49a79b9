#ifndef RINGFENCE_EXTRACT_PSQL_H
#define RINGFENCE_EXTRACT_PSQL_H

#include "base/array.h"
#include "base/map.h"

/* psql's variables, as far as a script itself sets them, and the arguments of its backslash
 * commands. Source: PostgreSQL 15, src/bin/psql/psqlscanslash.l, src/fe_utils/psqlscan.l and
 * command.c. */

typedef struct {
    Str name, value;
    bool known;      /* false: set to what only the run knows, or unset */
    uint32_t branch; /* the \if branch it was set in; 0: none */
} PsqlVariable;

/* A variable that an open branch sets to what it is not outside of it. */
typedef struct {
    PsqlVariable *variable;
    uint32_t branch;
} PsqlContest;

/* One psql session's. A script that includes another one shares them with it. */
typedef struct {
    Arena *arena; /* outlives every script of the session */
    Map by_name;
    size_t count;
    size_t
        spent; /* bytes of values that were put in; a limit, so that no script multiplies itself */
    ARRAY(uint32_t) branches; /* the \if branches around, innermost last */
    uint32_t last_branch;
    ARRAY(PsqlContest) contested; /* innermost branch last */
} PsqlVariables;

/* Sets a variable; `value` is copied. */
void psql_set(PsqlVariables *variables, Str name, Str value, bool known);

/* \if, \elif and \else, \endif. All branches are read: what two of them set differently is unknown
 * behind them. */
void psql_branch_open(PsqlVariables *variables);
void psql_branch_next(PsqlVariables *variables);
void psql_branch_close(PsqlVariables *variables);

/* Every variable that a column of the query `sql` could set by `\gset prefix` is unknown from now
 * on. */
void psql_gset(PsqlVariables *variables, Str sql, Str prefix);

/* A reference to a variable in SQL or in an argument: :name, :'name', :"name", :{?name}. */
typedef struct {
    Str name;
    char quote; /* '\0', '\'', '"' or '?' */
    size_t end; /* 0: there is none */
} PsqlReference;

/* The reference at byte `at`, where a colon is. */
PsqlReference psql_reference(Str text, size_t at);

/* What psql puts in the reference's place, references inside it replaced too; false when that is
 * not known. `value` lives in `arena`. */
bool psql_value(Arena *arena, PsqlVariables *variables, PsqlReference reference, Str *value);

/* An argument of a backslash command. */
typedef struct {
    Str text;
    bool known; /* every variable and command in it is */
    Range range;
} PsqlArgument;

/* Reads the next argument at *at, which moves behind it; false at the end of the command. */
bool psql_argument(Arena *arena, PsqlVariables *variables, Str text, uint32_t *at,
                   PsqlArgument *argument);

#endif
