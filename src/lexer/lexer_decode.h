#ifndef RINGFENCE_LEXER_LEXER_DECODE_H
#define RINGFENCE_LEXER_LEXER_DECODE_H

#include "base/array.h"
#include "lexer/lexer.h"
#include "lexer/lexer_forms.h"

/* A literal's value being written; what lexer_decode.c and lexer_escape.c share. No escape is
 * longer than what it stands for, so the text has room for the literal's length. */
typedef struct {
    Arena *arena;
    const LexFile *file;
    const LexForm *form;
    uint32_t first, behind; /* the literal's children */
    char delimiters[2];     /* what an escape may stand before; NUL: none */
    uint32_t marks;         /* Swift: so many # belong to each backslash */
    uint32_t indent;        /* columns that each line loses */
    bool strips;            /* blanks at line ends go */
    bool line_start;
    char *text;
    uint32_t length;
    uint32_t kept; /* up to here, no blank is stripped */
    ARRAY(Span) spans;
    ARRAY(LexHole) holes;
} LexDraft;

/* Appends `byte`, which the file has, or has an escape for, at `offset`. */
void lexer_draft_byte(LexDraft *draft, char byte, uint32_t offset);

/* Appends what the escape at `at` stands for; gives the offset behind it, at most `end`. */
uint32_t lexer_decode_escape(LexDraft *draft, uint32_t at, uint32_t end);

/* The same for an XML entity; what is none is plain text. */
uint32_t lexer_decode_entity(LexDraft *draft, uint32_t at, uint32_t end);

#endif
