#ifndef RINGFENCE_CHECK_RUN_H
#define RINGFENCE_CHECK_RUN_H

#include "check/baseline.h"
#include "check/scope.h"
#include "check/shard.h"
#include "rules/rules.h"
#include "source/snapshot.h"

/* One run, start to end. */

/* What the command line asks for; every Str may be empty. */
typedef struct {
    Str manifest, root;
    const Str *paths;
    size_t path_count;
    size_t jobs; /* 0: as many as there are processors */
    struct {
        size_t rule;
        Level level;
    } levels[RULE_COUNT]; /* --rule, in the order given */
    size_t level_count;
    Str baseline; /* --baseline */
    bool no_baseline, baseline_strict;
    bool staged;     /* --staged */
    Str diff, rev;   /* --diff, --rev */
    bool from_stdin; /* --stdin, and … */
    Str stdin_path;  /* … --stdin-path */
    Shard shard;     /* --shard */
    Str prefix;      /* --prefix, as SourceRoot.prefix */
    bool own_only;   /* other shards' files are not even read aside: judging is left to a merge */
} RunOptions;

/* What a run works on. */
typedef struct Run {
    Arena *arena;
    const Manifest *manifest;
    Str manifest_text;
    Str manifest_path; /* as findings show it: below the root relative to it; of run_load: as opened
                        */
    SourceRoot root;
    SourceList sources;
    Level levels[RULE_COUNT];
    uint32_t today; /* yyyymmdd */
    size_t jobs;
    bool partial;                 /* it is asked about a part of the files only */
    SourceRepository *repository; /* of root.snapshot, or what is compared with; or NULL */
    const Scope *scope;           /* what it is asked about; NULL: everything */
    const struct Run *base;   /* what there was before the changes, to be judged as well; or NULL */
    const Baseline *baseline; /* NULL: none */
    bool baseline_strict;
    uint64_t manifest_hash; /* of its text */
    uint64_t list_hash;     /* of the paths of all files, other shards' too; for a merge */
    Shard shard;
    const Gathered *gathered; /* read by others: nothing is to be read; or NULL */
} Run;

/* What it found out. */
typedef struct {
    Gathered gathered;
    Findings findings;   /* by path, place and rule, without repeats */
    Findings suppressed; /* in the same order */
    Coverage coverage;
    bool incomplete; /* something that was asked for could not be read, and standard error says what
                      */
} RunResult;

/* The first half of run_prepare: finds and reads the manifest, for commands that need nothing else.
 */
bool run_load(Arena *arena, const RunOptions *options, Run *run, Error *error);

/* Finds and reads the manifest, lists the files. Mistakes in the manifest are printed to standard
 * error, all of them. False when the run cannot start; `error` then holds why, unless it was
 * printed (error->text is empty). */
bool run_prepare(Arena *arena, const RunOptions *options, Run *run, Error *error);

/* Ends what run_prepare began, also where that failed. */
void run_close(Run *run);

/* run_prepare without a list of files: for what others have gathered. */
bool run_prepare_merge(Arena *arena, const RunOptions *options, Run *run, Error *error);

/* Would a file of that name, found by walking, be read, if it held what its name lets one expect?
 */
bool run_reads_name(const Run *run, Str path);

/* The whole text of a file; `shown` is its path in messages. */
bool run_read_whole(Arena *arena, Str path, Str shown, Str *text, Error *error);

/* Where the run's baseline is, whether it exists or not. */
Str run_baseline_path(const Run *run, const RunOptions *options);

/* Reads the baseline into `baseline`. True as well when there is none: then *found is false. */
bool run_read_baseline(const Run *run, const RunOptions *options, Baseline *baseline, bool *found,
                       Error *error);

/* The first half of run_execute: only reads all files, and says on standard error which could not
 * be read. */
RunResult run_gather(const Run *run, Supervisor *supervisor);

/* Reads, resolves and judges all files. Of other shards' files nothing is reported. Texts live in
 * the run's arena or until run_free. */
RunResult run_execute(const Run *run, Supervisor *supervisor);

/* Frees what run_gather or run_execute has read. */
void run_free(RunResult *result);

/* Fills in the source line of every finding, from where its file was read; as long as the result.
 */
void run_add_excerpts(const Run *run, RunResult *result);

#endif
