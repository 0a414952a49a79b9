#ifndef RINGFENCE_CHECK_HOST_H
#define RINGFENCE_CHECK_HOST_H

#include "check/gathering.h"
#include "lexer/lexer.h"

/* The first pass over a file of a host language: the SQL that is embedded in it. Fills the facts of
 * source entry `index`. Time is O(text), and that of reading the SQL. */
void host_read(Gather *gather, size_t worker, size_t index, const Language *language, Str text);

/* May such a file, of which nobody asked to hear, declare something for others? */
bool host_may_declare(const Language *language, Str text);

/* The steps of it, for programs that are parts of other files. */

/* Adds what `text` holds to the file's statements, by what the prefilter has found in it; in the
 * files beside it names are looked up `with_siblings` only. The tokens are in the reading's
 * of_file.
 */
LexFile host_read_program(Reading *reading, const Language *language, Str text,
                          const Prefiltered *found, bool with_siblings);

/* Reads what `count` comments of `text`, in order, and those in its SQL let pass. */
void host_read_comments(Reading *reading, Str text, const Range *comments, size_t count);

#endif
