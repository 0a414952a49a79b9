#ifndef RINGFENCE_GRANTS_QUOTE_H
#define RINGFENCE_GRANTS_QUOTE_H

#include "base/buffer.h"

/* Text from the manifest, made safe for SQL. Source: the manual's "Lexical Structure". */

/* Appends 'text' as a string constant that means the same whatever standard_conforming_strings is.
 */
void quote_literal(Buffer *out, Str text);

/* The same, or NULL::text for an empty text. */
void quote_literal_or_null(Buffer *out, Str text);

/* Appends "text" as an identifier, always in quotes. */
void quote_name(Buffer *out, Str text);

/* Appends `text` for a comment that goes to the end of the line: control characters become blanks.
 */
void quote_comment(Buffer *out, Str text);

/* Appends `body` between dollar quotes whose tag does not occur in it. */
void quote_dollar(Buffer *out, Str body);

#endif
