#ifndef RINGFENCE_EMBEDDED_SCOPE_H
#define RINGFENCE_EMBEDDED_SCOPE_H

#include "embedded/names.h"

/* What kind of block a name stands in. `names` must have been built. */

typedef enum {
    SCOPE_NONE,  /* it is no parameter */
    SCOPE_OURS,  /* one of the function that `use` stands in */
    SCOPE_OTHERS /* one of another function */
} ScopeParameter;

/* Is the name at token `place` a parameter, seen from token `use` behind it? */
ScopeParameter scope_parameter(const HostNames *names, uint32_t place, uint32_t use);

/* Does a modifier say whether the value at token `value` is taken at all: name = 'a' if c; in Perl
 * and Ruby? */
bool scope_is_modified(const LexFile *file, uint32_t value);

/* In a language whose blocks are indented: does token `place` stand behind if c: or its like, on
 * its line? */
bool scope_is_on_branch_line(const HostNames *names, uint32_t place);

/* Is the innermost block around token `place` a branch or a loop, and no function's? */
bool scope_is_branch(const HostNames *names, uint32_t place);

/* The line that `token` is on, of a language whose blocks are indented. */
const NameLine *scope_line(const HostNames *names, uint32_t token);

#endif
