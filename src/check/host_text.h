#ifndef RINGFENCE_CHECK_HOST_TEXT_H
#define RINGFENCE_CHECK_HOST_TEXT_H

#include "check/gathering.h"
#include "embedded/text.h"

/* Reads one text of a host file as what it may be: statements, a piece of one, or nothing. What is
 * read is added to the file's statements. What only a known relation makes SQL is marked uncertain
 * and not counted: uncertain.h settles it. In a known call, what has a statement's shape and is
 * refused stays, as refused. */
void host_text_read(Reading *reading, const HostText *text);

#endif
