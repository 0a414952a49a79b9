#ifndef RINGFENCE_EMBEDDED_EXPRESSION_TOKENS_H
#define RINGFENCE_EMBEDDED_EXPRESSION_TOKENS_H

#include "embedded/style.h"
#include "lexer/lexer.h"

/* What tokens of an expression are: the inside of expression.c and its neighbours. */

bool expression_is_name(const LexFile *file, uint32_t token);

/* Is token `at` a symbol of `list`, which blanks separate? */
bool expression_is_one_of(const LexFile *file, uint32_t at, const char *list);

/* Calls whose first argument is a format. Swift's is String(format: …), which is read likewise. */
bool expression_word_formats(Str name);

/* Methods and functions that give the text that they are given, as far as SQL is concerned. */
bool expression_word_keeps(Str name);

/* Those of them that are a part of the expression, and not a call that takes SQL. */
bool expression_word_wraps(Str name);

#endif
