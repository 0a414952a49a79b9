#ifndef RINGFENCE_CHECK_SUPPRESS_PARSE_H
#define RINGFENCE_CHECK_SUPPRESS_PARSE_H

#include "check/suppress.h"

/* Reads one line of a comment, without the comment's own signs. False when it is no suppression.
 * Else fills in rules, reason, until and mistake; *whole_file tells which of the two it is. */
bool suppress_parse(Arena *arena, Str line, Suppression *suppression, bool *whole_file);

#endif
