#ifndef RINGFENCE_EMBEDDED_TEXT_WALK_H
#define RINGFENCE_EMBEDDED_TEXT_WALK_H

#include "embedded/compose.h"
#include "embedded/text.h"

/* The walk over a file's literals: text.c finds the first literal of each text, text_expression.c
 * reads the expression around it, and text_variable.c what becomes of the variable that it is bound
 * to. */

/* Literals that follow each other in a list, with commas between them: what the list is an argument
 * of is looked up for its second one, and holds for all behind it. */
typedef struct {
    uint32_t last; /* the literal that was looked at last */
    uint32_t count;
    bool known;
    CallKind kind;
} ListRun;

typedef struct {
    Arena *arena;
    const LexFile *file;
    const StrList *extra;
    const HostStyle *style;
    HostNames names;
    Composer composer;
    uint8_t *taken; /* by token: the literal is a part of a text that was read */
    uint32_t depth; /* of brackets */
    size_t scripts; /* texts in XML, whose tags are not read */
    uint32_t uses;  /* of variables that are being read, one in the other */
    ListRun run;
    ARRAY(HostText) texts;
} TextWalk;

/* What becomes of the variable that a text is bound to, or appended to. */
typedef struct {
    CallKind kind;
    uint32_t last;  /* the token behind all that is appended */
    bool deeper;    /* some of it in a branch */
    bool *branched; /* by part */
} TextFate;

/* The source between the literal's delimiters. */
Str text_contents(const LexFile *file, uint32_t literal);

/* Adds the text whose expression begins at token `start`, and that token `literal` is a part of;
 * `kind` is what `literal` is an argument of, as far as that is known. */
void text_read_expression(TextWalk *walk, uint32_t literal, uint32_t start, CallKind kind);

/* Reads what is appended from token `token` on, and what else a chain appends: the token behind it.
 */
uint32_t text_append(TextWalk *walk, Expression *into, uint32_t token);

/* Follows the variable `name` up to the call that takes it, and appends what is appended. */
TextFate text_follow(TextWalk *walk, Expression *expression, uint32_t name);

/* The one of two kinds that tells more. */
CallKind text_stronger_kind(CallKind a, CallKind b);

#endif
