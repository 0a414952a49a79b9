#include "audit/audit.h"

#include "audit/drift.h"
#include "audit/objects.h"
#include "audit/statements.h"
#include "check/finish.h"
#include "check/include.h"
#include "check/secret.h"
#include "source/lines.h"

#include "base/banned.h"

/* How often it is tried, while others create and drop. */
enum { TRIES = 5 };

/* *changed: it failed, and may do better another time. */
static bool read_once(Arena *arena, const Manifest *manifest, const Plan *plan, Str conninfo,
                      Audit *audit, bool *changed, Error *error)
{
    *audit = (Audit){0};
    *changed = false;
    Database *database = database_open(conninfo, error);
    if (!database) {
        return false;
    }
    unsigned version = database_version(database);
    bool read =
        (version == plan->postgres ||
         error_set(error, STR(""), (Position){0},
                   "the manifest says postgres: %u, the server is %u", plan->postgres, version)) &&
        objects_read(arena, manifest, database, audit, error) &&
        drift_read(arena, plan, database, audit, error);
    if (read) {
        statements_read(arena, manifest, database, audit); /* last, as it may fail */
    }
    *changed = !read && database_was_changed(database);
    database_close(database);
    return read;
}

bool audit_read(Arena *arena, const Manifest *manifest, const Plan *plan, Str conninfo,
                Audit *audit, Error *error)
{
    bool read = false, changed = true;
    for (int i = 0; i < TRIES && changed; i++) {
        read = read_once(arena, manifest, plan, conninfo, audit, &changed, error);
    }
    return read;
}

/* The texts are those of the database, in the order of the facts. */
static const GatherText *text_at(const Audit *audit, Str path)
{
    size_t low = 0, high = audit->texts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(audit->texts.at[middle].path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < audit->texts.count && str_equal(audit->texts.at[low].path, path);
    return found ? &audit->texts.at[low] : NULL;
}

/* Rules report in the order of the texts, so each text's lines are looked up once; a line may be
 * long, and hold thousands of findings. */
static void add_excerpts(Arena *arena, const Audit *audit, Findings *findings)
{
    Arena *scratch = arena_new();
    LineIndex lines = {0};
    Str path = {0};
    for (size_t i = 0; i < findings->count; i++) {
        Finding *finding = &findings->at[i];
        bool same_text = i > 0 && str_equal(path, finding->path);
        if (same_text && finding[-1].place.start.line == finding->place.start.line) {
            finding->excerpt = finding[-1].excerpt;
            continue;
        }
        if (!same_text) {
            const GatherText *text = text_at(audit, finding->path);
            arena_reset(scratch);
            path = finding->path;
            lines = text ? lines_index(scratch, text->text) : (LineIndex){0};
        }
        if (lines.count) {
            finding->excerpt = secret_mask(arena, lines_line(&lines, finding->place.start.line));
        }
    }
    arena_free(scratch);
}

static void report_unowned(RuleRun *run, const AuditUnowned *unowned)
{
    RuleFile file = {.path = unowned->path, .language = "sql"};
    bool schema = unowned->objects || str_equal(str_from(unowned->kind), STR("schema"));
    Str message = schema ? rule_format(run, "nobody owns the schema %.*s, which holds %zu object%s",
                                       STR_ARGS(unowned->shown), unowned->objects,
                                       unowned->objects == 1 ? "" : "s")
                         : rule_format(run, "nobody owns the %s %.*s", unowned->kind,
                                       STR_ARGS(unowned->shown));
    run->file = &file;
    rule_report(run, &rule_unowned_object,
                (Finding){.place = {{1, 1}, {1, 1}},
                          .object = unowned->shown,
                          .message = message,
                          .help = STR("list it under the `owns` of the service it belongs to, or "
                                      "under `shared`, or drop it")},
                NULL);
}

/* A publication of a role that is no service's: whose tables does it send away? The first two
 * services are named. */
static void report_publication(RuleRun *run, const Statement *statement)
{
    const Service *first = NULL, *second = NULL;
    bool all = false;
    for (size_t i = 0; i < statement->notice_count; i++) {
        all |= statement->notices[i].kind == NOTICE_CAPTURE_ALL;
    }
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        const Service *owner = access->context == CONTEXT_CAPTURE ? access->owner.service : NULL;
        second = first && owner && owner != first && !second ? owner : second;
        first = first ? first : owner;
    }
    if (!second && !(all && run->manifest->services.count > 1)) {
        return;
    }
    rule_report(
        run, &rule_cross_service_capture,
        (Finding){.place = statement->place,
                  .object = run->file->path,
                  .message =
                      all ? STR("this publication sends away every table of the database, those "
                                "of all services")
                          : rule_format(run, "this publication sends away tables of %.*s and %.*s",
                                        STR_ARGS(rule_owner_name(run, first)),
                                        STR_ARGS(rule_owner_name(run, second))),
                  .help = STR("make one publication a service, owned by its owner role, with its "
                              "own tables only")},
        all ? NULL : first);
}

