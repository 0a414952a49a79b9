#ifndef RINGFENCE_SQL_PARSE_H
#define RINGFENCE_SQL_PARSE_H

#include "sql/tree.h"

/* PostgreSQL's parser (libpg_query). */

typedef struct {
    const Node *statements; /* a list of {stmt, stmt_location, stmt_len}; NULL when it was refused */
    Str refusal;            /* PostgreSQL's message */
    uint32_t refused_at;    /* byte offset */
    char *json;             /* parse_close's */
} Parse;

/* Parses `sql`, which has a NUL behind it. The tree lives in `scratch` and until parse_close. A crash in the
 * parser is the caller's to survive. */
Parse parse_open(Arena *scratch, Str sql);
void parse_close(Parse *parse);

/* Frees what libpg_query keeps for the calling thread; call it at the thread's end. */
void parse_leave_thread(void);

/* The parser's version, "15.1". */
const char *parse_version(void);

#endif
