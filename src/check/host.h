#ifndef RINGFENCE_CHECK_HOST_H
#define RINGFENCE_CHECK_HOST_H

#include "check/gathering.h"
#include "lexer/language.h"

/* The first pass over a file of a host language: the SQL that is embedded in it. Fills the facts of
 * source entry `index`. Time is O(text), and that of reading the SQL. */
void host_read(Gather *gather, size_t worker, size_t index, const Language *language, Str text);

/* May such a file, of which nobody asked to hear, declare something for others? */
bool host_may_declare(const Language *language, Str text);

#endif
