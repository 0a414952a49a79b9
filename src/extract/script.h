#ifndef RINGFENCE_EXTRACT_SCRIPT_H
#define RINGFENCE_EXTRACT_SCRIPT_H

#include "base/arena.h"

/* Cuts an SQL script into statements as psql does: quotes, comments, parentheses, BEGIN ATOMIC bodies,
 * backslash commands and the data behind COPY … FROM STDIN. It needs no valid SQL: what PostgreSQL's parser
 * refuses is one statement too.
 * Source: PostgreSQL 15, src/fe_utils/psqlscan.l and src/bin/psql/mainloop.c. */
typedef struct {
    Str text;
    uint32_t at;             /* the next byte to read */
    uint32_t copy_end;       /* the next "\." line at or after what was searched, cached */
    bool copy_end_known;
    uint32_t copies;         /* COPY … FROM STDIN before a "\;", whose data is still to come */
    Range data;              /* lines of data to jump over when they are reached; empty: none */
    bool connected;          /* a \connect was met since the last statement */
    bool ignore_parentheses; /* one was left open up to the end of the script */
} Script;

typedef struct {
    Str sql;              /* the statement without its semicolon, comments blanked; a NUL is behind it */
    Range in_text;        /* where it stands: byte i of `sql` is byte start + i of the text */
    uint64_t fingerprint; /* of its tokens: the same however it is laid out or moved */
    bool connected;       /* it is the first one of a new connection (\connect) */
    bool unterminated;    /* the script ends inside a quote of this statement */
} ScriptStatement;

/* Begins at the start of `text`, behind a byte order mark. */
Script script_open(Str text);

/* The next statement that holds at least one token; false at the end. Its text is a copy in `arena`, where
 * backslash commands are blanks. */
bool script_next(Script *script, Arena *arena, ScriptStatement *statement);

#endif
