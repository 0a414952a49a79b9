#ifndef RINGFENCE_EXTRACT_PLACEHOLDER_H
#define RINGFENCE_EXTRACT_PLACEHOLDER_H

#include "base/array.h"
#include "sql/token.h"

/* Finds what stands for something else in an SQL text: drivers' placeholders (?, ?1, :name, @name,
 * %s, %(name)s, $name), psql's variables, @token@ and the names that a template's holes were given.
 * Whether a byte is one of them or an operator goes by what is before it: `a ? 'b'`, `5 % s` and `@
 * -5` are left alone, `= ?` is not. */

typedef enum {
    PLACEHOLDER_HOLE,   /* a template's, which has a name already */
    PLACEHOLDER_VALUE,  /* a driver's or psql's */
    PLACEHOLDER_STRING, /* :'name' */
    PLACEHOLDER_TEST,   /* :{?name} */
    PLACEHOLDER_ESCAPE, /* ?? and %%, which stand for one byte of themselves */
} PlaceholderKind;

typedef struct {
    PlaceholderKind kind;
    Range range;
    bool behind_operand; /* where no value or name can stand, but a clause or an alias */
} Placeholder;

typedef struct {
    Placeholder *at;
    size_t count;
} Placeholders;

/* All of them, in order; in `arena`. */
Placeholders placeholder_find(Arena *arena, Str sql);

/* Is the token a keyword that an operand or a name follows: AND, FROM, UNION …? */
bool placeholder_is_leading(Str sql, Token token);

#endif
