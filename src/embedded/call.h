#ifndef RINGFENCE_EMBEDDED_CALL_H
#define RINGFENCE_EMBEDDED_CALL_H

#include "lexer/lexer.h"
#include "manifest/manifest.h"

/* What a string expression is an argument of. */
typedef enum {
    CALL_NONE, /* nothing that is known */
    CALL_SQL,  /* a call that runs or prepares it */
    CALL_PART, /* a call that makes it a part of a statement: where("x = ?") */
    CALL_NOT,  /* a log, an error, a test's name: never SQL */
} CallKind;

/* What the expression of tokens [first, behind) is an argument of. `extra` are the names of more
 * calls whose argument is SQL (the manifest's `sql: calls:`). */
CallKind call_kind(const LexFile *file, uint32_t first, uint32_t behind, const StrList *extra);

#endif
