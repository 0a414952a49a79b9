#ifndef RINGFENCE_CHECK_SETTINGS_H
#define RINGFENCE_CHECK_SETTINGS_H

#include "check/gathering.h"

/* Reads a file of settings (JSON, YAML, .env …) for the connectors and connections in it, into the
 * facts of source entry `index`. A file that holds none counts as none. */
void settings_read(Gather *gather, size_t worker, size_t index, Str text);

/* Adds the connections that `text` makes to the statements of `reading`, whose lines are known. */
void settings_read_connections(Reading *reading, Str text);

#endif
