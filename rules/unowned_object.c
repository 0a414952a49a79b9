#include "rules/rules.h"

#include "base/banned.h"

/* In a schema that the manifest knows, PUBLIC may use a routine or type that nobody owns; and what
 * the repository does not make may be an extension's. */
static bool is_closed(const RuleRun *run, const Access *access)
{
    return !ownership_knows_schema(run->manifest->ownership, access->name.schema) &&
           (access->declared || (access->set & ACCESS_CREATE));
}

static bool is_object(const RuleRun *run, const Access *access)
{
    switch (access->kind) {
    case KIND_RELATION:
        return true;
    case KIND_SCHEMA:
        return access->context == CONTEXT_DEFINITION;
    case KIND_ROUTINE:
    case KIND_SEQUENCE:
    case KIND_TYPE:
        return is_closed(run, access);
    default:
        return false;
    }
}

static bool check_access(RuleRun *run, const Access *access)
{
    if (!is_object(run, access) || access->owner.kind != OWNER_NONE || !run->file->service) {
        return false;
    }
    if (run->levels[RULE_unowned_object] == LEVEL_OFF) {
        return true; /* it is off where there are many such objects */
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
