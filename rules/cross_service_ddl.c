#include "rules/rules.h"

#include "base/banned.h"

static bool check_access(RuleRun *run, const Access *access)
{
    const AccessSet definitions = ACCESS_CREATE | ACCESS_ALTER | ACCESS_DROP;
    if (!(access->set & definitions) || !rule_is_foreign(access)) {
        return false;
    }
    const char *verb = access->set & ACCESS_CREATE ? "creates"
                       : access->set & ACCESS_DROP ? "drops"
                                                   : "alters";
    Str owner = access->owner.service->name;
    Str help =
        rule_format(run,
                    "move this statement to the migrations of %.*s and let its team run it, or "
                    "make the object in a schema of your own",
                    STR_ARGS(owner));
    rule_report_access(run, &rule_cross_service_ddl, access, verb, help.at);
    return true;
}

const Rule rule_cross_service_ddl = {
    .id = STR("cross-service-ddl"),
    .level = LEVEL_ERROR,
    .summary = STR("CREATE, ALTER, DROP, COMMENT, index, policy or rule on another service's "
                   "object"),
    .check_access = check_access,
};
