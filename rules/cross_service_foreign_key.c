#include "rules/rules.h"

#include "base/banned.h"

/* The boundary is between the two tables, whoever's migration says so. */
static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_FOREIGN_KEY || !rule_is_foreign(access)) {
        return false;
    }
    Str owner = access->owner.service->name;
    Str help =
        rule_format(run,
                    "keep the id without a foreign key; check it through the API of %.*s when the "
                    "row is written, and follow the events of %.*s for deletions",
                    STR_ARGS(owner), STR_ARGS(owner));
    rule_report_access(run, &rule_cross_service_foreign_key, access, "has a foreign key to",
                       help.at);
    return true;
}

const Rule rule_cross_service_foreign_key = {
    .id = STR("cross-service-foreign-key"),
    .level = LEVEL_ERROR,
    .summary = STR("a foreign key that references another service's table"),
    .check_access = check_access,
};
