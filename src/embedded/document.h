#ifndef RINGFENCE_EMBEDDED_DOCUMENT_H
#define RINGFENCE_EMBEDDED_DOCUMENT_H

#include "base/array.h"
#include "lexer/language.h"

/* Files that hold code between other things: Markdown with its fenced blocks, Jupyter notebooks
 * with their cells. Nobody's program, so they are read only where somebody asks for them. */

typedef enum { DOCUMENT_NONE, DOCUMENT_MARKDOWN, DOCUMENT_NOTEBOOK } DocumentKind;

/* What code a document holds. Every text is as long as the document, and each byte of it that is
 * not blank stands at its own place there: positions need no map. */
typedef struct {
    DocumentKind kind;
    Str text;               /* all code and comments; blank elsewhere */
    ARRAY(Range) sql;       /* the blocks of SQL in it, in order; each one a psql script */
    ARRAY(Range) comments;  /* those of the document itself */
    const Language **hosts; /* the languages of the other blocks */
    Str *programs;          /* for each of them the text with its blocks only */
    size_t host_count;
    const char *refusal; /* why it cannot be read; or NULL */
    uint32_t refused_at;
} Document;

/* Is it a document, by its name? */
DocumentKind document_kind(Str path);

/* How facts call it: "markdown", "notebook". */
const char *document_name(DocumentKind kind);

/* Reads all of `text`, shorter than 4 GiB. Everything lives in `arena`. O(length) for each
 * language.
 */
Document document_read(Arena *arena, DocumentKind kind, Str text);

#endif
