#ifndef RINGFENCE_EMBEDDED_COMPOSING_H
#define RINGFENCE_EMBEDDED_COMPOSING_H

#include "embedded/compose.h"

/* A text being put together: what compose.c (parts), compose_literal.c (literals and their holes)
 * and compose_constant.c (what names stand for) write to. They call each other, at most
 * COMPOSE_DEEPEST deep. */

enum { COMPOSE_DEEPEST = 12, COMPOSE_MOST_TEXT = 1 << 20 };

typedef struct {
    const Composer *composer;
    FragmentDraft draft;
    Range at; /* what is written stands there instead of where it is bound; empty: where it is */
    unsigned depth;
    unsigned constants; /* how many are being written, one in the other */
    uint32_t written;   /* parts */
    bool second;        /* of two texts to choose from, the second is written */
    bool choices;       /* there was one to choose */
    bool holes;
    bool open;   /* a hole was written last */
    bool values; /* what is put in is made parameters of */
    bool number; /* … is formatted as a number */
} Composing;

/* The bytes of tokens [first, behind), of which there is at least one. */
Range compose_range(const LexFile *file, uint32_t first, uint32_t behind);

/* Writes the parts of `expression`; `skip` as in compose_text. */
void compose_parts(Composing *composing, Expression *expression, const bool *skip);

/* Writes the expression of tokens [first, behind), of any kind or none, which stands with what
 * marks it at bytes `range`. */
void compose_value(Composing *composing, uint32_t first, uint32_t behind, Range range);

/* Writes a hole for the expression of tokens [first, behind), if there is one. */
void compose_hole(Composing *composing, uint32_t first, uint32_t behind, Range range);

/* Writes one of two texts: this variant's. False: tokens [first, behind) are none to choose from.
 */
bool compose_choice(Composing *composing, uint32_t first, uint32_t behind);

/* Writes the literal that `part` is, formatted where `format` is not NULL. */
void compose_literal(Composing *composing, const Part *part, Format *format);

/* Writes what the name of tokens [first, behind) stands for, at that name; formatted, where
 * `format` is not NULL. False, and nothing is written: that is not known. */
bool compose_constant(Composing *composing, uint32_t first, uint32_t behind, const Format *format);

/* Writes the variable that a specifier of literal `literal` names and no argument does, at bytes
 * `in_file`: format!("… {table}"). False as above. */
bool compose_captured(Composing *composing, uint32_t literal, Str name, Range in_file);

#endif
