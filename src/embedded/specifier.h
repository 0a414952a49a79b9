#ifndef RINGFENCE_EMBEDDED_SPECIFIER_H
#define RINGFENCE_EMBEDDED_SPECIFIER_H

#include "embedded/expression.h"

/* The specifiers of format strings: %s, %1$s, %[1]s, %(name)s, {}, {0}, {name}. */

/* The end of the %-specifier at byte `at` of `text`, or 0; which argument it means in *name or,
 * where that is empty, *number. Moves the format's `next` on. */
uint32_t specifier_percent(Str text, uint32_t at, Format *format, Str *name, uint32_t *number);

/* The same for {}, {0}, {name}, with :format and !conversion. */
uint32_t specifier_brace(Str text, uint32_t at, Format *format, Str *name, uint32_t *number);

/* The tokens of the argument that a specifier means, in *argument. False: there is none. */
bool specifier_argument(const LexFile *file, const Format *format, Str name, uint32_t number,
                        Range *argument);

#endif
