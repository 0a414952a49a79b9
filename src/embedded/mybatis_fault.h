#ifndef RINGFENCE_EMBEDDED_MYBATIS_FAULT_H
#define RINGFENCE_EMBEDDED_MYBATIS_FAULT_H

#include "source/lines.h"

/* Where a mapper, or another document, stops being XML. */
typedef struct {
    Range at;
    Str reason; /* empty: it does not */
} MybatisFault;

/* The first fault that keeps an XML parser from reading `text`: of elements, attributes, comments,
 * character data and references. Also that it declares entities, because nobody here replaces them.
 * Not looked at: attributes given twice, and what else a document type holds. `kind` is
 * what the reason calls the document, `lines` are of the text; the reason lives in `arena`. Linear.
 * Source: XML 1.0, fifth edition. */
MybatisFault mybatis_fault(Arena *arena, Str text, const char *kind, const LineIndex *lines);

#endif
