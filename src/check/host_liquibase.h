#ifndef RINGFENCE_CHECK_HOST_LIQUIBASE_H
#define RINGFENCE_CHECK_HOST_LIQUIBASE_H

#include "check/gathering.h"
#include "lexer/lexer.h"

/* Reads the changes of a Liquibase changelog in XML, each as the SQL that it stands for; a
 * changeSet is one session. What cannot be told is dynamic, and counted. */
void host_liquibase_read(Reading *reading, const LexFile *file);

/* Says of the changelog in YAML or JSON whose first key is at `key` that nothing of it is known. */
void host_liquibase_unread(Reading *reading, Range key);

#endif
