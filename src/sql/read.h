#ifndef RINGFENCE_SQL_READ_H
#define RINGFENCE_SQL_READ_H

#include "sql/fragment.h"

/* Puts something that parses in the place of what keeps PostgreSQL's parser from reading
 * `fragment`: the text goes to *filled, in `scratch`. *clause is set to where `fragment` holds more
 * than names and values that only the run time knows. False where there is no such text. */
typedef bool SqlRepair(Arena *scratch, const SqlFragment *fragment, SqlFragment *filled,
                       Place *clause);

/* Reads one statement: what it touches, declares and changes. Names are as written and unresolved.
 * The statement's texts and arrays live in `arena`; `scratch` may be reset afterwards. A fragment
 * that holds several statements (the parser sees more than the splitter did) gives one Statement
 * that holds all of them. What the parser refuses has its message in `refusal`. Statements inside
 * the statement (routine bodies, EXECUTE) that are refused are given to `repair`, unless that is
 * NULL, before they count as not understood. Safe in any thread; tree_prepare comes first. */
Statement sql_read(Arena *arena, Arena *scratch, const SqlFragment *fragment, SqlRepair *repair);

#endif
