#ifndef RINGFENCE_SQL_READ_H
#define RINGFENCE_SQL_READ_H

#include "sql/fragment.h"

/* Reads one statement: what it touches, declares and changes. Names are as written and unresolved.
 * The statement's texts and arrays live in `arena`; `scratch` may be reset afterwards. A fragment that holds
 * several statements (the parser sees more than the splitter did) gives one Statement that holds all of them.
 * What the parser refuses has its message in `refusal`. Safe in any thread; tree_prepare comes first. */
Statement sql_read(Arena *arena, Arena *scratch, const SqlFragment *fragment);

#endif
