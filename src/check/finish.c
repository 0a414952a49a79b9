#include "check/finish.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rules/rules.h"

#include "base/banned.h"

typedef struct {
    const Finish *how;
    ARRAY(Finding) all;
} Work;

static int compare_positions(Position a, Position b)
{
    int lines = (a.line > b.line) - (a.line < b.line);
    return lines ? lines : (a.column > b.column) - (a.column < b.column);
}

static int compare_findings(const void *left, const void *right)
{
    const Finding *a = left;
    const Finding *b = right;
    int order = str_compare(a->path, b->path);
    order = order ? order : compare_positions(a->place.start, b->place.start);
    order = order ? order : str_compare(a->rule->id, b->rule->id);
    return order ? order : str_compare(a->message, b->message);
}

/* Is `next` of the same rule and place as `last`? The more general message sorts first. */
static bool says_more(const Finding *next, const Finding *last)
{
    return next->rule == last->rule && str_equal(next->path, last->path) &&
           compare_positions(next->place.start, last->place.start) == 0;
}

static void sort(Work *work)
{
    size_t kept = 0;
    Finding *all = work->all.at;
    if (work->all.count) {
        qsort(all, work->all.count, sizeof *all, compare_findings);
    }
    for (size_t i = 0; i < work->all.count; i++) {
        kept -= kept && all[i].rule->once && says_more(&all[i], &all[kept - 1]);
        if (!kept || compare_findings(&all[kept - 1], &all[i]) != 0) {
            all[kept++] = all[i];
        }
    }
    work->all.count = kept;
}

/* What stays when lines move. */
static void set_identities(Work *work)
{
    for (size_t i = 0; i < work->all.count; i++) {
        Finding *finding = &work->all.at[i];
        Str statement =
            arena_format(work->how->arena, "%016llx", (unsigned long long)finding->statement);
        finding->identity = str_hash_more(judge_hash(finding, finding->path), statement);
    }
}

/* Repeats are numbered. */
static void set_fingerprints(Work *work)
{
    Map seen = {0};
    Arena *arena = work->how->arena;
    for (size_t i = 0; i < work->all.count; i++) {
        Finding *finding = &work->all.at[i];
        Str key = arena_format(arena, "%016llx", (unsigned long long)finding->identity);
        size_t repeats = (size_t)map_get(&seen, key);
        map_put(arena, &seen, key, (void *)(repeats + 1));
        finding->fingerprint =
            repeats ? str_hash_more(finding->identity, arena_format(arena, "#%zu", repeats))
                    : finding->identity;
    }
}

/* Adds a finding that is about suppressing itself, unless `rule` is off. */
static void add(Work *work, size_t rule, Level level, Finding draft)
{
    if (work->how->levels[rule] == LEVEL_OFF) {
        return;
    }
    draft.rule = rules_all[rule];
    draft.level = level;
    array_push(work->how->arena, &work->all, draft);
}

static void report_mistake(Work *work, const RuleFile *file, const Suppression *suppression)
{
    add(work, RULE_unused_suppression, LEVEL_ERROR,
        (Finding){.path = file->path,
                  .place = suppression->place,
                  .service = file->service ? file->service->name : (Str){0},
                  .message = arena_format(work->how->arena, "this lets nothing pass: %.*s",
                                          STR_ARGS(suppression->mistake)),
                  .object = suppression->mistake,
                  .help =
                      STR("write `ringfence:allow RULE[,RULE] reason=\"…\" [until=YYYY-MM-DD]`")});
}

static void report_expired(Work *work, const RuleFile *file, const Suppression *suppression)
{
    add(work, RULE_expired_exception, work->how->levels[RULE_expired_exception],
        (Finding){.path = file->path,
                  .place = suppression->place,
                  .service = file->service ? file->service->name : (Str){0},
                  .message = arena_format(
                      work->how->arena, "this suppression held until %.*s: %.*s",
                      STR_ARGS(suppression->until_text), STR_ARGS(suppression->reason)),
                  .object = rules_all[suppression->rules[0]]->id,
                  .help = STR("do what was put off, or agree on a new date with the owner")});
}

/* One finding a rule that let nothing pass; a rule that is off cannot. */
static void report_unused(Work *work, const RuleFile *file, const Suppression *suppression)
{
    for (size_t i = 0; i < suppression->rule_count; i++) {
        size_t rule = suppression->rules[i];
        if (suppression->used[i] || work->how->levels[rule] == LEVEL_OFF) {
            continue;
        }
        add(work, RULE_unused_suppression, work->how->levels[RULE_unused_suppression],
            (Finding){.path = file->path,
                      .place = suppression->place,
                      .service = file->service ? file->service->name : (Str){0},
                      .message = arena_format(work->how->arena, "nothing here is a finding of %s",
                                              rules_all[rule]->id.at),
                      .object = rules_all[rule]->id,
                      .help = STR("remove the rule from the comment, or the comment")});
    }
}

static void report_suppressions(Work *work, const FileFacts *facts)
{
    for (size_t i = 0; i < facts->suppressions.count; i++) {
        const Suppression *suppression = &facts->suppressions.at[i];
        if (suppression->mistake.len) {
            report_mistake(work, &facts->file, suppression);
        } else if (suppression->until && suppression->until < work->how->today) {
            report_expired(work, &facts->file, suppression);
        } else {
            report_unused(work, &facts->file, suppression);
        }
    }
}

