#ifndef RINGFENCE_LEXER_LANGUAGE_H
#define RINGFENCE_LEXER_LANGUAGE_H

#include "base/str.h"

/* The host languages, one row each in language.c. */

struct LexRules;

/* What the beginning of a file tells: */
typedef enum { LANGUAGE_IS_NOT, LANGUAGE_IS, LANGUAGE_WANTS_MORE } LanguageGuess;

typedef struct Language {
    Str name;               /* as facts call it: "go", "python", … */
    const char *extensions; /* with dots, lower case, separated by blanks */
    const char *names;      /* whole file names */
    const char *shebangs;   /* interpreters, without versions */
    /* The name alone does not tell: the beginning must; NULL: it does. What it once has settled,
     * more of the file does not change. */
    LanguageGuess (*guess)(Str head);
    const struct LexRules *rules;
} Language;

/* So much of a file's beginning tells its language; for the few that want more, it is in the first
 * LANGUAGE_FARTHEST bytes, or nowhere. */
enum { LANGUAGE_HEAD = 4096, LANGUAGE_FARTHEST = 1 << 16 };

/* The language of a file by its name, else by the interpreter its first line names; NULL when it is
 * none of ours. `text` is the file's text or its beginning: its first LANGUAGE_HEAD bytes, or,
 * where these want more, LANGUAGE_FARTHEST; or empty. */
const Language *language_of_file(Str path, Str text);

/* Does `head`, the first LANGUAGE_HEAD bytes of a longer file, not tell yet? */
bool language_wants_more(Str path, Str head);

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
