#ifndef RINGFENCE_SQL_TOKEN_H
#define RINGFENCE_SQL_TOKEN_H

#include "base/arena.h"

/* PostgreSQL's lexical rules, for what the parser does not tell: where statements end and where a
 * name stands. Source: PostgreSQL 15, src/backend/parser/scan.l and src/fe_utils/psqlscan.l, with
 * standard_conforming_strings on. */
typedef enum {
    TOKEN_END,
    TOKEN_WORD,        /* an unquoted identifier or keyword */
    TOKEN_QUOTED_NAME, /* "name", also U&"name" */
    TOKEN_STRING,      /* any '…' form with its prefix, or $tag$…$tag$ */
    TOKEN_NUMBER,
    TOKEN_PARAMETER, /* $1 */
    TOKEN_BACKSLASH, /* a backslash outside quotes: psql's */
    TOKEN_SYMBOL,    /* one byte of punctuation or of an operator */
} TokenKind;

typedef struct {
    TokenKind kind;
    uint32_t start, end;
    bool unterminated; /* a quote that the text ends in */
} Token;

/* The first token at or after `from`, white space and comments skipped. Never reads past the text.
 */
Token token_next(Str sql, size_t from);

/* Is `token` the word `keyword` (given in lower case), in any case? */
bool token_is_word(Str sql, Token token, Str keyword);

bool token_is_symbol(Str sql, Token token, char symbol);

/* Can the token be a name or a part of one? */
bool token_is_name(Token token);

/* The name that a word or quoted name stands for: folded or unquoted, cut to 63 bytes as PostgreSQL
 * does. U& escapes are left as written. */
Str token_name(Arena *arena, Str sql, Token token);

/* The range of the dotted name that starts at or after `from`: a, a.b, a.b.c. Empty when none
 * starts there. */
Range token_dotted_name(Str sql, size_t from);

/* The first place at or after `from` where the dotted name `parts` is written, or an empty range.
 */
Range token_find_name(Arena *scratch, Str sql, size_t from, const Str *parts, size_t count);

#endif
