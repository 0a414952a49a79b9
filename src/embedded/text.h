#ifndef RINGFENCE_EMBEDDED_TEXT_H
#define RINGFENCE_EMBEDDED_TEXT_H

#include "embedded/call.h"
#include "embedded/others.h"
#include "lexer/lexer.h"

/* From literals to the texts that a program sends to the server: string expressions, decoded and
 * folded. Concatenations, constants bound in the same file, formats and what is appended to a
 * variable are put together; what only the run time knows is a hole. */

/* One string expression that may hold SQL. */
typedef struct {
    SqlFragment sql; /* decoded; what only the run time knows is a hole's name (sql/hole.h) */
    const SqlFragment *straight; /* the same with a hole where a branch appends; NULL: none does */
    uint32_t first, behind; /* tokens of the whole expression: its first, and the one behind it */
    Range in_file;          /* the bytes of these tokens, and of all that is appended */
    bool holes;             /* it has any */
    bool again;    /* the text before, with the other one where one of two is chosen: c ? a : b */
    bool bound;    /* it is all that a constant or variable is bound to: its uses tell whether it is
                      SQL */
    bool client;   /* psql reads it from its standard input: a script, with commands */
    CallKind kind; /* what it is an argument of, or what it is bound to is */
} HostText;

typedef struct {
    HostText *at; /* by in_file */
    size_t count;
    size_t elsewhere; /* statements that are only handed on (elsewhere.h) */
} HostTexts;

/* All texts of `file` that begin like SQL or are an argument of a call that is known to take it.
 * `lines` are of the file's text; `extra` as in call_kind. In `arena`; linear but for names that
 * are bound over and over. `others` knows the constants of the file's neighbours; or NULL. */
HostTexts text_read(Arena *arena, const LexFile *file, const LineIndex *lines, const StrList *extra,
                    const Others *others);

#endif
