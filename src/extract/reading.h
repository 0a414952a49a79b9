#ifndef RINGFENCE_EXTRACT_READING_H
#define RINGFENCE_EXTRACT_READING_H

#include "extract/script.h"
#include "sql/read.h"

/* Reads a statement that was cut from a script: as it stands; and, when PostgreSQL's parser refuses
 * that, with its placeholders replaced, and then one branch of its ifs at a time. What only a
 * template's holes keep from being read is no refusal but a notice. As sql_read otherwise. */
Statement reading_statement(Arena *arena, Arena *scratch, const LineIndex *lines,
                            const ScriptStatement *part);

#endif
