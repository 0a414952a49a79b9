#ifndef RINGFENCE_SOURCE_DECODE_H
#define RINGFENCE_SOURCE_DECODE_H

#include "source/source.h"

/* If the text begins with a byte order mark of UTF-16, replaces it by the same text in UTF-8, mark
 * and all: lines and columns stay what they are. Surrogates without a partner become U+FFFD. A text
 * that UTF-8 would make 4 GiB or larger is left alone. Source: RFC 2781. */
void source_decode(SourceText *text);

#endif
