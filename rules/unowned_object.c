#include "rules/rules.h"

#include "base/banned.h"

static bool check_access(RuleRun *run, const Access *access)
{
    bool schema = access->kind == KIND_SCHEMA && access->context == CONTEXT_DEFINITION;
    bool object = access->kind == KIND_RELATION || schema;
    if (!object || access->owner.kind != OWNER_NONE || !run->file->service) {
        return false;
    }
    Str name = rule_object_name(run, access);
    Str shown = rule_quoted_name(run, access);
    FindingRelation *relation = ARENA_NEW(run->arena, FindingRelation);
    *relation = (FindingRelation){.name = name, .access = rule_shown_access(access)};
    rule_report(
        run, &rule_unowned_object,
        (Finding){.place = access->place,
                  .service = run->file->service->name,
                  .object = name,
                  .relations = relation,
                  .relation_count = 1,
                  .message = rule_format(run, "%.*s %s %.*s, which no service owns",
                                         STR_ARGS(run->file->service->name),
                                         access->set & ACCESS_CREATE ? "creates" : "uses",
                                         STR_ARGS(shown)),
                  .help = rule_format(run,
                                      "list %.*s under the `owns` of the service it belongs to, "
                                      "or under `shared`",
                                      STR_ARGS(shown))},
        NULL);
    return true;
}

const Rule rule_unowned_object = {
    .id = STR("unowned-object"),
    .level = LEVEL_ERROR,
    .summary = STR("an object that nobody owns is created or used"),
    .check_access = check_access,
};
