#ifndef RINGFENCE_EMBEDDED_OTHERS_BOUND_H
#define RINGFENCE_EMBEDDED_OTHERS_BOUND_H

#include "embedded/names.h"

/* What others_bound.c (does the file itself bind a name?) tells others.c (which other file does?).
 */

#define OTHERS_SCRIPTS "javascript typescript tsx vue svelte"

/* Is the file of one of `languages`, which blanks separate? */
static inline bool others_is_of(const HostNames *names, const char *languages)
{
    return str_in_list(languages, names->file->language->name);
}

static inline bool others_is_kind(const LexFile *file, uint32_t at, LexKind kind)
{
    return at < file->count && file->tokens[at].kind == (unsigned)kind;
}

/* May the file itself bind the name of token `use`, where `use` may mean that? `import` is the
 * name's token in its import; or `use`. */
bool others_may_be_bound(HostNames *names, uint32_t use, uint32_t import);

#endif
