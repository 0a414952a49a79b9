#ifndef RINGFENCE_SQL_COMPUTED_H
#define RINGFENCE_SQL_COMPUTED_H

#include "sql/fragment.h"
#include "sql/tree.h"

/* SQL text that an expression puts together: what EXECUTE runs. What is only known at run time
 * leaves a hole in it: control characters, which no name of a real database holds, as long as what
 * stands there in the file. */
enum {
    HOLE_NAME = '\001',  /* one name: format()'s %I, quote_ident() */
    HOLE_VALUE = '\002', /* one constant: format()'s %L, quote_literal() */
    HOLE_TEXT = '\003',  /* any text */
};

typedef struct {
    SqlFragment text;   /* with holes */
    bool known;         /* at least a part of it is */
    uint32_t any_texts; /* how many HOLE_TEXTs it has */
    Range computed;     /* bytes of the expression's fragment: the first of them, or the whole */
} ComputedText;

/* What the variables of an expression hold. */
typedef struct ComputedNames {
    /* What the variable `name` (folded) holds, a lone HOLE_VALUE where that cannot name anything,
     * or NULL where it is not known. */
    const ComputedText *(*find)(struct ComputedNames *names, Str name);
} ComputedNames;

/* The text that `expression` (of the tree of `fragment`) computes, in `arena`. Understood are
 * string constants, ||, concat(), format(), quote_ident(), quote_literal(), quote_nullable(), casts
 * to text, and variables that `names` (or NULL) knows. */
ComputedText computed_text(Arena *arena, const SqlFragment *fragment, const Node *expression,
                           ComputedNames *names);

/* The name (folded) of the variable that `expression` is and nothing else, or an empty one. */
Str computed_variable(const Node *expression);

/* What the string constant at `token` of `fragment` holds, pieces on several lines included;
 * `value` is its text as the parser read it. A fragment of its own, in `arena`. */
SqlFragment computed_constant(Arena *arena, const SqlFragment *fragment, Token token,
                              const Node *value);

/* Has `text` a hole? */
bool computed_has_hole(Str text);

/* The hole that `text` is all of, or NUL. */
char computed_only_hole(Str text);

/* How holes are filled to get a text that can be parsed: a name with the hole's character in it, so
 * that whoever meets it knows. */
typedef enum {
    FILL_NAMES,   /* a HOLE_TEXT is taken for a name, a HOLE_VALUE for a parameter */
    FILL_STRINGS, /* the same, but a HOLE_VALUE for a string: where the grammar wants one */
    FILL_NUMBERS, /* … and here for a number: ALTER SEQUENCE … RESTART WITH 1 */
    FILL_BLANKS,  /* a HOLE_TEXT that may be a clause or nothing is left out */
    FILL_COUNT
} FillMode;

/* `fragment` with its holes filled; those inside quotes stay. Without holes, `fragment` itself. */
SqlFragment computed_fill(Arena *arena, const SqlFragment *fragment, FillMode mode);

#endif
