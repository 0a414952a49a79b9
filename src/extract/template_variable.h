#ifndef RINGFENCE_EXTRACT_TEMPLATE_VARIABLE_H
#define RINGFENCE_EXTRACT_TEMPLATE_VARIABLE_H

#include "extract/template.h"

/* Jinja's {% set name = … %}: what an expression that is a name alone stands for. Sources: Jinja
 * "Template Designer Documentation", Assignments; dbt "adapter.get_relation", "Relation". */

/* Remembers the assignment that a tag's `body` is, if it is one, and what a loop gives names to.
 * `body` is a part of `text`, of which only places are kept. A name that is set to two things is
 * known to be neither. */
void template_variable_set(TemplateMemo *memo, Str text, Str body);

/* What variable `name` was set to, as written; empty: not known. */
Str template_variable(const TemplateMemo *memo, Str text, Str name);

/* What `value` stands for in SQL, in *sql, which lives in `arena`: a literal's text, or the name of
 * the relation that a call makes. False: it is neither. */
bool template_variable_sql(Arena *arena, Str value, Str *sql);

#endif
