#include "rules/rules.h"

#include "base/banned.h"

static const char *verb_of(const Access *access)
{
    if (!(access->set & ACCESS_EXECUTE)) {
        return "refers to";
    }
    return access->kind == KIND_ROUTINE ? "calls" : "uses operator";
}

/* Another routine of the name is published to the actor, one that takes fewer arguments. */
static bool is_overload(const RuleRun *run, const Access *access)
{
    return access->kind == KIND_ROUTINE && access->call &&
           ownership_publication(run->manifest->ownership, PUBLISHED_ROUTINE, access->name.schema,
                                 access->name.name, access->actor);
}

static bool check_access(RuleRun *run, const Access *access)
{
    const AccessSet uses = ACCESS_EXECUTE | ACCESS_USAGE;
    bool routine = access->kind == KIND_ROUTINE && (access->set & uses);
    bool operates = access->kind == KIND_OTHER && (access->set & ACCESS_EXECUTE);
    if ((!routine && !operates) || !rule_is_foreign(access)) {
        return false;
    }
    Str owner = access->owner.service->name;
    Str help = rule_format(
        run,
        "%sask the API of %.*s, or have %.*s publish the routine under `publishes` in the "
        "manifest",
        is_overload(run, access) ? "what is published under this name takes fewer arguments: " : "",
        STR_ARGS(owner), STR_ARGS(owner));
    rule_report_access(run, &rule_cross_service_call, access, verb_of(access), help.at);
    return true;
}

const Rule rule_cross_service_call = {
    .id = STR("cross-service-call"),
    .level = LEVEL_ERROR,
    .summary = STR("calling another service's routine that is not published"),
    .check_access = check_access,
};
