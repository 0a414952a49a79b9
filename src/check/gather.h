#ifndef RINGFENCE_CHECK_GATHER_H
#define RINGFENCE_CHECK_GATHER_H

#include "check/supervise.h"
#include "check/suppress.h"
#include "rules/rule.h"
#include "source/source.h"

/* The first pass: every file is read into facts, in parallel. */

/* What was read, and what was not. */
typedef struct {
    uint64_t files, sql_files, host_files;
    uint64_t fragments, statements, checked, dynamic, unparsed;
    uint64_t bytes;
    uint64_t host_fragments; /* of `fragments`: in host code */
} Coverage;

/* Adds each count of `part`. */
void coverage_add(Coverage *total, const Coverage *part);

/* Counts a statement that was read. */
void coverage_count(Coverage *coverage, const Statement *statement);

/* One file's facts. */
typedef struct FileFacts {
    RuleFile file;
    const Service *tied; /* another service whose path claims the file as well, or NULL */
    Suppressions suppressions;
    Coverage coverage;
    Str unreadable; /* why the file could not be read, or empty */
    bool aside;     /* only what other files need to know was read */
    struct Inclusion *inclusions;
    size_t inclusion_count;
    bool includes; /* it names files to include, found or not */
    bool inside;   /* another file includes it: its statements are a part of that one's session */
    bool extra;    /* … and it is no source entry itself */
    bool beside; /* its neighbours were asked for constants: it may mean another thing as it stands
                  */
} FileFacts;

/* A file that a psql script includes (\i), read once more with the variables that the script has
 * set. */
typedef struct Inclusion {
    size_t before; /* it runs before the script's statement of this index */
    FileFacts *facts;
} Inclusion;

typedef struct {
    FileFacts *at; /* one for each source entry, in its order */
    size_t count;
    FileFacts *block; /* … if gather_free is to free them */
    Arena **arenas;   /* one a worker: what the facts point into */
    size_t arena_count;
} Gathered;

struct GatherTwin;

/* Reads `sources` with at most `jobs` workers. The result's texts live until gather_free; next is
 * include_link. What `twin` (see twin.h, or NULL) has read by the same manifest is taken from
 * there. */
Gathered gather(Arena *arena, const SourceRoot *root, const SourceList *sources,
                const Manifest *manifest, size_t jobs, Supervisor *supervisor,
                const struct GatherTwin *twin);

/* SQL that stands in no file: what a database says of one of its objects. */
typedef struct {
    Str path, text;
    const Service *service; /* whose it is, or NULL */
} GatherText;

/* The same for `texts`, by their paths in order, which must outlive the result. They are SQL and
 * nothing else: no psql, no templates. */
Gathered gather_texts(Arena *arena, const GatherText *texts, size_t count, const Manifest *manifest,
                      size_t jobs, Supervisor *supervisor);

/* Frees what the facts point into. */
void gather_free(Gathered *gathered);

#endif
