#ifndef RINGFENCE_CHECK_SQL_FILE_H
#define RINGFENCE_CHECK_SQL_FILE_H

#include "check/gathering.h"

/* The first pass over an SQL script and the files that it includes: fills the facts at `index`. */
void sql_file_read(Gather *gather, size_t worker, size_t index, const SourceText *source);

#endif
