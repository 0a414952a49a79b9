#ifndef RINGFENCE_EXTRACT_COMMAND_H
#define RINGFENCE_EXTRACT_COMMAND_H

#include "extract/psql.h"
#include "extract/template.h"

/* psql's backslash commands. Source: PostgreSQL's manual, psql, "Meta-Commands". */

typedef enum {
    COMMAND_GOES_ON,   /* leaves the query buffer alone */
    COMMAND_ENDS,      /* sends it */
    COMMAND_SEPARATES, /* \; */
    COMMAND_DISCARDS,  /* \r */
    COMMAND_COPIES,    /* \copy */
    COMMAND_INCLUDES,  /* \i */
    COMMAND_INCLUDES_RELATIVE,
} CommandEffect;

typedef struct {
    Str name;
    CommandEffect effect;
    TemplateKind tag;      /* of \if and its like */
    PsqlArgument argument; /* the first one */
    uint32_t end;          /* behind the command and its arguments */
} Command;

/* Reads the command at byte `at`, where its backslash is, and does what it does to variables: all
 * but \gset, which needs the statement. Texts live in `arena`. */
Command command_read(Arena *arena, PsqlVariables *variables, Str text, uint32_t at);

#endif
