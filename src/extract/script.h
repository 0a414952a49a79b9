#ifndef RINGFENCE_EXTRACT_SCRIPT_H
#define RINGFENCE_EXTRACT_SCRIPT_H

#include "extract/draft.h"
#include "extract/psql.h"

/* Cuts an SQL script into statements as psql does: quotes, comments, parentheses, BEGIN ATOMIC
 * bodies, backslash commands, variables and the data behind COPY … FROM STDIN; and as template
 * languages do (template.h). It needs no valid SQL: what PostgreSQL's parser refuses is one
 * statement too. Source: PostgreSQL 15, src/fe_utils/psqlscan.l and src/bin/psql/mainloop.c. */
typedef struct {
    Str text;
    PsqlVariables *variables;
    TemplateMemo templates;
    Str model;        /* what dbt's {{ this }} stands for; or empty */
    bool dbt;         /* one of dbt's own calls was met */
    bool plain;       /* set it for text that is SQL and nothing else: no commands, no templates */
    uint32_t at;      /* the next byte to read */
    Str pending;      /* the rest of a variable's value, which is read first; in variables->arena */
    Range pending_at; /* the variable */
    uint32_t copy_end; /* the next "\." line at or after what was searched, cached */
    bool copy_end_known;
    uint32_t next_copy;      /* the next line that begins with COPY, or that copy_end; cached */
    uint32_t copies;         /* COPY … FROM STDIN before a "\;", whose data is still to come */
    uint32_t copies_at;      /* where the data of the last COPY, the only one of its line, begin */
    bool marked;             /* what may begin a template was met */
    Range data;              /* lines of data to jump over when they are reached; empty: none */
    bool connected;          /* a \connect was met since the last statement */
    ARRAY(Range) connects;   /* the arguments of every \connect so far; in variables->arena */
    bool ignore_parentheses; /* one was left open up to the end of the script */
    bool fixtures;           /* there may be lines `--! include` of graphile-migrate */
    Str command;             /* the backslash command read last */
    const SqlFragment *origin; /* embedded in another language: what `text` is of; or NULL */
    bool client;               /* … and psql reads it */
} Script;

typedef enum {
    SCRIPT_SQL,
    SCRIPT_INCLUDE, /* \i: `path` is from psql's working directory, or one above the script's */
    SCRIPT_INCLUDE_RELATIVE, /* \ir: … from the script's folder */
} ScriptKind;

typedef struct {
    ScriptKind kind;
    Range in_text; /* where it stands; of an include, the path */

    SqlFragment
        sql; /* without its semicolon, comments blanked; its `lines` are for the caller to set */
    const Draft *draft;   /* what draft_render makes other texts of it from */
    uint64_t fingerprint; /* of its tokens: the same however it is laid out or moved */
    bool connected;       /* it is the first one of a new connection (\connect) */
    bool unterminated;    /* the script ends inside a quote of this statement */
    bool executes;        /* what it returns is executed (\gexec) */

    Str path;   /* of an include */
    bool known; /* … and nothing in it is a variable that only the run knows */
} ScriptStatement;

/* Begins at the start of `text`, behind a byte order mark. `variables` may be shared with the
 * scripts that include it. */
Script script_open(Str text, PsqlVariables *variables);

/* Begins at the start of `from`, SQL that a program sends: variables and COPY data have no meaning
 * in it, and backslash commands only where one begins a line, in a text that is written to a file
 * for psql. `client`: psql itself reads it, so they have. Files that are included are not followed.
 * Places are those of `from`, whose file is not only SQL. */
Script script_open_embedded(const SqlFragment *from, PsqlVariables *variables, bool client);

/* `text` is more of the script than there was: it begins with the bytes that there were, up to the
 * data of the last COPY if that ended them. */
void script_extend(Script *script, Str text);

/* The next statement that holds at least one token, or the next include; false at the end. Its text
 * is a copy in `arena`, where backslash commands are blanks. */
bool script_next(Script *script, Arena *arena, ScriptStatement *statement);

#endif
