#ifndef RINGFENCE_BASE_DIFF_H
#define RINGFENCE_BASE_DIFF_H

#include "base/buffer.h"

/* Appends what turns `old` into `new`, line by line, as a unified diff with three lines around each
 * change; nothing when they are equal. Texts that differ in more than some thousand lines get a
 * diff that is right but not the shortest. */
void diff_append(Buffer *out, Str old, Str new, Str old_name, Str new_name);

#endif
