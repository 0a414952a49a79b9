#ifndef RINGFENCE_CHECK_GATHERING_H
#define RINGFENCE_CHECK_GATHERING_H

#include "base/pool.h"
#include "check/gather.h"
#include "embedded/prefilter.h"
#include "extract/script.h"

/* The inside of the first pass: what gather.c shares with the readers of each kind of file. */

/* What all workers share, and what is each one's own. */
typedef struct {
    const SourceRoot *root;
    const SourceList *sources;
    const GatherText *texts; /* instead of the two above; or NULL */
    const Manifest *manifest;
    const struct GatherTwin *twin; /* what need not be read again; or NULL */
    Supervisor *supervisor;
    Gathered *gathered;
    Arena *scratch[POOL_MOST_WORKERS];
    Arena *of_file[POOL_MOST_WORKERS]; /* reset for each file; `scratch` is for each statement */
    Prefilter *prefilters[POOL_MOST_WORKERS];
    struct Siblings *siblings[POOL_MOST_WORKERS]; /* made when first needed */
    const char *fault; /* "path:line,…": crash there, to test the supervisor; or NULL */
} Gather;

/* Where statements and COPY data stand; kept only for a file with suppressions. */
typedef struct {
    bool wanted;
    ARRAY(Range) statements, data;
    ARRAY(Range) texts; /* of a host file: where each string with statements stands */
} Layout;

/* A file being read, and the scripts that include it. */
typedef struct Reading {
    Gather *gather;
    size_t worker;
    uint32_t number; /* for the supervisor */
    FileFacts *facts;
    const SourceText *source; /* what is left out of its text; or NULL: nothing */
    LineIndex lines;
    Arena *arena;             /* what the facts point into */
    Arena *of_file, *scratch; /* reset for each file, for each statement */
    PsqlVariables *variables;
    size_t *included; /* files, by the outermost script */
    const struct Reading *outer;
    bool partly; /* read aside: statements that declare nothing are passed over */
    ARRAY(Statement) statements;
    ARRAY(Inclusion) inclusions;
    Layout layout;
} Reading;

/* Begins to read what the facts at `index` are about. */
Reading gathering_begin(Gather *gather, size_t worker, size_t index);

/* Puts the statements that were read into the facts. */
void gathering_keep(Reading *reading);

/* Where they stand; as long as the reading. */
ScriptLayout gathering_layout(const Reading *reading);

/* Reads one statement, supervised: what kills the parser is skipped the next time. */
Statement gathering_read(Reading *reading, const ScriptStatement *part);

/* A comment `ringfence:service NAME` in `head`, what stands above a file's first token, overrules
 * the file's path. */
void gathering_claim(Arena *arena, Str head, const LineIndex *lines, RuleFile *file,
                     const Manifest *manifest);

/* Adds a statement that was found at `in_file`, and counts it unless it is uncertain. */
void gathering_add(Reading *reading, Statement statement, Range in_file);

/* Counts a statement of the file's. */
void gathering_count(Reading *reading, const Statement *statement);

#endif
