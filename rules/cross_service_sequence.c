#include "rules/rules.h"

#include "base/banned.h"

/* OWNED BY: a table that is named as a part of a sequence. */
static bool is_owned_by(RuleRun *run, const Access *access)
{
    const Access *subject = rule_subject(run, access);
    return access->kind == KIND_RELATION && access->context == CONTEXT_DEFINITION && subject &&
           subject->kind == KIND_SEQUENCE;
}

static bool is_use(const Access *access)
{
    const AccessSet definitions = ACCESS_CREATE | ACCESS_ALTER | ACCESS_DROP | ACCESS_GRANT;
    return access->kind == KIND_SEQUENCE && !(access->set & definitions);
}

static const char *verb_of(const Access *access)
{
    if (access->kind == KIND_RELATION) {
        return "ties a sequence to";
    }
    if (access->set & ACCESS_UPDATE) {
        return "sets";
    }
    return access->context == CONTEXT_DEFAULT ? "has a default that draws from" : "draws from";
}

static bool check_access(RuleRun *run, const Access *access)
{
    if ((!is_use(access) && !is_owned_by(run, access)) || !rule_is_foreign(access)) {
        return false;
    }
    Str help = rule_format(
        run,
        "number rows with a sequence of your own or with UUIDs, or let %.*s hand out the "
        "number through its API",
        STR_ARGS(access->owner.service->name));
    rule_report_access(run, &rule_cross_service_sequence, access, verb_of(access), help.at);
    return true;
}

const Rule rule_cross_service_sequence = {
    .id = STR("cross-service-sequence"),
    .level = LEVEL_ERROR,
    .summary = STR("nextval, setval or a DEFAULT on another service's sequence"),
    .check_access = check_access,
};
