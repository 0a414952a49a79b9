#include "base/map.h"
#include "rules/rules.h"

#include "base/banned.h"

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_CREDENTIALS) {
        return false;
    }
    if (rule_is_foreign(access)) {
        Str help = rule_format(
            run, "connect as a role of %.*s, and ask %.*s for what its role was needed for",
            STR_ARGS(access->actor->name), STR_ARGS(access->owner.service->name));
        rule_report_access(run, &rule_foreign_credentials, access, "connects as", help.at);
    }
    return true;
}

/* A role that the manifest does not list belongs to nobody, so two services may not share it. */
static void report_shared(RuleRun *run, const RoleUse *use, const RoleUse *other)
{
    const RuleFile *manifest = run->file;
    Related *related = ARENA_NEW(run->arena, Related);
    *related = (Related){.path = other->file->path,
                         .place = other->place,
                         .message = rule_format(run, "%.*s connects as it, too",
                                                STR_ARGS(other->file->service->name))};
    run->file = use->file;
    rule_report(
        run, &rule_foreign_credentials,
        (Finding){.place = use->place,
                  .service = use->file->service->name,
                  .object = use->role,
                  .related = related,
                  .related_count = 1,
                  .message = rule_format(run, "%.*s connects as %.*s, as %.*s does",
                                         STR_ARGS(use->file->service->name), STR_ARGS(use->role),
                                         STR_ARGS(other->file->service->name)),
                  .help = STR("give each service a role of its own, and list it under `roles` in "
                              "the manifest")},
        NULL);
    run->file = manifest;
}

/* The first uses of a role, by two services. */
typedef struct {
    const RoleUse *first, *second;
} Users;

static void check_project(RuleRun *run)
{
    Map users = {0};
    for (size_t i = 0; i < run->role_use_count; i++) {
        const RoleUse *use = &run->role_uses[i];
        Users *known = map_get(&users, use->role);
        if (!known) {
            known = ARENA_NEW(run->arena, Users);
            known->first = use;
            map_put(run->arena, &users, use->role, known);
        } else if (!known->second && known->first->file->service != use->file->service) {
            known->second = use;
        }
    }
    for (size_t i = 0; i < run->role_use_count; i++) {
        const RoleUse *use = &run->role_uses[i];
        const Users *known = map_get(&users, use->role);
        bool first = known->first->file->service == use->file->service;
        if (known->second) {
            report_shared(run, use, first ? known->second : known->first);
        }
    }
}

const Rule rule_foreign_credentials = {
    .id = STR("foreign-credentials"),
    .level = LEVEL_ERROR,
    .summary = STR("a connection as another service's role, or as one that two services use"),
    .check_access = check_access,
    .check_project = check_project,
};
