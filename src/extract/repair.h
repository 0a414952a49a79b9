#ifndef RINGFENCE_EXTRACT_REPAIR_H
#define RINGFENCE_EXTRACT_REPAIR_H

#include "extract/placeholder.h"
#include "sql/read.h"

/* Reading SQL with holes: something that parses is put in each one's place, and the parser's own
 * complaints say where another thing is needed. */

/* Adds a notice that bytes `range` of `fragment` are known at run time only; `why` is not copied.
 */
void repair_note(Arena *arena, Statement *statement, const SqlFragment *fragment, Range range,
                 Str why);

/* Notes the templates' holes of a text that parses as it stands which are no value or name but a
 * clause. */
void repair_note_clauses(Arena *arena, Arena *scratch, const SqlFragment *fragment,
                         Statement *statement);

/* Reads `fragment`, which PostgreSQL's parser refuses as it stands, with its placeholders replaced.
 * A hole in a name gives an access of CERTAINTY_DYNAMIC and a notice, one for a clause a notice,
 * one in a value nothing. True when it was read; else *statement is the best refusal, or untouched
 * where there is no placeholder. *holes tells whether there are any that a template fills. */
bool repair_read(Arena *arena, Arena *scratch, const SqlFragment *fragment, Statement *statement,
                 bool *holes);

/* The same for a statement inside of one, as sql_read wants it. */
SqlRepair repair_inner;

#endif
