#ifndef RINGFENCE_CHECK_SECRET_H
#define RINGFENCE_CHECK_SECRET_H

#include "base/arena.h"

/* A copy of a source line that may be shown: the values of passwords, in strings like 'host=a
 * password=b', PASSWORD 'b', "password": "b", .password("b"), PWD=b and postgres://a:b@c, are
 * asterisks, one for each character. */
Str secret_mask(Arena *arena, Str line);

#endif
