#ifndef RINGFENCE_EXTRACT_SCRIPT_DATA_H
#define RINGFENCE_EXTRACT_SCRIPT_DATA_H

#include "extract/script.h"

/* What script.c does about the data behind COPY … FROM STDIN. The inside of script.h. */

/* The offset behind the line that `at` is in. */
uint32_t script_next_line(Str text, uint32_t at);

/* Notes in script->data the data of the COPYs that script->copies counts, one behind the other from
 * `start` on, and sets it to 0. What else the line holds comes first, so they are jumped over when
 * they are reached. */
void script_skip_copies(Script *script, uint32_t start);

#endif
