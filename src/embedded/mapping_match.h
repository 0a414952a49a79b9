#ifndef RINGFENCE_EMBEDDED_MAPPING_MATCH_H
#define RINGFENCE_EMBEDDED_MAPPING_MATCH_H

#include "embedded/mapping_table.h"
#include "embedded/names.h"

/* Where a row of mapping_table.h matches, and where the values that it speaks of stand: the inside
 * of mapping.c. */

/* What was found for a `*Make/key` last: it is the same for the whole file. */
typedef struct {
    Str where;
    uint32_t at;
    bool found;
} MatchOnly;

typedef struct {
    const LexFile *file;
    HostNames *names;
    const uint32_t *code; /* the file's tokens without what is inside strings */
    uint32_t count;
    MatchOnly *only;
} MatchCode;

/* A match: indices into `code`. */
typedef struct {
    uint32_t anchor;
    uint32_t end;      /* behind the last token of `behind` */
    uint32_t captured; /* the NAME of `behind`, or 0 */
} Match;

/* The code of `file`, in the arena of `names`. */
MatchCode match_code(HostNames *names);

/* Does `row` match at code `anchor`, which is its anchor's name? */
bool match_row(const MatchCode *code, const MappingRow *row, uint32_t anchor, Match *match);

/* Where the first of the alternatives in `where` (`table` or `schema` of a row) is, in *at: its
 * first token in `code`. False when there is none. */
bool match_value(const MatchCode *code, const Match *match, const char *where, uint32_t *at);

/* Do the tokens from `from` to `to`, not too many, stand in one class (model, module)? */
bool match_shares_class(const MatchCode *code, uint32_t from, uint32_t to);

#endif
