#include "check/run.h"

#include "check/finish.h"
#include "check/include.h"
#include "check/twin.h"

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
