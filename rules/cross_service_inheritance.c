#include "rules/rules.h"

#include "base/banned.h"

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_INHERITANCE || !rule_is_foreign(access)) {
        return false;
    }
    if (rule_is_part_abroad(run, access)) {
        return true;
    }
    bool copies = access->set == ACCESS_SELECT; /* LIKE */
    Str help = rule_format(
        run,
        "write out the columns in a table of your own, and fill it from events or the API of "
        "%.*s",
        STR_ARGS(access->owner.service->name));
    rule_report_access(run, &rule_cross_service_inheritance, access,
                       copies ? "copies the columns of" : "ties a table by inheritance to",
                       help.at);
    return true;
}

const Rule rule_cross_service_inheritance = {
    .id = STR("cross-service-inheritance"),
    .level = LEVEL_ERROR,
    .summary = STR("INHERITS, PARTITION OF or LIKE across the boundary"),
    .check_access = check_access,
};
