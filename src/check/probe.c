#include "check/probe.h"

#include "check/finish.h"
#include "check/probe_plant.h"

#include "base/banned.h"

/* What was found in its place, for a violation that the rule did not find. */
static Str other_findings(Arena *arena, const Findings *findings)
{
    Buffer out = {0};
    for (size_t i = 0; i < findings->count; i++) {
        Str id = findings->at[i].rule->id;
        if (str_find(buffer_str(&out), id) == out.len) {
            buffer_format(&out, "%s%.*s", out.len ? ", " : "", STR_ARGS(id));
        }
    }
    Str copy = arena_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return copy;
}

static void explain(const Run *run, Probe *probe, const Findings *findings, const bool *exceptions)
{
    Arena *arena = run->arena;
    for (size_t i = 0; i < run->manifest->exceptions.count; i++) {
        const ExceptionEntry *entry = &run->manifest->exceptions.at[i];
        if (exceptions[i]) {
            probe->excepted = true;
            probe->reason = arena_format(arena, "the exception of %.*s for %.*s.%.*s lets it pass",
                                         STR_ARGS(entry->service->name), STR_ARGS(entry->schema),
                                         STR_ARGS(entry->name));
            probe->help = STR("name single tables under `exceptions`, not all of a schema");
            return;
        }
    }
    if (run->levels[probe->rule] == LEVEL_OFF) {
        probe->reason = STR("the rule is off");
        probe->help =
            STR("give it a level under `rules` in the manifest; `warning` does not fail a run");
        return;
    }
    Str others = other_findings(arena, findings);
    probe->reason = others.len ? arena_format(arena, "found in its place: %.*s", STR_ARGS(others))
                               : STR("nothing was found");
    probe->help = STR("see what the manifest says about the services concerned");
}

/* Each for itself, so that no probe changes what another one means. */
static void judge_probe(const Run *run, Probe *probe, FileFacts *facts)
{
    size_t count = run->manifest->exceptions.count;
    Arena *arena = arena_new();
    Gathered one = {.at = facts, .count = 1};
    bool *exceptions = ARENA_ARRAY(arena, bool, count + 1);
    Findings suppressed;
    Findings findings =
        judge(arena, run->manifest, run->manifest_path, run->levels, run->today, &one, exceptions);
    finish(&(Finish){.arena = arena,
                     .manifest = run->manifest,
                     .manifest_path = run->manifest_path,
                     .levels = run->levels,
                     .today = run->today,
                     .gathered = &one,
                     .exceptions_used = exceptions,
                     .partial = true},
           &findings, &suppressed);
    size_t kept = 0;
    for (size_t i = 0; i < findings.count; i++) {
        if (str_equal(findings.at[i].path, probe->path)) {
            findings.at[kept++] = findings.at[i];
            probe->caught |= findings.at[i].rule == rules_all[probe->rule];
        }
    }
    findings.count = kept;
    if (!probe->caught) {
        explain(run, probe, &findings, exceptions);
    }
    arena_free(arena);
}

static void judge_all(Planting *planting, Supervisor *supervisor)
{
    const Run *run = planting->run;
    SourceList list = {.entries = {.at = planting->entries.at, .count = planting->entries.count}};
    Gathered gathered =
        gather(run->arena, &run->root, &list, run->manifest, run->jobs, supervisor, NULL);
    for (size_t i = 0; i < gathered.count; i++) {
        if (planting->probes.at[i].rule < RULE_COUNT) {
            judge_probe(run, &planting->probes.at[i], &gathered.at[i]);
        }
    }
    gather_free(&gathered);
}

Probes probe_all(const Run *run, Supervisor *supervisor)
{
    Planting planting = {.run = run, .arena = run->arena};
    probe_plant(&planting);
    judge_all(&planting, supervisor);
    return (Probes){.at = planting.probes.at,
                    .count = planting.probes.count,
                    .notes = {.at = planting.notes.at, .count = planting.notes.count}};
}
