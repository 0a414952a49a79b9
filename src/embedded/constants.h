#ifndef RINGFENCE_EMBEDDED_CONSTANTS_H
#define RINGFENCE_EMBEDDED_CONSTANTS_H

#include "base/map.h"
#include "lexer/lexer.h"

/* The constants of a file that its neighbours can name: those of its outermost block and of its
 * classes, bound once to a literal (or to literals that are put together). */

typedef struct {
    Str package; /* of Go and Kotlin: what the file says it is a part of */
    Map values;  /* Str *, by the class and the name ("Queries.ALL"), or by the name alone; its .at
                    is   NULL: it is bound more than once, or to what only the run time knows */
    Str *keys;   /* of `values`, in the order of the file */
    size_t key_count;
    Map assigned; /* of Go: names that a function assigns to */
} HostConstants;

/* Of `file`, which is not needed any more then: all of it is in `keep`. Linear. */
HostConstants constants_read(Arena *keep, Arena *scratch, const LexFile *file);

/* The value of `name` of class `owner`, which may be empty. False where it is not known. */
bool constants_find(Arena *scratch, const HostConstants *constants, Str owner, Str name,
                    Str *value);

#endif
