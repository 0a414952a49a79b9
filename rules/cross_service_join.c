#include "rules/rules.h"

#include "base/banned.h"

/* Does the access take part in the combining: a service's relation in the query numbered `query`? */
static bool takes_part(const Access *access, uint32_t query)
{
    return access->query == query && access->owner.kind == OWNER_SERVICE &&
           access->context != CONTEXT_DEFINITION && access->context != CONTEXT_FOREIGN_KEY;
}

/* May its actor not combine it with relations of others? Without an actor, whatever is not the first owner's
 * is the foreign side. */
static bool is_unjoinable(const Access *access, const Service *home)
{
    if (!access->actor) {
        return access->owner.service != home;
    }
    return access->boundary == BOUNDARY_FOREIGN ||
           (access->boundary == BOUNDARY_PUBLISHED && !access->joinable);
}

static bool is_before(const Access *a, const Access *b)
{
    return a->place.start.line != b->place.start.line
               ? a->place.start.line < b->place.start.line
               : a->place.start.column < b->place.start.column;
}

/* The owner of the query's first relation, and whether another one has a part in it. */
static const Service *first_owner(const Statement *statement, uint32_t query, bool *combines)
{
    const Access *first = NULL;
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (takes_part(access, query)) {
            *combines |= first && first->owner.service != access->owner.service;
            first = !first || is_before(access, first) ? access : first;
        }
    }
    return first ? first->owner.service : NULL;
}

/* The first name of the query that must not be combined; targets of writes have a rule of their own. */
static const Access *first_unjoinable(const Statement *statement, uint32_t query,
                                      const Service *home)
{
    const Access *first = NULL;
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (takes_part(access, query) && access->context != CONTEXT_TARGET &&
            is_unjoinable(access, home) && (!first || is_before(access, first))) {
            first = access;
        }
    }
    return first;
}

/* Lists the query's relations in the finding, and its other sides as related places. */
static void describe_sides(RuleRun *run, const Access *at, Finding *finding, Str *others)
{
    const Statement *statement = run->statement;
    size_t count = statement->access_count;
    finding->related = ARENA_ARRAY(run->arena, Related, count);
    finding->relations = ARENA_ARRAY(run->arena, FindingRelation, count);
    for (size_t i = 0; i < count; i++) {
        const Access *access = &statement->accesses[i];
        if (!takes_part(access, at->query)) {
            continue;
        }
        Str name = rule_quoted_name(run, access);
        Str owner = access->owner.service->name;
        finding->relations[finding->relation_count++] =
            (FindingRelation){.name = rule_object_name(run, access), .owner = owner, .access = access->set};
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
    finding.message = rule_format(
        run, "%.*s joins %.*s, which belongs to %.*s, with %.*s",
        STR_ARGS(at->actor ? at->actor->name : STR("this code")),
        STR_ARGS(rule_quoted_name(run, at)),
        STR_ARGS(rule_owner_name(run, at->owner.service)), STR_ARGS(others));
    finding.help = rule_format(
        run,
        "query %.*s through its API and combine in code (API composition), or keep a local read "
        "model fed by its events (CQRS)",
        STR_ARGS(owner));
    rule_report(run, &rule_cross_service_join, finding, at->owner.service);
}

static bool check_access(RuleRun *run, const Access *access)
{
    bool combines = false;
    if (!access->query || !takes_part(access, access->query) ||
        access->context == CONTEXT_TARGET) {
        return false;
    }
    const Service *home = first_owner(run->statement, access->query, &combines);
    if (!combines || !is_unjoinable(access, home)) {
        return false;
    }
    if (first_unjoinable(run->statement, access->query, home) == access) {
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
