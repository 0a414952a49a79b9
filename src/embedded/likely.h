#ifndef RINGFENCE_EMBEDDED_LIKELY_H
#define RINGFENCE_EMBEDDED_LIKELY_H

#include "base/str.h"

/* Cheap tests, before PostgreSQL's parser is asked. */

typedef enum {
    LIKELY_NO,
    LIKELY_PART, /* a piece of a statement that may name a relation: "FROM a.b JOIN c.d" */
    LIKELY_VERB, /* begins with a statement's first word, as English may: "Update the settings" */
    LIKELY_STATEMENT, /* has a statement's shape, too: UPDATE … SET … = */
} Likely;

/* What `text` may be: a string's value, with a hole's name (sql/hole.h) for what only the run time
 * knows. Linear, and mostly settled by the first word. */
Likely likely_sql(Str text);

/* May `text`, which has a statement's shape, name an object of somebody's: is there a word in front
 * of a relation's name, a verb that works on objects, or a call with a schema? */
bool likely_names_known(Str text);

/* May a literal whose source is `source` be SQL or a piece of it, or be joined to one? A faster and
 * looser test, for text whose escapes and holes are still in it. */
bool likely_literal(Str source);

/* Does `text`, a piece of a statement, hold a query, or a join with its condition? Prose has
 * neither the words nor their symbols. */
bool likely_is_query_piece(Str text);

/* Does `text`, which follows what only the run time knows, begin with a word that is no part of a
 * name: "FROM a", "INSERT INTO a"? */
bool likely_goes_on(Str text);

/* May a literal whose source is `source` be a condition that another one is joined to by AND or OR:
 * where that stands at its end, at its start, or before what may be a hole? */
bool likely_condition(Str source);

/* May a relation's name follow `text`, the beginning of a statement? */
bool likely_name_next(Str text);

#endif
