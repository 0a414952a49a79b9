#ifndef RINGFENCE_CHECK_FINISH_H
#define RINGFENCE_CHECK_FINISH_H

#include "check/baseline.h"
#include "check/scope.h"

/* From what the rules found to what is reported. */
typedef struct {
    Arena *arena;
    const Manifest *manifest;
    Str manifest_path; /* as findings show it */
    const Level *levels;
    uint32_t today;
    const Gathered *gathered;
    const bool *exceptions_used; /* by index in the manifest */
    const Baseline *baseline;    /* NULL: none */
    bool baseline_strict;        /* an entry that matches nothing is an error */
    bool partial;                /* only some of the repository's files were asked for */
    bool database;               /* what was read is no code: it need not use the exceptions */
    const Scope *scope;          /* which findings are asked for; NULL: all */
    bool sharded;                /* other files' findings are not all there */
} Finish;

/* Sorts `findings` by path, place and rule, without repeats and with fingerprints. Those that a
 * comment or the baseline lets pass go to `suppressed`; suppressions that are of no use become
 * findings. */
void finish(const Finish *how, Findings *findings, Findings *suppressed);

/* The paths of the files that were read and asked about (NULL: all), as a baseline writes them; the
 * values mean nothing. */
Map finish_paths(Arena *arena, const Gathered *gathered, const Scope *scope);

#endif
