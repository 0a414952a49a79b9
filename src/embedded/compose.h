#ifndef RINGFENCE_EMBEDDED_COMPOSE_H
#define RINGFENCE_EMBEDDED_COMPOSE_H

#include "embedded/expression.h"

/* From the parts of an expression to the text that it stands for. */

typedef struct {
    Arena *arena;
    const LexFile *file;
    const LineIndex *lines;
    const HostStyle *style;
    HostNames *names;
    uint8_t *consumed; /* by token: the literal went into another text by the name it is bound to */
} Composer;

/* The text of parts [from, to) of `expression`, with the file's positions: what a constant's name
 * stands for is at that name. With `holes` left out by index: parts for which `skip` is true are
 * one hole each. *holes: it has any. */
SqlFragment compose_text(const Composer *composer, Expression *expression, const bool *skip,
                         bool *holes);

#endif
