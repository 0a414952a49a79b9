#ifndef RINGFENCE_CHECK_SCOPE_H
#define RINGFENCE_CHECK_SCOPE_H

#include "check/judge.h"
#include "source/change.h"

/* What a run is asked about, when that is not everything. */
typedef struct {
    const SourceList *paths;      /* the files; NULL: all */
    Str also;                     /* another file: the manifest; or empty */
    const SourceChanges *changes; /* only what changed; NULL: all */
    bool by_lines;                /* … on the changed lines; else in the changed files */
    const Findings *before; /* what was found before the changes; NULL: nobody looked. Findings that
                               are more than those were caused by the changes, wherever they are */
} Scope;

/* Is the file at `path` asked about, or a part of it? Everything is, without a scope (NULL). */
bool scope_asks(const Scope *scope, Str path);

/* Sets `asked` of the findings by where they stand. */
void scope_mark(const Scope *scope, Finding *findings, size_t count);

/* Sets it for those, too, that are more than there were before. `findings` are sorted; those that
 * a comment lets pass do not count. */
void scope_mark_caused(const Scope *scope, Arena *arena, Finding *findings, size_t count);

#endif
