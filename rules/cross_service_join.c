#include "rules/rules.h"

#include "base/banned.h"

/* Lists the query's relations in the finding, and its other sides as related places. */
static void describe_sides(RuleRun *run, const Access *at, Finding *finding, Str *others)
{
    const Statement *statement = run->statement;
    size_t count = statement->access_count;
    finding->related = ARENA_ARRAY(run->arena, Related, count);
    finding->relations = ARENA_ARRAY(run->arena, FindingRelation, count);
    for (size_t i = 0; i < count; i++) {
        const Access *access = &statement->accesses[i];
        if (access->query != at->query || !access_takes_part(access)) {
            continue;
        }
        Str name = rule_quoted_name(run, access);
        Str owner = access->owner.service->name;
        finding->relations[finding->relation_count++] =
            (FindingRelation){.name = rule_object_name(run, access),
                              .owner = owner,
                              .access = rule_shown_access(access)};
        if (access == at) {
            continue;
        }
        finding->related[finding->related_count++] = (Related){
            .path = run->file->path,
            .place = access->place,
            .message = rule_format(run, "%.*s belongs to %.*s", STR_ARGS(name), STR_ARGS(owner))};
        if (access->owner.service != at->owner.service && !others->len) {
            *others = rule_format(run, "%.*s of %.*s", STR_ARGS(name), STR_ARGS(owner));
        }
    }
}

static void report_join(RuleRun *run, const Access *at)
{
    Str others = {0};
    Str owner = at->owner.service->name;
    Finding finding = {.place = at->place,
                       .service = at->actor ? at->actor->name : (Str){0},
                       .object = rule_object_name(run, at)};
    describe_sides(run, at, &finding, &others);
    finding.message =
        rule_format(run, "%.*s joins %.*s, which belongs to %.*s, with %.*s",
                    STR_ARGS(at->actor ? at->actor->name : STR("this code")),
                    STR_ARGS(rule_quoted_name(run, at)),
                    STR_ARGS(rule_owner_name(run, at->owner.service)), STR_ARGS(others));
    finding.help =
        at->boundary == BOUNDARY_PUBLISHED
            ? rule_format(
                  run,
                  "it is published to be read, not joined: read it by itself and combine in "
                  "code, or ask %.*s for `joinable: true`",
                  STR_ARGS(owner))
            : rule_format(
                  run,
                  "query %.*s through its API and combine in code (API composition), or keep "
                  "a local read model fed by its events (CQRS)",
                  STR_ARGS(owner));
    rule_report(run, &rule_cross_service_join, finding, at->owner.service);
}

/* One finding a query, at its first name that must not be combined; the others are its sides. */
static bool check_access(RuleRun *run, const Access *access)
{
    if (!access_takes_part(access) || access->context == CONTEXT_TARGET) {
        return false;
    }
    const Query *query = &run->statement->queries[access->query - 1];
    if (!query->combines || !query->crossing || access->boundary == BOUNDARY_INSIDE) {
        return false;
    }
    if (query->crossing == access) {
        report_join(run, access);
    }
    return true;
}

const Rule rule_cross_service_join = {
    .id = STR("cross-service-join"),
    .level = LEVEL_ERROR,
    .summary = STR("one query that combines relations of two or more services"),
    .check_access = check_access,
};
