#ifndef RINGFENCE_EXTRACT_DRAFT_H
#define RINGFENCE_EXTRACT_DRAFT_H

#include "base/array.h"
#include "extract/splice.h"
#include "extract/template.h"

/* A statement of a script while it is being cut: the inside of script.c. All offsets are the
 * script's. */

/* How a statement began, as far as it matters to where it ends. */
typedef enum { HEAD_OTHER, HEAD_CREATE, HEAD_ROUTINE, HEAD_COPY } DraftHead;

/* An if, else or end of a template or of psql inside the statement. */
typedef struct {
    TemplateKind kind;
    TemplateWay way;
    uint32_t at;
} DraftTag;

typedef struct Draft {
    Arena *arena;
    Str text;                  /* the script's */
    const SqlFragment *origin; /* what the text is of, when that is not the file; or NULL */
    ARRAY(Range) blanks;       /* comments and backslash commands inside it */
    ARRAY(Splice) splices;     /* variables' values, and names in the place of holes */
    ARRAY(DraftTag) tags;
    size_t tokens;
    uint32_t start, end; /* of its first and behind its last token */
    Token last;
    uint64_t fingerprint;
    bool unterminated;
    size_t inserted; /* bytes of variables' values */

    /* As psqlscan.l: semicolons inside parentheses or a BEGIN ATOMIC body end nothing. */
    size_t parentheses, blocks;
    DraftHead head;
    bool begin;            /* the last word was BEGIN */
    bool from, from_stdin; /* of a COPY: the last word was FROM; it was FROM STDIN */
} Draft;

Draft draft_open(Arena *arena, Str text);

/* Appends a token of `sql`, which is the script's text or a part of it from its start. */
void draft_token(Draft *draft, Str sql, Token token);

/* Appends what a template puts at `token`: `found` tells what it is. Returns the offset behind it.
 */
uint32_t draft_template(Draft *draft, TemplateMemo *memo, const Template *found, Str model,
                        Token token);

/* Splices what templates put in bytes `range`, the inside of a string: names in the place of
 * values, blanks in the place of the rest. */
void draft_inside(Draft *draft, Range range);

/* Appends string constant `token`, in which templates may have been at work; returns its end. */
uint32_t draft_string(Draft *draft, Token token);

/* Appends a variable's value, read in the place of `range`, up to a semicolon that ends the
 * statement: then *rest is what follows it and true is returned. */
bool draft_value(Draft *draft, Range range, Str value, bool nested, Str *rest);

/* May such a value be appended: is it no part of a token, and not too much? */
bool draft_takes_value(const Draft *draft, Str value);

void draft_tag(Draft *draft, TemplateKind kind, uint32_t at);

/* The statement's text, byte 0 of which is byte draft->start of the script. Of every if, all
 * branches are in it, or only number `branch` (from 0; the last one where there are fewer, nothing
 * where there is no else) unless that is DRAFT_ALL_BRANCHES. */
enum { DRAFT_ALL_BRANCHES = -1 };
SqlFragment draft_render(Arena *arena, const Draft *draft, int branch);

/* Does the text that draft_render leaves out for `branch` hold more than keywords and punctuation?
 */
bool draft_loses_words(Arena *arena, const Draft *draft, int branch);

/* How many values of `branch` give different texts; 0 without an if. */
int draft_branches(const Draft *draft);

#endif
