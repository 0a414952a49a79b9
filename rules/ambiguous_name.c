#include "rules/rules.h"

#include "base/banned.h"

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->certainty != CERTAINTY_AMBIGUOUS || !run->file->service) {
        return false;
    }
    Str name = access->written.name;
    rule_report(run, &rule_ambiguous_name,
                (Finding){.place = access->place,
                          .service = run->file->service->name,
                          .object = name,
                          .message = rule_format(run,
                                                 "\"%.*s\" could mean objects of two services",
                                                 STR_ARGS(name)),
                          .help = STR("write the schema before the name, or name the table under "
                                      "`owns` in the manifest")},
                access->owner.service);
    return true;
}

const Rule rule_ambiguous_name = {
    .id = STR("ambiguous-name"),
    .level = LEVEL_WARNING,
    .summary = STR("an unqualified name that could mean objects of two services"),
    .check_access = check_access,
};
