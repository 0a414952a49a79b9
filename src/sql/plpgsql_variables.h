#ifndef RINGFENCE_SQL_PLPGSQL_VARIABLES_H
#define RINGFENCE_SQL_PLPGSQL_VARIABLES_H

#include "base/array.h"
#include "base/map.h"
#include "sql/plpgsql.h"

/* What the variables of a PL/pgSQL body may hold, as far as its text tells: EXECUTE runs what one
 * of them was set to. */

typedef struct {
    Str name;      /* folded */
    bool declared; /* in a DECLARE section of the body */
    bool number;   /* every declaration is of a type whose text is a number or a truth value */
    bool unknown; /* it is set by more than expressions: INTO, FOR, CALL, an alias, a field of it */
    ARRAY(Range) values; /* the expressions that it is set to, by DEFAULT, := or = */
} PlpgsqlVariable;

/* The variables of one body, by their folded names. */
typedef struct {
    Arena *arena;
    Str body;
    Map by_name; /* PlpgsqlVariable */
} PlpgsqlVariables;

/* Reads `body`, which must outlive what is returned; memory comes from `arena`. */
PlpgsqlVariables plpgsql_variables(Arena *arena, Str body);

/* The variable of that folded name, or NULL where nothing of the body declares or sets it. */
const PlpgsqlVariable *plpgsql_variable(const PlpgsqlVariables *variables, Str name);

/* Is the type (folded, without a schema) one whose values are numbers or truth values as text, and
 * so never name anything? */
bool plpgsql_is_number(Str type);

#endif
