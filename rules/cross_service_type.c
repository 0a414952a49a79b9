#include "rules/rules.h"

#include "base/banned.h"

/* What is neither relation, routine nor type but is used by name: collations, operator classes,
 * text search. */
static bool check_access(RuleRun *run, const Access *access)
{
    bool type = access->kind == KIND_TYPE || access->kind == KIND_OTHER;
    if (!type || access->set != ACCESS_USAGE || !rule_is_foreign(access)) {
        return false;
    }
    Str help = rule_format(
        run,
        "use a built-in type or one of your own, and let the API of %.*s say what the values "
        "are",
        STR_ARGS(access->owner.service->name));
    rule_report_access(run, &rule_cross_service_type, access,
                       access->kind == KIND_TYPE ? "uses type" : "uses", help.at);
    return true;
}

const Rule rule_cross_service_type = {
    .id = STR("cross-service-type"),
    .level = LEVEL_WARNING,
    .summary = STR("a column, cast or parameter of another service's type, domain or collation"),
    .check_access = check_access,
};
