#include "check/run.h"

#include <stdlib.h>

#include "check/aside.h"
#include "check/finish.h"
#include "check/include.h"
#include "check/secret.h"
#include "check/twin.h"
#include "extract/sieve.h"
#include "source/lines.h"

#include "base/banned.h"

/* Says on standard error what was not read; true if the run is incomplete for it. */
static bool report_unread(const Run *run, const Gathered *gathered)
{
    bool incomplete = false;
    Error error;
    for (size_t i = 0; i < run->sources.skips.count; i++) {
        const SourceSkip *skip = &run->sources.skips.at[i];
        error_set(&error, skip->path, (Position){0}, "not checked: %.*s", STR_ARGS(skip->reason));
        error_print(&error);
        incomplete |= skip->fatal;
    }
    for (size_t i = 0; i < gathered->count; i++) {
        const FileFacts *facts = &gathered->at[i];
        if (facts->unreadable.len) {
            error_set(&error, facts->file.path, (Position){0}, "not checked: %.*s",
                      STR_ARGS(facts->unreadable));
            error_print(&error);
            incomplete = true;
        }
        if (facts->tied) {
            error_set(&error, facts->file.path, (Position){0},
                      "the paths of %.*s and %.*s both claim this file, and neither is more "
                      "specific",
                      STR_ARGS(facts->file.service->name), STR_ARGS(facts->tied->name));
            error_print(&error);
            incomplete = true;
        }
    }
    return incomplete;
}

/* Other shards answer for their files. */
static void forget_others(const Run *run, Gathered *gathered)
{
    if (!run->shard.count) {
        return;
    }
    for (size_t i = 0; i < gathered->count; i++) {
        FileFacts *facts = &gathered->at[i];
        if (!shard_has(run->shard, facts->file.path)) {
            facts->coverage = (Coverage){0};
            facts->unreadable = (Str){0};
            facts->tied = NULL;
        }
    }
}

static void keep_own(const Run *run, Findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (shard_has(run->shard, findings->at[i].path)) {
            findings->at[kept++] = findings->at[i];
        }
    }
    findings->count = kept;
}

static Gathered read_all(const Run *run, Supervisor *supervisor)
{
    return run->gathered ? *run->gathered
                         : gather(run->arena, &run->root, &run->sources, run->manifest, run->jobs,
                                  supervisor, NULL);
}

RunResult run_gather(const Run *run, Supervisor *supervisor)
{
    RunResult result = {.gathered = read_all(run, supervisor)};
    result.incomplete = report_unread(run, &result.gathered);
    return result;
}

/* Judges what `run` has read. */
static void judge_all(const Run *run, const Scope *scope, RunResult *result)
{
    include_link(run->arena, &result->gathered);
    forget_others(run, &result->gathered);
    bool *exceptions_used = ARENA_ARRAY(run->arena, bool, run->manifest->exceptions.count + 1);
    result->findings = judge(run->arena, run->manifest, run->manifest_path, run->levels, run->today,
                             &result->gathered, exceptions_used);
    forget_others(run, &result->gathered); /* what was uncertain has been counted now */
    for (size_t i = 0; i < result->gathered.count; i++) {
        coverage_add(&result->coverage, &result->gathered.at[i].coverage);
    }
    finish(&(Finish){.arena = run->arena,
                     .manifest = run->manifest,
                     .manifest_path = run->manifest_path,
                     .levels = run->levels,
                     .today = run->today,
                     .gathered = &result->gathered,
                     .exceptions_used = exceptions_used,
                     .baseline = run->baseline,
                     .baseline_strict = run->baseline_strict,
                     .partial = run->partial,
                     .sharded = run->shard.count > 1,
                     .scope = scope},
           &result->findings, &result->suppressed);
    keep_own(run, &result->findings);
    keep_own(run, &result->suppressed);
}

/* Reads what there was before, but for what `gathered` says already. */
static void gather_base(const Run *run, Supervisor *supervisor, const Gathered *gathered,
                        RunResult *before)
{
    const Run *base = run->base;
    GatherTwin twin = {.root = &run->root, .sources = &run->sources, .gathered = gathered};
    bool alike = base->manifest == run->manifest && run->root.snapshot;
    before->gathered = gather(base->arena, &base->root, &base->sources, base->manifest, base->jobs,
                              supervisor, alike ? &twin : NULL);
}

RunResult run_execute(const Run *run, Supervisor *supervisor)
{
    RunResult result = {0};
    RunResult before = {0};
    Scope scope;
    if (run->scope) {
        scope = *run->scope;
    }
    result.gathered = read_all(run, supervisor);
    if (run->base) {
        supervisor_turn(supervisor, 1);
        gather_base(run, supervisor, &result.gathered, &before);
        supervisor_turn(supervisor, 0);
        judge_all(run->base, NULL, &before);
        scope.before = &before.findings;
    }
    judge_all(run, run->scope ? &scope : NULL, &result);
    result.incomplete = report_unread(run, &result.gathered);
    gather_free(&before.gathered);
    return result;
}

void run_free(RunResult *result)
{
    gather_free(&result->gathered);
}

void run_close(Run *run)
{
    source_repository_close(run->repository);
    run->repository = NULL;
}

/* The excerpts of the findings from `first` on that are in the same file; returns the next file's
 * first. */
static size_t add_excerpts_of_file(const Run *run, Findings *findings, size_t first)
{
    SourceText source;
    Str reason;
    Str path = findings->at[first].path;
    Arena *scratch = arena_new();
    Arena *of_statement = arena_new();
    Sieve sieve;
    SourceSieve lean = sieve_for(&sieve, scratch, of_statement);
    bool open = source_open_lean(run->arena, &run->root, path, aside_is_script(path) ? &lean : NULL,
                                 &source, &reason);
    LineIndex lines = {0};
    if (open && !source_is_binary(source.text)) {
        lines = lines_index_gaps(scratch, source.text, source.gaps, source.gap_count);
    }
    size_t i = first;
    for (; i < findings->count && str_equal(findings->at[i].path, path); i++) {
        Finding *finding = &findings->at[i];
        bool same = i > first && finding[-1].place.start.line == finding->place.start.line;
        if (same) {
            finding->excerpt =
                finding[-1].excerpt; /* a generated line may be long, and hold thousands */
        } else if (lines.count) {
            finding->excerpt =
                secret_mask(run->arena, lines_line(&lines, finding->place.start.line));
        }
    }
    arena_free(of_statement);
    arena_free(scratch);
    if (open) {
        source_close(&source);
    }
    return i;
}

void run_add_excerpts(const Run *run, Findings *findings)
{
    for (size_t i = 0; i < findings->count;) {
        i = add_excerpts_of_file(run, findings, i);
    }
}
