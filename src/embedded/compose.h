#ifndef RINGFENCE_EMBEDDED_COMPOSE_H
#define RINGFENCE_EMBEDDED_COMPOSE_H

#include "embedded/expression.h"
#include "embedded/others.h"

/* From the parts of an expression to the text that it stands for. */

enum { COMPOSER_CHOSEN = 2 }; /* in `consumed`: it is one of two that a name is bound to */

typedef struct {
    Arena *arena;
    const LexFile *file;
    const LineIndex *lines;
    const HostStyle *style;
    HostNames *names;
    const Others *others; /* what the file does not bind itself; or NULL */
    size_t *spent;        /* bytes of constants that were put in the place of names, in all */
    uint8_t *taken;       /* by token: the literal stands in a text that was read */
    uint8_t *consumed; /* by token: the literal went into another text by the name it is bound to */
} Composer;

typedef struct {
    bool second;  /* in: where one of two texts is chosen (c ? a : b), write the second one */
    bool choices; /* out: there is such a place */
    bool holes;   /* out: it has any */
} ComposeNotes;

/* The text of `expression`, with the file's positions: what a constant's name stands for is at that
 * name. Parts for which `skip` (by index; or NULL) is true are a hole each. Lives in the composer's
 * arena. */
SqlFragment compose_text(const Composer *composer, Expression *expression, const bool *skip,
                         ComposeNotes *notes);

#endif
