#ifndef RINGFENCE_EXTRACT_LANGUAGE_H
#define RINGFENCE_EXTRACT_LANGUAGE_H

#include "base/str.h"

/* The host languages, one row each in language.c. */

struct LexRules;

typedef struct Language {
    Str name;               /* as facts call it: "go", "python", … */
    const char *extensions; /* with dots, lower case, separated by blanks */
    const char *names;      /* whole file names */
    const char *shebangs;   /* interpreters, without versions */
    const char
        *marks; /* the file's head must hold one of these, separated by bars; NULL: need not */
    const struct LexRules *rules;
} Language;

/* The language of a file by its name, else by the interpreter its first line names; NULL when it is
 * none of ours. `head` is the file's beginning (a few hundred bytes do) or empty. */
const Language *language_of_file(Str path, Str head);

/* The language of that name, or NULL. */
const Language *language_named(Str name);

/* No more rows than this. */
enum { LANGUAGE_MOST = 32 };

/* The row of `language`. */
size_t language_index(const Language *language);

/* The language of row `index`, or NULL behind the last one. */
const Language *language_at(size_t index);

#endif
