#ifndef RINGFENCE_EMBEDDED_DOCUMENT_PARTS_H
#define RINGFENCE_EMBEDDED_DOCUMENT_PARTS_H

#include "embedded/document.h"

/* A document being taken apart: the inside of document.c, shared with the readers of each kind. */

typedef struct {
    Arena *arena;
    Str source;
    char *text; /* of Document.text */
    Document *document;
    char *programs[LANGUAGE_MOST]; /* by the language's row; NULL: none yet */
} DocumentParts;

/* The language that `word`, behind a fence or in a notebook's metadata, stands for. *sql: it is
 * SQL. NULL and not *sql: none that is read. */
const Language *document_language(Str word, bool *sql);

/* Keeps byte `at` of the document as `byte`: in the program of `language`, or, where that is NULL,
 * as SQL or a comment. */
void document_keep(DocumentParts *parts, const Language *language, size_t at, char byte);

/* Keeps bytes `range` as they are. */
void document_keep_range(DocumentParts *parts, const Language *language, Range range);

void document_read_markdown(DocumentParts *parts);
void document_read_notebook(DocumentParts *parts);

#endif
