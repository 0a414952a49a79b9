#ifndef RINGFENCE_BASE_UTF8_H
#define RINGFENCE_BASE_UTF8_H

#include "base/buffer.h"

enum { UTF8_INVALID = 0xffffffff, UTF8_LONGEST = 4 };

/* Decodes the first code point of a non-empty `text` and returns its length in bytes. A byte that
 * starts no well-formed sequence (RFC 3629) is one UTF8_INVALID of length 1. */
size_t utf8_decode(Str text, uint32_t *code_point);

/* Writes the bytes of the code point, UTF8_LONGEST at most, and returns how many. A surrogate, or
 * what is beyond U+10FFFF, becomes bytes too, but they are no UTF-8. */
size_t utf8_encode(uint32_t code_point, char *out);

bool utf8_is_valid(Str text);

/* Appends `text` with each byte that is no UTF-8 replaced by U+FFFD. */
void utf8_append_clean(Buffer *out, Str text);

/* How many code points `text` holds; each invalid byte counts as one. */
size_t utf8_count(Str text);

/* The byte offset of code point number `index` (from 0), or text.len when there are fewer. */
size_t utf8_offset(Str text, size_t index);

#endif
