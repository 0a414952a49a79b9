#ifndef RINGFENCE_EMBEDDED_IDENTIFIER_H
#define RINGFENCE_EMBEDDED_IDENTIFIER_H

#include "lexer/lexer.h"

/* Is expression [first, behind) a call that quotes names, all of them literals:
 * sql.Identifier("inventory", "products")? In *name, which is in `arena`, what it gives: quoted and
 * joined by dots. */
bool identifier_read(Arena *arena, const LexFile *file, uint32_t first, uint32_t behind, Str *name);

#endif
