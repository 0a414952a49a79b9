#include "rules/rules.h"

#include "base/banned.h"

/* The view reads with its owner's rights, so the boundary is the view's, not the file's. */
static bool check_access(RuleRun *run, const Access *access)
{
    const Access *subject = rule_subject(run, access);
    if (!access->query || !subject || subject->kind != KIND_RELATION ||
        !(subject->set & ACCESS_CREATE) || !rule_is_foreign(access)) {
        return false;
    }
    Str owner = access->owner.service->name;
    Str view = rule_quoted_name(run, subject);
    Str verb = rule_format(run, "defines view %.*s over", STR_ARGS(view));
    Str help =
        rule_format(run,
                    "build the view over a local read model fed by events of %.*s (CQRS), or "
                    "have %.*s publish a view of its own under `publishes`",
                    STR_ARGS(owner), STR_ARGS(owner));
    rule_report_access(run, &rule_cross_service_view, access, verb.at, help.at);
    return true;
}

const Rule rule_cross_service_view = {
    .id = STR("cross-service-view"),
    .level = LEVEL_ERROR,
    .summary = STR("a view or materialized view over another service's relation"),
    .check_access = check_access,
};
