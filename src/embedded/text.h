#ifndef RINGFENCE_EMBEDDED_TEXT_H
#define RINGFENCE_EMBEDDED_TEXT_H

#include "lexer/lexer.h"

/* From literals to the texts that a program sends to the server: string expressions, decoded and
 * folded. */

/* One string expression that may hold SQL. */
typedef struct {
    SqlFragment sql; /* decoded; what only the run time knows is a hole's name (sql/hole.h) */
    uint32_t first, behind; /* tokens of the whole expression: its first, and the one behind it */
    Range in_file;          /* the bytes of these tokens */
    bool holes;             /* it has any */
    bool bound; /* it is all that a constant or variable is bound to: its uses tell whether it is SQL */
    Str name;   /* that constant or variable, of `bound` */
} HostText;

/* A walk over a file's texts. */
typedef struct {
    const LexFile *file;
    const LineIndex *lines;
    uint32_t at; /* the next token to look at */
} HostTexts;

/* All of `file`; `lines` are of its text. */
HostTexts text_open(const LexFile *file, const LineIndex *lines);

/* The next expression, in file order; false at the end. Its texts live in `arena`. */
bool text_next(HostTexts *texts, Arena *arena, HostText *text);

#endif
