#ifndef RINGFENCE_SQL_PLPGSQL_H
#define RINGFENCE_SQL_PLPGSQL_H

#include "sql/token.h"

/* Finds the SQL in a PL/pgSQL body. It reads tokens and knows which clauses of which statement are
 * SQL; it builds no tree. What it does not understand it says so, and goes on behind the next
 * semicolon. Source: PostgreSQL 15, src/pl/plpgsql/src/pl_gram.y and pl_scanner.c. */

typedef enum {
    PLPGSQL_EXPRESSION, /* what stands behind an implied SELECT */
    PLPGSQL_ASSIGNMENT, /* target := value; `part` is the value */
    PLPGSQL_PERFORM,    /* the same as an expression, but a statement */
    PLPGSQL_STATEMENT, /* an SQL statement; `part` is its INTO, which is PL/pgSQL's own, or empty */
    PLPGSQL_EXECUTE,   /* an expression whose value is run as SQL */
    PLPGSQL_TYPE,      /* the type of a declaration */
    PLPGSQL_COLLATION, /* the name behind COLLATE of a declaration */
    PLPGSQL_DECLARATION, /* a variable: its name, `part` is its type, `value` its default; the SQL
                            in them comes as parts of its own */
    PLPGSQL_TARGET,      /* names that are set by other means than := : of INTO, FOR, GET, ALIAS */
    PLPGSQL_REFUSED      /* not understood: `message` */
} PlpgsqlKind;

typedef struct {
    PlpgsqlKind kind;
    Range range; /* bytes of the body, from the first token to the last */
    Range part, value;
    const char *message; /* static */
} PlpgsqlPart;

typedef void PlpgsqlSink(void *context, const PlpgsqlPart *part);

/* Gives `sink` every part of `body`, in its order. Memory for what is nested comes from `scratch`;
 * the depth has no limit. */
void plpgsql_read(Arena *scratch, Str body, PlpgsqlSink *sink, void *context);

/* Is `name` (folded) a label of the body, and so no relation in name.variable%TYPE? */
bool plpgsql_has_label(Arena *scratch, Str body, Str name);

#endif
