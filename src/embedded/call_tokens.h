#ifndef RINGFENCE_EMBEDDED_CALL_TOKENS_H
#define RINGFENCE_EMBEDDED_CALL_TOKENS_H

#include "lexer/lexer.h"

/* The code before a string expression, and the names in it: the inside of call.c. */

enum { CALL_TOKENS = 256, CALL_PARTS = 4 };

/* Up to CALL_TOKENS tokens before the expression, in their order, without what is inside other
 * strings. An expression in the hole of a string begins there. */
typedef struct {
    const LexFile *file;
    uint32_t at[CALL_TOKENS];
    int count;
} CallTokens;

void call_tokens_read(CallTokens *tokens, const LexFile *file, uint32_t first);

/* The token at place `index` of them; a SYMBOL without text outside. */
LexToken call_token(const CallTokens *tokens, int index);
Str call_source(const CallTokens *tokens, int index);

/* Is the token at `index` the symbol or name `word`? */
bool call_is(const CallTokens *tokens, int index, Str word);

/* Is it a bracket that opens or closes? */
bool call_opens(const CallTokens *tokens, int index);
bool call_closes(const CallTokens *tokens, int index);

/* The place of the bracket that the one at `index` closes; -1: it is too far off. */
int call_opening(const CallTokens *tokens, int index);

/* The name of what is called: a.b().c<T> is c, b, a. */
typedef struct {
    Str parts[CALL_PARTS]; /* the last one first, without sigils */
    int count;             /* 0: it has no name */
    int start;             /* the place of its first token */
    bool annotation;       /* @Name, [Name, #[name */
} CallPath;

/* The name that ends at place `index`. */
CallPath call_path(const CallTokens *tokens, int index);

/* Does the name fit `pattern`: "query", "db.query" (receivers in any case), ".query" (any receiver,
 * but one), "@Query" (an annotation); a star at a word's end or start stands for anything? */
bool call_matches(const CallPath *path, Str pattern);

#endif
