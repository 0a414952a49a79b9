#ifndef RINGFENCE_EMBEDDED_EXPRESSION_READER_H
#define RINGFENCE_EMBEDDED_EXPRESSION_READER_H

#include "embedded/expression.h"

/* A sum that is being read: the inside of expression.c and of expression_list.c. */

enum { EXPRESSION_OPERANDS = 2000, EXPRESSION_DEPTH = 24 }; /* the most of them */

typedef struct {
    Arena *arena;
    const LexFile *file;
    const HostStyle *style;
    Expression *out;
    bool bracketed;
    unsigned depth;
} ExpressionReader;

/* Reads the sum that begins at token `at` into `out`; the token behind it, or 0. */
uint32_t expression_sum(ExpressionReader *reader, uint32_t at);

/* Lists that are joined: the token behind all of it, or 0 where it is none.
 * ", ".join(["a", "b"]), whose literal is at `at` and ends before `behind`. */
uint32_t expression_joined(ExpressionReader *reader, uint32_t at, uint32_t behind);

/* ["a", "b"].join(", "), listOf("a", "b").joinToString(", "): the list's bracket is at `open`. */
uint32_t expression_list(ExpressionReader *reader, uint32_t open);

/* strings.Join([]string{"a", "b"}, sep): its arguments are in tokens [start, behind - 1). */
uint32_t expression_go_list(ExpressionReader *reader, uint32_t start, uint32_t behind);

#endif
