#ifndef RINGFENCE_EMBEDDED_NAMES_H
#define RINGFENCE_EMBEDDED_NAMES_H

#include "base/map.h"
#include "embedded/style.h"
#include "lexer/lexer.h"

/* The names of a host file: where each stands, and what is bound to it. Made when it is first asked
 * for: most files never need it. */

/* A line of a language whose blocks are indented. */
typedef struct {
    uint32_t token; /* its first */
    uint32_t indent;
    uint32_t behind; /* the token behind the block that it is in */
    uint32_t head;   /* of that block: the index of the line before it that is further left; or 0 */
} NameLine;

typedef struct {
    const LexFile *file;
    const HostStyle *style;
    Arena *arena;
    bool built;
    Map places;      /* by name, without its sigil: NamePlaces */
    uint32_t *close; /* of each `{`: its `}`, or 0 */
    uint32_t *open;  /* of each name: 1 + the `{` of the block around it, or 0 */
    NameLine *lines;
    size_t line_count;
} HostNames;

HostNames names_open(Arena *arena, const LexFile *file, const HostStyle *style);

/* A name without $, @, % or & before it. */
Str names_bare(Str name);

/* The binding that name token `use` means: the nearest one before it whose block it is in, or the
 * only one around it. In *value the first token of what is bound. False where there is none, where
 * two could be meant, or where it is appended to. */
bool names_value(HostNames *names, uint32_t use, uint32_t *value);

/* The same for a name that is spelled in a text at token `use`: format!("… {name}"). */
bool names_value_named(HostNames *names, Str name, uint32_t use, uint32_t *value);

/* The next place after token `after` where the name of token `binding` stands, in its block; 0:
 * none is left. *anew: it is bound there. */
uint32_t names_next_place(HostNames *names, uint32_t binding, uint32_t after, bool *anew);

/* Is the name of token `use` bound, or appended to, anywhere where `use` may mean it? */
bool names_is_bound(HostNames *names, uint32_t use);

/* Does token `use` stand in what is bound to the name at token `binding`? Looks at what is near
 * only.
 */
bool names_is_within(const HostNames *names, uint32_t binding, uint32_t use);

/* Is token `place` in a block inside of that of token `binding`? */
bool names_is_deeper(const HostNames *names, uint32_t binding, uint32_t place);

/* Where the name `name`, without a sigil, stands: its tokens, in order. */
size_t names_places(HostNames *names, Str name, const uint32_t **places);

/* Is the name at token `place` bound, or appended to, there? */
bool names_binds(const HostNames *names, uint32_t place);

#endif
