#ifndef RINGFENCE_EMBEDDED_BINDING_H
#define RINGFENCE_EMBEDDED_BINDING_H

#include "embedded/style.h"
#include "lexer/lexer.h"

/* How names are bound to expressions, by the tokens between the two. What a name means elsewhere is
 * names.h's. */

/* The name that the expression which begins at token `first` is all that is bound to, if anything
 * like `name =`, `const name: type =` or `name :=` stands before it: its token in *name. */
bool binding_name(const LexFile *file, const HostStyle *style, uint32_t first, uint32_t *name);

/* Is the name at `token` bound right there? In *value the first token of what is bound. */
bool binding_value(const LexFile *file, const HostStyle *style, uint32_t token, uint32_t *value);

/* Is something appended to the name at `token` right there? */
bool binding_appends(const LexFile *file, const HostStyle *style, uint32_t token);

#endif
