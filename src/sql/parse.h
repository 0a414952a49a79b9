#ifndef RINGFENCE_SQL_PARSE_H
#define RINGFENCE_SQL_PARSE_H

#include "sql/tree.h"

/* PostgreSQL's parser (libpg_query). */

typedef struct {
    const Node
        *statements;     /* a list of {stmt, stmt_location, stmt_len}; NULL when it was refused */
    Str refusal;         /* PostgreSQL's message */
    uint32_t refused_at; /* byte offset */
    char *json;          /* parse_close's */
} Parse;

/* Parses `sql`, which has a NUL behind it. The tree lives in `scratch` and until parse_close. A
 * crash in the parser is the caller's to survive. What libpg_query keeps for a thread goes with the
 * thread. */
Parse parse_open(Arena *scratch, Str sql);
void parse_close(Parse *parse);

/* The parser's version, "15.1", and its first part, "15". */
const char *parse_version(void);
const char *parse_major_version(void);

#endif
