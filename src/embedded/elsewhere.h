#ifndef RINGFENCE_EMBEDDED_ELSEWHERE_H
#define RINGFENCE_EMBEDDED_ELSEWHERE_H

#include "embedded/names.h"

/* Statements that a file only hands on: db.Query(sql), where sql is a parameter, or what a function
 * gives. What they hold is not to be seen there. */

/* How many calls take a variable whose text is nowhere in the file. Only calls that nothing but a
 * database has are looked at. O(tokens). */
size_t elsewhere_count(HostNames *names);

#endif
