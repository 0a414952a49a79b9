#ifndef RINGFENCE_CHECK_HOST_MYBATIS_H
#define RINGFENCE_CHECK_HOST_MYBATIS_H

#include "check/gathering.h"
#include "lexer/lexer.h"

/* Reads the statements of a MyBatis mapper, in each of the texts that its dynamic elements can make
 * of them: with all its ifs, else with one of them at a time. What cannot be read so is refused or
 * dynamic, and counted. */
void host_mybatis_read(Reading *reading, const LexFile *file);

/* Refuses an XML document where it stops being one: what is behind that may hide any statement.
 * `kind` is what the message calls it. */
void host_mybatis_fault(Reading *reading, Str text, const char *kind);

#endif
