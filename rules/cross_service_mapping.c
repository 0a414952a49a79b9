#include "rules/rules.h"

#include "base/banned.h"

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_MAPPING || !rule_is_foreign(access)) {
        return false;
    }
    Str help = rule_format(run,
                           "map a table of your own that events of %.*s keep up to date, ask its "
                           "API, or have it publish a view "
                           "under `publishes` in the manifest and map that",
                           STR_ARGS(access->owner.service->name));
    rule_report_access(run, &rule_cross_service_mapping, access, "maps", help.at);
    return true;
}

const Rule rule_cross_service_mapping = {
    .id = STR("cross-service-mapping"),
    .level = LEVEL_ERROR,
    .summary = STR("an ORM entity mapped onto another service's table"),
    .check_access = check_access,
};
