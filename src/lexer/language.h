#ifndef RINGFENCE_EXTRACT_LANGUAGE_H
#define RINGFENCE_EXTRACT_LANGUAGE_H

#include "base/str.h"

/* The host languages, one row each in language.c. */

struct LexRules;

typedef struct Language {
    Str name;                 /* as facts call it: "go", "python", … */
    const char *extensions;   /* with dots, lower case, separated by blanks */
    const char *names;        /* whole file names */
    const char *shebangs;     /* interpreters, without versions */
    bool (*is_one)(Str head); /* the name alone does not tell: the beginning must; NULL: it does */
    const struct LexRules *rules;
} Language;

/* So much of a file's beginning tells its language. */
enum { LANGUAGE_HEAD = 4096 };

/* The language of a file by its name, else by the interpreter its first line names; NULL when it is
 * none of ours. `text` is the file's text or its first LANGUAGE_HEAD bytes, which are all that is
 * looked at; or empty. */
const Language *language_of_file(Str path, Str text);

/* The language that a file of that name may be of, whatever it holds; NULL: none, or only its first
 * line can tell. */
const Language *language_of_name(Str path);

/* The language of that name, or NULL. */
const Language *language_named(Str name);

/* No more rows than this. */
enum { LANGUAGE_MOST = 32 };

/* The row of `language`. */
size_t language_index(const Language *language);

/* The language of row `index`, or NULL behind the last one. */
const Language *language_at(size_t index);

#endif
