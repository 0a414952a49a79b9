#ifndef RINGFENCE_EMBEDDED_EXPRESSION_TOKENS_H
#define RINGFENCE_EMBEDDED_EXPRESSION_TOKENS_H

#include "embedded/style.h"
#include "lexer/lexer.h"

/* What tokens of an expression are: the inside of expression.c and its neighbours. */

/* Calls whose first argument is a format. Swift's is String(format: …), which is read likewise. */
bool expression_word_formats(Str name);

/* Methods and functions that give the text that they are given, as far as SQL is concerned. */
bool expression_word_keeps(Str name);

/* Those of them that are a part of the expression, and not a call that takes SQL. */
bool expression_word_wraps(Str name);

#endif
