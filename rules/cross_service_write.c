#include "rules/rules.h"

#include "base/banned.h"

static const char *verb_of(AccessSet set)
{
    static const struct {
        AccessSet access;
        const char *verb;
    } verbs[] = {
        {ACCESS_INSERT, "inserts into"}, {ACCESS_UPDATE, "updates"},
        {ACCESS_DELETE, "deletes from"}, {ACCESS_TRUNCATE, "truncates"},
        {ACCESS_LOCK, "locks"},
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (set & verbs[i].access) {
            return verbs[i].verb;
        }
    }
    return "writes to";
}

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_TARGET || !rule_is_foreign(access)) {
        return false;
    }
    Str help = rule_format(run,
                           "send %.*s a command (its API, or a saga step), or write an event to "
                           "your own outbox table that it consumes",
                           STR_ARGS(access->owner.service->name));
    rule_report_access(run, &rule_cross_service_write, access, verb_of(access->set), help.at);
    return true;
}

const Rule rule_cross_service_write = {
    .id = STR("cross-service-write"),
    .level = LEVEL_ERROR,
    .summary = STR("INSERT, UPDATE, DELETE, MERGE, TRUNCATE, COPY FROM or LOCK of another "
                   "service's relation"),
    .check_access = check_access,
};
