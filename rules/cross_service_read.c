#include "rules/rules.h"

#include "base/banned.h"

/* The last to be asked: whatever of another service is touched and no other rule claimed. */
static bool check_access(RuleRun *run, const Access *access)
{
    if (!rule_is_foreign(access)) {
        return false;
    }
    const Service *owner = access->owner.service;
    Str help = rule_format(run,
                           "ask the API of %.*s, keep a local read model fed by its events, or "
                           "have %.*s publish a view "
                           "under `publishes` in the manifest",
                           STR_ARGS(owner->name), STR_ARGS(owner->name));
    rule_report_access(run, &rule_cross_service_read, access,
                       access->set & ACCESS_SELECT ? "reads" : "refers to", help.at);
    return true;
}

const Rule rule_cross_service_read = {
    .id = STR("cross-service-read"),
    .level = LEVEL_ERROR,
    .summary = STR("reading another service's relation"),
    .check_access = check_access,
};
