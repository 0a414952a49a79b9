#ifndef RINGFENCE_LEXER_LANGUAGE_XML_H
#define RINGFENCE_LEXER_LANGUAGE_XML_H

#include "base/str.h"

/* Is the XML document that begins with `head` a MyBatis mapper: its document type is `mapper` by
 * MyBatis's DTD, or its first element is <mapper namespace="…">? Comments before that may hold
 * anything. Source: MyBatis 3, "Mapper XML Files"; the DTD was iBATIS's before version 3.0.6. */
bool language_is_mapper(Str head);

#endif
