#ifndef RINGFENCE_SOURCE_LEAN_H
#define RINGFENCE_SOURCE_LEAN_H

#include "source/source.h"

/* Reads a script without the data of its COPYs, which may be most of it: a window at a time, so
 * that memory is needed for what is kept only. */

enum { SOURCE_WINDOW = 128 * 1024 }; /* fits into a core's own cache with room to spare */

/* The bytes of `descriptor`, a regular file, from its start. Of data that `sieve` says begins, all
 * lines up to the "\." are left out, unless they are few, the "\." is missing, or a line of them
 * begins like another COPY: then the script is one that means something else. False with errno;
 * EFBIG when 4 GiB or more would be kept. */
bool source_read_lean(int descriptor, const SourceSieve *sieve, SourceText *text);

/* The offset of the first line end in [from, end) behind which a line of data may end the data: it
 * begins like "\.", "\copy" or "copy". Else `end`. Three bytes behind `end` are looked at. Adds to
 * *lines the line ends up to there, that one too. */
size_t source_scan_data(const char *text, size_t from, size_t end, uint64_t *lines);

#endif
