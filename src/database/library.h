#ifndef RINGFENCE_DATABASE_LIBRARY_H
#define RINGFENCE_DATABASE_LIBRARY_H

#include "base/error.h"

/* libpq, loaded when a server is asked: it brings a dozen libraries, and starting with them takes
 * as long as the rest of the start. Call this before any function of libpq; false, with the reason,
 * when it is not there. Not for several threads. */
bool library_open(Error *error);

#endif
