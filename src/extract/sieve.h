#ifndef RINGFENCE_EXTRACT_SIEVE_H
#define RINGFENCE_EXTRACT_SIEVE_H

#include "extract/script.h"
#include "source/source.h"

/* Where the data of a script's COPYs begin, told while it is being read: the script is cut up to
 * the end of what there is, by script.c itself. Where what follows could still change how that is
 * cut (templates, psql's variables, included files, markers), it tells of no more data: those are
 * read. */
typedef struct {
    Script script;
    PsqlVariables variables;
    Arena *scratch;
    size_t again; /* bytes that were cut more than once */
    bool begun, off;
} Sieve;

/* For one file: `sieve`, `arena` and `scratch`, which is reset, are used while it is read. */
SourceSieve sieve_for(Sieve *sieve, Arena *arena, Arena *scratch);

#endif
