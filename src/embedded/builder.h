#ifndef RINGFENCE_EMBEDDED_BUILDER_H
#define RINGFENCE_EMBEDDED_BUILDER_H

#include "embedded/expression.h"

/* Variables and builders that a text is appended to, piece by piece. */

/* The variable that the expression from token `first` is appended to, if it is: `q += `,
 * `sb.append(`, `out << `. Its token in *name. */
bool builder_target(const LexFile *file, const HostStyle *style, uint32_t first, uint32_t *name);

/* A look at the uses of a variable, in their order. */
typedef struct {
    HostNames *names;
    uint32_t binding; /* a token of its name */
    uint32_t at;      /* the last token that was looked at */
} Builder;

typedef enum {
    BUILDER_END,     /* no use is left, or it is bound anew */
    BUILDER_APPENDS, /* an expression is appended, which begins at *token */
    BUILDER_USES,    /* it is used at *token, which begins a path that ends with its name */
} BuilderUse;

/* The next use. */
BuilderUse builder_next(Builder *builder, uint32_t *token);

/* Does a chain go on behind token `behind` of what was appended: .append(a).append(b)? The first
 * token of the next one in *token. */
bool builder_chain(const LexFile *file, const HostStyle *style, uint32_t behind, uint32_t *token);

#endif
