#ifndef RINGFENCE_SQL_CUT_H
#define RINGFENCE_SQL_CUT_H

#include "sql/token.h"

/* Cuts plain SQL (a routine body, the text of EXECUTE) into its statements: at semicolons outside
 * quotes, parentheses and BEGIN ATOMIC bodies. */
typedef struct {
    Str sql;
    uint32_t at;             /* the next byte to read */
    bool ignore_parentheses; /* one was left open up to the end */
} Cut;

/* The bytes of the next statement that holds at least one token, without its semicolon; false at
 * the end. */
bool cut_next(Cut *cut, Range *statement);

/* How deep BEGIN ATOMIC blocks are nested in a statement that is read token by token.
 * Zero-initialise it. */
typedef struct {
    uint32_t words, blocks;
    bool creates, routine, begin;
} AtomicBlocks;

/* Takes the next token outside parentheses. */
void cut_track_blocks(AtomicBlocks *blocks, Str sql, Token token);

#endif
