#include "rules/rules.h"

#include "base/glob.h"

#include "base/banned.h"

static void report(RuleRun *run, Place place, Str object, const Service *owner, Str message)
{
    const Service *service = run->file->service;
    FindingRelation *relation = ARENA_NEW(run->arena, FindingRelation);
    *relation = (FindingRelation){.name = object, .owner = owner->name, .access = ACCESS_SELECT};
    rule_report(
        run, &rule_cross_service_capture,
        (Finding){.place = place,
                  .service = service->name,
                  .object = object,
                  .relations = relation,
                  .relation_count = 1,
                  .message = message,
                  .help = rule_format(run,
                                      "capture your own tables only; follow the events that "
                                      "%.*s publishes, from its outbox or its own connector",
                                      STR_ARGS(owner->name))},
        owner);
}

/* Does one of the service's own entries, more specific than `claim`, take all that `pattern` means?
 */
static bool is_taken(const Service *service, const Claim *claim, Str schema, Str pattern)
{
    for (size_t i = 0; i < service->owns.count; i++) {
        const Claim *own = &service->owns.at[i];
        if (own->relation.len && str_equal(own->schema, schema) &&
            glob_literal_prefix(own->relation).len > glob_literal_prefix(claim->relation).len &&
            glob_match(own->relation, pattern, '\0')) {
            return true;
        }
    }
    return false;
}

/* Does the pattern mean some table that `claim` of another service covers? */
static bool meets(const RuleRun *run, const Service *service, const Access *pattern,
                  const Claim *claim)
{
    Str name = pattern->name.name.len ? pattern->name.name : STR("*");
    Str relation = claim->relation.len ? claim->relation : STR("*");
    return glob_match(pattern->name.schema, claim->schema, '\0') &&
           glob_intersect(name, relation, '\0') && !is_taken(service, claim, claim->schema, name) &&
           !implied_exception(run->manifest, run->today, service, claim->schema, claim->relation,
                              ACCESS_SELECT);
}

/* The first other service that owns some of what the pattern means. */
static const Service *met_service(const RuleRun *run, const Access *pattern)
{
    const Service *service = run->file->service;
    for (size_t i = 0; i < run->manifest->services.count; i++) {
        const Service *other = &run->manifest->services.at[i];
        for (size_t j = 0; other != service && j < other->owns.count; j++) {
            if (meets(run, service, pattern, &other->owns.at[j])) {
                return other;
            }
        }
    }
    return NULL;
}

static void check_pattern(RuleRun *run, const Access *access)
{
    const Service *owner = met_service(run, access);
    if (owner) {
        const char *what = access->kind == KIND_SCHEMA ? "tables in " : "";
        report(run, access->place, rule_object_name(run, access), owner,
               rule_format(run, "%.*s captures %s%.*s, where %.*s owns some",
                           STR_ARGS(run->file->service->name), what,
                           STR_ARGS(access->certainty == CERTAINTY_DYNAMIC
                                        ? access->spelling
                                        : rule_quoted_name(run, access)),
                           STR_ARGS(rule_owner_name(run, owner))));
    }
}

static void check_object(RuleRun *run, const Access *access)
{
    const char *verb = access->kind == KIND_PUBLICATION ? "subscribes to" : "captures";
    if (rule_is_foreign(access)) {
        Str shown = rule_quoted_name(run, access);
        report(run, access->place, rule_object_name(run, access), access->owner.service,
               rule_format(run, "%.*s %s %.*s, which belongs to %.*s",
                           STR_ARGS(rule_actor_name(access)), verb, STR_ARGS(shown),
                           STR_ARGS(rule_owner_name(run, access->owner.service))));
    }
}

static bool check_access(RuleRun *run, const Access *access)
{
    bool pattern = access->kind == KIND_SCHEMA || access->certainty == CERTAINTY_DYNAMIC;
    if (access->context != CONTEXT_CAPTURE) {
        return false;
    }
    if (!run->file->service || !access->set) {
        return true;
    }
    if (pattern) {
        check_pattern(run, access);
    } else {
        check_object(run, access);
    }
    return pattern || access->owner.kind != OWNER_NONE;
}

/* Is all that the claim covers left out by an exclusion: a pattern without an access? */
static bool is_excluded(const Statement *statement, const Claim *claim)
{
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        Str relation = claim->relation.len ? claim->relation : STR("*");
        if (access->context == CONTEXT_CAPTURE && !access->set &&
            glob_match(access->name.schema, claim->schema, '\0') &&
            (!access->name.name.len || glob_match(access->name.name, relation, '\0'))) {
            return true;
        }
    }
    return false;
}

static const Service *first_not_excluded(const RuleRun *run)
{
    for (size_t i = 0; i < run->manifest->services.count; i++) {
        const Service *other = &run->manifest->services.at[i];
        for (size_t j = 0; other != run->file->service && j < other->owns.count; j++) {
            if (!is_excluded(run->statement, &other->owns.at[j])) {
                return other;
            }
        }
    }
    return NULL;
}

static void check_statement(RuleRun *run)
{
    for (size_t i = 0; run->file->service && i < run->statement->notice_count; i++) {
        const Notice *notice = &run->statement->notices[i];
        const Service *owner = notice->kind == NOTICE_CAPTURE_ALL ? first_not_excluded(run) : NULL;
        if (owner) {
            report(run, notice->place, notice->subject, owner,
                   rule_format(run, "%.*s captures every table of the database, those of %.*s too",
                               STR_ARGS(run->file->service->name),
                               STR_ARGS(rule_owner_name(run, owner))));
        }
    }
}

const Rule rule_cross_service_capture = {
    .id = STR("cross-service-capture"),
    .level = LEVEL_WARNING,
    .summary = STR("a publication, a subscription or a CDC connector that exports what it does not "
                   "own"),
    .check_access = check_access,
    .check_statement = check_statement,
};
