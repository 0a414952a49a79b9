#ifndef RINGFENCE_EMBEDDED_EXPRESSION_H
#define RINGFENCE_EMBEDDED_EXPRESSION_H

#include "base/array.h"
#include "embedded/names.h"

/* String expressions, read from tokens: literals, what is concatenated with them, and what formats
 * them. */

/* What the specifiers of a format string look like. */
typedef enum {
    FORMAT_NONE,
    FORMAT_PERCENT, /* %s, %1$s, %(name)s */
    FORMAT_BRACE,   /* {}, {0}, {name} */
} FormatKind;

/* The arguments of a format. */
typedef struct {
    FormatKind kind;
    uint32_t first, behind; /* tokens between its parentheses, or of the only one */
    uint32_t next;          /* the argument that the next specifier without a number means */
} Format;

typedef enum {
    PART_LITERAL,
    PART_HOLE, /* any other expression */
} PartKind;

typedef struct {
    PartKind kind;
    uint32_t first, behind; /* its tokens */
    uint32_t format;        /* 1 + index of the format that it is a part of; or 0 */
    bool name;              /* of a hole: tokens are the path of a name, and nothing else */
    bool tagged;            /* of a literal: the name before it makes its holes parameters */
    bool margin;            /* of a literal: lines lose blanks and a | (stripMargin) */
    Str joint;              /* what a join puts before it */
} Part;

typedef struct {
    ARRAY(Part) parts; /* in their order */
    ARRAY(Format) formats;
    uint32_t first, behind; /* tokens of the whole */
    bool cut;               /* it goes on in a way that was not understood */
} Expression;

/* Reads the sum that begins at token `first`, an operand of any kind, in `arena`. False when there
 * is none. `bracketed`: it stands inside of brackets, so lines do not end it. */
bool expression_read(Arena *arena, const LexFile *file, const HostStyle *style, uint32_t first,
                     bool bracketed, Expression *out);

/* Is `literal` what C prints into a variable, *name, before token *behind: sprintf(q, "…", x)? */
bool expression_printed(const LexFile *file, uint32_t literal, uint32_t *name, uint32_t *behind);

/* The first token of the sum that literal `literal` is a part of: over names and calls that are
 * concatenated before it, and parentheses around it. */
uint32_t expression_start(const LexFile *file, const HostStyle *style, uint32_t literal);

/* Is the name at token `first` the first argument of a call that formats it, or gives it back? */
bool expression_is_wrapped(const LexFile *file, const HostStyle *style, uint32_t first);

/* The token behind the group whose opening bracket is at `open`; 0: it is not closed nearby. */
uint32_t expression_behind_group(const LexFile *file, uint32_t open);

/* The next argument of a list in tokens [at, behind): up to a comma. In *end where it ends. */
bool expression_next_argument(const LexFile *file, uint32_t *at, uint32_t behind, Range *argument);

/* Is the token a literal that can be SQL? */
bool expression_is_literal(const LexFile *file, uint32_t token);

#endif
