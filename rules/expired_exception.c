#include "rules/rules.h"

#include "base/banned.h"

static Str object_text(RuleRun *run, const ExceptionEntry *entry)
{
    return rule_format(run, "%.*s.%.*s", STR_ARGS(entry->schema), STR_ARGS(entry->name));
}

static void report_entry(RuleRun *run, const ExceptionEntry *entry)
{
    uint32_t until = entry->until;
    Str object = object_text(run, entry);
    Owner owner = ownership_of_object(run->manifest->ownership, entry->schema, entry->name);
    Str owner_name = owner.kind == OWNER_SERVICE ? owner.service->name : STR("its owner");
    rule_report(
        run, &rule_expired_exception,
        (Finding){.place = {entry->at, entry->at},
                  .service = entry->service->name,
                  .owner = owner.kind == OWNER_SERVICE ? owner.service->name : (Str){0},
                  .team = owner.kind == OWNER_SERVICE ? owner.service->team : (Str){0},
                  .object = object,
                  .message = rule_format(
                      run,
                      "the exception of %.*s for %.*s ended on %04u-%02u-%02u: it allows "
                      "nothing any more",
                      STR_ARGS(entry->service->name), STR_ARGS(object), until / 10000,
                      until / 100 % 100, until % 100),
                  .help = rule_format(
                      run,
                      "delete it if %.*s is done with %.*s; else agree with %.*s on a new "
                      "`until`",
                      STR_ARGS(entry->service->name), STR_ARGS(object), STR_ARGS(owner_name))},
        NULL);
}

static void check_project(RuleRun *run)
{
    for (size_t i = 0; i < run->manifest->exceptions.count; i++) {
        const ExceptionEntry *entry = &run->manifest->exceptions.at[i];
        if (entry->until && entry->until < run->today) {
            report_entry(run, entry);
        }
    }
}

const Rule rule_expired_exception = {
    .id = STR("expired-exception"),
    .level = LEVEL_ERROR,
    .summary = STR("an exception or suppression past its date"),
    .check_project = check_project,
};
