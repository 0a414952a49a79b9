#ifndef RINGFENCE_EMBEDDED_PARAMETER_H
#define RINGFENCE_EMBEDDED_PARAMETER_H

#include "lexer/lexer.h"

/* What is put into a text: a value, whatever it is, or a piece of SQL? */

/* Does what takes literal `literal` make parameters of its holes, and paste nothing: sql`… ${x}`,
 * FromSqlInterpolated($"… {x}")? */
bool parameter_makes(const LexFile *file, uint32_t literal);

/* Is the literal, put into such a text, a piece of it and no value, by its prefix: fr"…", t'…'? */
bool parameter_nests(const LexFile *file, uint32_t literal);

/* Is the expression of tokens [first, behind) pasted all the same: sql.raw(x), \(unescaped: x)? */
bool parameter_is_raw(const LexFile *file, uint32_t first, uint32_t behind);

/* Is it, pasted anywhere, no more than a number, a quoted value or a quoted name: strconv.Itoa(n),
 * connection.quote(x), sql.Literal(x)? */
bool parameter_is_value(const LexFile *file, uint32_t first, uint32_t behind);

#endif
