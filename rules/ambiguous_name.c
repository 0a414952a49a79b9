#include "rules/rules.h"

#include "base/banned.h"

/* What the name would be in the other service's schema. */
static Access rival_of(const Access *access)
{
    Access rival = *access;
    rival.name.schema = access->rival_schema;
    return rival;
}

static bool check_access(RuleRun *run, const Access *access)
{
    const Service *owner = access->owner.service;
    if (!access->rival || !owner || !run->file->service) {
        return false;
    }
    Access rival = rival_of(access);
    FindingRelation *relations = ARENA_ARRAY(run->arena, FindingRelation, 2);
    relations[0] = (FindingRelation){.name = rule_object_name(run, access),
                                     .owner = owner->name,
                                     .access = rule_shown_access(access)};
    relations[1] = (FindingRelation){.name = rule_object_name(run, &rival),
                                     .owner = access->rival->name,
                                     .access = rule_shown_access(access)};
    rule_report(
        run, &rule_ambiguous_name,
        (Finding){.place = access->place,
                  .service = run->file->service->name,
                  .object = access->written.name,
                  .relations = relations,
                  .relation_count = 2,
                  .message = rule_format(
                      run, "%.*s could mean %.*s of %.*s or %.*s of %.*s",
                      STR_ARGS(access->spelling), STR_ARGS(rule_quoted_name(run, access)),
                      STR_ARGS(owner->name), STR_ARGS(rule_quoted_name(run, &rival)),
                      STR_ARGS(access->rival->name)),
                  .help = STR("write the schema before the name, or name the table under `owns` in "
                              "the manifest")},
        NULL);
    return true;
}

const Rule rule_ambiguous_name = {
    .id = STR("ambiguous-name"),
    .level = LEVEL_WARNING,
    .summary = STR("an unqualified name that could mean objects of two services"),
    .check_access = check_access,
};
