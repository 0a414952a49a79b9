#include "rules/rules.h"

#include "base/banned.h"

/* The actor is who owns the routine, not the file's service: the routine stays in its schema. A DO
 * block is no routine: what it reads is the file's. */
static bool check_access(RuleRun *run, const Access *access)
{
    if (!access->routine.len || !rule_is_foreign(access)) {
        return false;
    }
    const Access *subject = rule_subject(run, access);
    Str routine =
        subject && subject->kind == KIND_ROUTINE ? rule_quoted_name(run, subject) : access->routine;
    Str owner = access->owner.service->name;
    Str verb = rule_format(run, "defines routine %.*s over", STR_ARGS(routine));
    Str help = rule_format(
        run,
        "move that part to %.*s and ask its API (API composition), or let the routine read a "
        "local read model fed by events of %.*s (CQRS) or a view that it publishes",
        STR_ARGS(owner), STR_ARGS(owner));
    rule_report_access(run, &rule_cross_service_routine, access, verb.at, help.at);
    return true;
}

const Rule rule_cross_service_routine = {
    .id = STR("cross-service-routine"),
    .level = LEVEL_ERROR,
    .summary = STR("a function or procedure whose body works on several services' data"),
    .check_access = check_access,
};
