#ifndef RINGFENCE_CHECK_HOST_DOCUMENT_H
#define RINGFENCE_CHECK_HOST_DOCUMENT_H

#include "check/gathering.h"

/* Reads the code in a document (embedded/document.h): its SQL as psql's, its programs as host
 * files are read. */
void host_document_read(Gather *gather, size_t worker, size_t index, Str text);

#endif
