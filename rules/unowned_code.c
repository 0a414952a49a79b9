#include "rules/rules.h"

#include "base/banned.h"

static void check_file(RuleRun *run)
{
    const RuleFile *file = run->file;
    if (file->service || !file->statement_count) {
        return;
    }
    bool claimed = file->claimed_service.len > 0;
    bool connector = str_equal(str_from(file->language), STR("json"));
    Str message = connector ? STR("a connector in a file that belongs to no service is not checked")
                  : claimed ? rule_format(run, "the manifest has no service called \"%.*s\"",
                                          STR_ARGS(file->claimed_service))
                            : STR("SQL in a file that belongs to no service: only joins, "
                                  "transactions, foreign keys, views and grants are checked in it");
    rule_report(run, &rule_unowned_code,
                (Finding){.place = claimed ? file->claimed_at : file->statements[0].place,
                          .message = message,
                          .help = STR("add the file to the `paths` of a service, or begin it with "
                                      "`-- ringfence:service NAME`")},
                NULL);
}

const Rule rule_unowned_code = {
    .id = STR("unowned-code"),
    .level = LEVEL_WARNING,
    .summary = STR("SQL in a file that belongs to no service"),
    .check_file = check_file,
};
