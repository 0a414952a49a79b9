#ifndef RINGFENCE_EMBEDDED_CHOICE_H
#define RINGFENCE_EMBEDDED_CHOICE_H

#include "lexer/lexer.h"

/* Expressions that are one of two texts: c ? a : b, a if c else b, if (c) a else b, c && a. */

/* The tokens of both texts of expression [first, behind), which may stand in parentheses; one may
 * be empty. False when it is none, or neither holds a literal. */
bool choice_find(const LexFile *file, uint32_t first, uint32_t behind, Range sides[2]);

/* The token behind the choice that is all that a name is bound to, which begins at token `first`;
 * 0: it is none. */
uint32_t choice_end(const LexFile *file, uint32_t first);

#endif