static void report_publications(RuleRun *run, const Gathered *gathered)
{
    for (size_t i = 0; i < gathered->count; i++) {
        const RuleFile *file = &gathered->at[i].file;
        bool publication = str_starts_with(file->path, STR("database:publication "));
        run->file = file;
        for (size_t j = 0; publication && !file->service && j < file->statement_count; j++) {
            report_publication(run, &file->statements[j]);
        }
    }
}

/* Adds what no statement tells. */
static Findings add_findings(const Run *run, const Audit *audit, const Level *levels,
                             const Gathered *gathered, Findings found)
{
    RuleRun rules = {
        .arena = run->arena, .manifest = run->manifest, .levels = levels, .today = run->today};
    rules.findings.at = found.at;
    rules.findings.count = rules.findings.capacity = found.count;
    report_publications(&rules, gathered);
    for (size_t i = 0; i < audit->unowned.count; i++) {
        report_unowned(&rules, &audit->unowned.at[i]);
    }
    drift_report(&rules, audit);
    return (Findings){.at = rules.findings.at, .count = rules.findings.count};
}

RunResult audit_judge(const Run *run, const Audit *audit, Supervisor *supervisor)
{
    RunResult result = {0};
    Level levels[RULE_COUNT];
    for (size_t i = 0; i < RULE_COUNT; i++) {
        levels[i] = run->levels[i];
    }
    /* No object is in a file, and the manifest's own dates are what `check` is for. */
    levels[RULE_unowned_code] = LEVEL_OFF;
    levels[RULE_expired_exception] = LEVEL_OFF;
    bool *exceptions_used = ARENA_ARRAY(run->arena, bool, run->manifest->exceptions.count + 1);
    result.gathered = gather_texts(run->arena, audit->texts.at, audit->texts.count, run->manifest,
                                   run->jobs, supervisor);
    include_link(run->arena, &result.gathered);
    result.findings = judge(run->arena, run->manifest, run->manifest_path, levels, run->today,
                            &result.gathered, exceptions_used);
    for (size_t i = 0; i < result.gathered.count; i++) {
        coverage_add(&result.coverage, &result.gathered.at[i].coverage);
    }
    add_excerpts(run->arena, audit, &result.findings);
    result.findings = add_findings(run, audit, levels, &result.gathered, result.findings);
    finish(&(Finish){.arena = run->arena,
                     .manifest = run->manifest,
                     .manifest_path = run->manifest_path,
                     .levels = levels,
                     .today = run->today,
                     .gathered = &result.gathered,
                     .exceptions_used = exceptions_used,
                     .baseline = run->baseline,
                     .baseline_strict = run->baseline_strict,
                     .database = true},
           &result.findings, &result.suppressed);
    return result;
}
