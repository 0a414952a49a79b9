#include "rules/rules.h"

#include "base/banned.h"

static const char *verb_of(const Access *access)
{
    if (access->kind == KIND_ROUTINE) {
        return "has a trigger that calls";
    }
    return access->set & ACCESS_TRIGGER ? "puts a trigger on"
                                        : "has a constraint trigger that refers to";
}

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_TRIGGER || !rule_is_foreign(access)) {
        return false;
    }
    if (access->kind == KIND_ROUTINE && rule_is_part_abroad(run, access)) {
        return true;
    }
    Str owner = access->owner.service->name;
    Str help = rule_format(
        run,
        "let %.*s write an event to its outbox table in the same transaction, and react to "
        "the event",
        STR_ARGS(owner));
    rule_report_access(run, &rule_cross_service_trigger, access, verb_of(access), help.at);
    return true;
}

const Rule rule_cross_service_trigger = {
    .id = STR("cross-service-trigger"),
    .level = LEVEL_ERROR,
    .summary = STR("a trigger on, or a trigger function of, another service"),
    .check_access = check_access,
};
