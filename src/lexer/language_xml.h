#ifndef RINGFENCE_LEXER_LANGUAGE_XML_H
#define RINGFENCE_LEXER_LANGUAGE_XML_H

#include "base/str.h"

/* Is the XML document that begins with `head` a MyBatis mapper: its document type is `mapper` by
 * MyBatis's DTD, or its first element is <mapper namespace="…">? Comments before that may hold
 * anything. Source: MyBatis 3, "Mapper XML Files"; the DTD was iBATIS's before version 3.0.6. */
bool language_is_mapper(Str head);

/* Where the attribute value behind the quote at `quote` ends: the offset of its closing quote. 0:
 * it has none, or there is a tag before the next quote, so that this one is a later value's. */
size_t language_value_end(Str text, size_t quote);

#endif
