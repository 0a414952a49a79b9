#include "rules/rules.h"

#include "base/banned.h"

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_SET_ROLE) {
        return false;
    }
    if (rule_is_foreign(access)) {
        Str help =
            rule_format(run, "run this as a role of %.*s, or move it to the files of %.*s",
                        STR_ARGS(access->actor->name), STR_ARGS(access->owner.service->name));
        rule_report_access(run, &rule_role_escape, access, "acts as", help.at);
    }
    return true;
}

/* A role that the manifest does not list, in a file that belongs to nobody, is no concern of any
 * service. */
static void check_notice(RuleRun *run, const Notice *notice)
{
    const Access *role = notice->access ? &run->statement->accesses[notice->access - 1] : NULL;
    const Service *owner = role ? role->owner.service : NULL;
    const Service *service = run->file->service;
    if (!owner && !service) {
        return;
    }
    Str name = role ? rule_object_name(run, role) : STR("the role");
    rule_report(
        run, &rule_role_escape,
        (Finding){.place = notice->place,
                  .service = service ? service->name : (Str){0},
                  .object = name,
                  .message = rule_format(run, "%.*s makes %.*s%s%.*s %.*s, which no boundary stops",
                                         STR_ARGS(service ? service->name : STR("this code")),
                                         STR_ARGS(name), owner ? " of " : "",
                                         STR_ARGS(owner ? owner->name : (Str){0}),
                                         STR_ARGS(notice->subject)),
                  .help = STR("leave it out: a service's roles need the rights on their own "
                              "objects and nothing else")},
        owner);
}

static void check_statement(RuleRun *run)
{
    for (size_t i = 0; i < run->statement->notice_count; i++) {
        if (run->statement->notices[i].kind == NOTICE_ROLE_ATTRIBUTE) {
            check_notice(run, &run->statement->notices[i]);
        }
    }
}

const Rule rule_role_escape = {
    .id = STR("role-escape"),
    .level = LEVEL_ERROR,
    .summary = STR("SET ROLE or SET SESSION AUTHORIZATION to another service's role; SUPERUSER, "
                   "BYPASSRLS, CREATEROLE"),
    .check_access = check_access,
    .check_statement = check_statement,
};
