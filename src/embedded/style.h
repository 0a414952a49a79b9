#ifndef RINGFENCE_EMBEDDED_STYLE_H
#define RINGFENCE_EMBEDDED_STYLE_H

#include "lexer/language.h"

/* How a language puts strings together and binds names to them: a row each in style.c. */

/* Where two literals beside each other are one. */
typedef enum {
    ADJACENT_NEVER,
    ADJACENT_ON_LINE,     /* … on one line */
    ADJACENT_IN_BRACKETS, /* … and across lines inside of brackets */
    ADJACENT_ANYWHERE,
    ADJACENT_JOINED, /* … without a blank between them, names among them */
} Adjacency;

typedef struct {
    const char *language;
    const char *joins;   /* operators that concatenate, separated by blanks */
    const char *paths;   /* operators between the parts of a name: Repo.TABLE */
    const char *appends; /* operators that append to a variable */
    const char *binds;   /* operators behind the name that a value is bound to */
    Adjacency adjacency;
    bool indented;         /* a block ends where the indentation does, else at its brace */
    bool percent;          /* "%s" % x */
    bool type_behind_name; /* const q string = "…" */
} HostStyle;

const HostStyle *style_of(const Language *language);

#endif