/* The index of the first finding whose path is not before `path`. */
static size_t first_of(const Work *work, size_t count, Str path)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(work->all.at[middle].path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* What rules found stands first, `count` findings by path; what is added here stands behind it. A
 * file that is included is read once more: then its comments are, too, and say the same. */
static void suppress_file(Work *work, size_t count, const FileFacts *facts)
{
    if (facts->suppressions.count) {
        size_t first = first_of(work, count, facts->file.path);
        size_t end = first;
        while (end < count && str_equal(work->all.at[end].path, facts->file.path)) {
            end++;
        }
        if (end > first) {
            suppress_apply(&facts->suppressions, work->how->today, work->all.at + first,
                           end - first);
        }
        report_suppressions(work, facts);
    }
    for (size_t i = 0; i < facts->inclusion_count; i++) {
        suppress_file(work, count, facts->inclusions[i].facts);
    }
}

static void suppress(Work *work)
{
    size_t count = work->all.count;
    for (size_t i = 0; i < work->how->gathered->count; i++) {
        suppress_file(work, count, &work->how->gathered->at[i]);
    }
}

/* An exception that nothing needs; only a run over everything can know. */
static void report_exceptions(Work *work)
{
    const Finish *how = work->how;
    for (size_t i = 0; i < how->manifest->exceptions.count && !how->partial && !how->database;
         i++) {
        const ExceptionEntry *entry = &how->manifest->exceptions.at[i];
        if (how->exceptions_used[i] || (entry->until && entry->until < how->today)) {
            continue;
        }
        Str object =
            arena_format(how->arena, "%.*s.%.*s", STR_ARGS(entry->schema), STR_ARGS(entry->name));
        add(work, RULE_unused_suppression, how->levels[RULE_unused_suppression],
            (Finding){.path = how->manifest_path,
                      .place = {entry->at, entry->at},
                      .service = entry->service->name,
                      .object = object,
                      .message = arena_format(
                          how->arena, "nothing in the code of %.*s needs the exception for %.*s",
                          STR_ARGS(entry->service->name), STR_ARGS(object)),
                      .help = STR("remove it from `exceptions`: the debt is paid")});
    }
}

static void report_stale(Work *work, const Map *read, const BaselineEntry *entry, size_t count)
{
    const Finish *how = work->how;
    Level level = how->baseline_strict ? LEVEL_ERROR : how->levels[RULE_unused_suppression];
    size_t rule = rules_find(entry->rule);
    bool off = rule < RULE_COUNT && how->levels[rule] == LEVEL_OFF;
    if (off || (how->partial && !map_get(read, entry->path))) {
        return;
    }
    Place place = {entry->at, {entry->at.line, entry->at.column + 16}};
    add(work, RULE_unused_suppression, level,
        (Finding){.path = how->baseline->path,
                  .place = place,
                  .asked = true,
                  .object =
                      arena_format(how->arena, "%016llx", (unsigned long long)entry->identity),
                  .message = arena_format(
                      how->arena, "the baseline counts %zu finding%s of %.*s in %.*s that %s gone",
                      count, count == 1 ? "" : "s", STR_ARGS(entry->rule), STR_ARGS(entry->path),
                      count == 1 ? "is" : "are"),
                  .help = STR("run `ringfence baseline`, which takes out what has been paid")});
}

static void subtract_baseline(Work *work)
{
    const Baseline *baseline = work->how->baseline;
    if (!baseline) {
        return;
    }
    Findings all = {.at = work->all.at, .count = work->all.count};
    Map read = finish_paths(work->how->arena, work->how->gathered, work->how->scope);
    size_t *left = baseline_apply(work->how->arena, baseline, &all);
    for (size_t i = 0; i < baseline->count; i++) {
        if (left[i] && !work->how->sharded) {
            report_stale(work, &read, &baseline->at[i], left[i]);
        }
    }
}

/* The findings that are asked for, with (or without) a reason not to be reported, in their order.
 */
static Findings take(const Work *work, bool suppressed)
{
    Findings taken = {.at = ARENA_ARRAY(work->how->arena, Finding, work->all.count + 1)};
    for (size_t i = 0; i < work->all.count; i++) {
        const Finding *finding = &work->all.at[i];
        if (finding->asked && (finding->suppressed != SUPPRESSED_NOT) == suppressed) {
            taken.at[taken.count++] = *finding;
        }
    }
    return taken;
}

Map finish_paths(Arena *arena, const Gathered *gathered, const Scope *scope)
{
    Map paths = {0};
    for (size_t i = 0; i < gathered->count; i++) {
        if (gathered->at[i].aside || !scope_asks(scope, gathered->at[i].file.path)) {
            continue;
        }
        Buffer clean = {0};
        utf8_append_clean(&clean, gathered->at[i].file.path);
        map_put(arena, &paths, arena_copy(arena, buffer_str(&clean)), (void *)gathered);
        buffer_free(&clean);
    }
    return paths;
}

/* The order is the point. Levels are set already: rule_report gives each finding its rule's. */
void finish(const Finish *how, Findings *findings, Findings *suppressed)
{
    Work work = {.how = how};
    work.all.at = findings->at;
    work.all.count = findings->count;
    work.all.capacity = findings->count;
    sort(&work);
    set_identities(&work);
    scope_mark(how->scope, work.all.at, work.all.count);
    suppress(&work);
    report_exceptions(&work);
    subtract_baseline(&work);
    sort(&work);
    set_identities(&work);
    set_fingerprints(&work);
    scope_mark(how->scope, work.all.at, work.all.count);
    scope_mark_caused(how->scope, how->arena, work.all.at, work.all.count);
    *findings = take(&work, false);
    *suppressed = take(&work, true);
}
