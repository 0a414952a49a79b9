#ifndef RINGFENCE_EMBEDDED_PREFILTER_H
#define RINGFENCE_EMBEDDED_PREFILTER_H

#include "base/array.h"
#include "lexer/language.h"

/* What is looked for in host languages, for each of them: one pass over a text answers all that is
 * asked about it. For one thread. */
typedef struct Prefilter Prefilter;

typedef struct {
    bool sql;               /* it may hold SQL, or a comment for ringfence */
    bool connections;       /* … or what it connects to PostgreSQL with */
    ARRAY(uint32_t) places; /* where mappings may stand: the first bytes of their anchors */
} Prefiltered;

/* Takes memory from `arena` later, too. */
Prefilter *prefilter_new(Arena *arena);

/* What the source text of a host language may hold. Nothing for most files, at about the speed of
 * memory; these need not be lexed. The places are in `arena`. */
Prefiltered prefilter_read(Prefilter *prefilter, Arena *arena, const Language *language, Str text);

#endif
