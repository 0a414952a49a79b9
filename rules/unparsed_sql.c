#include "rules/rules.h"

#include "base/banned.h"

static void check_statement(RuleRun *run)
{
    const Statement *statement = run->statement;
    if (!statement->refusal.len) {
        return;
    }
    rule_report(run, &rule_unparsed_sql,
                (Finding){.place = statement->refused_at,
                          .service = run->file->service ? run->file->service->name : (Str){0},
                          .message = rule_format(run, "not checked: %.*s",
                                                 STR_ARGS(statement->refusal)),
                          .help = STR("nothing of this statement was checked; correct it, or leave the "
                                      "file out with `sql: exclude`")},
                NULL);
}

const Rule rule_unparsed_sql = {
    .id = STR("unparsed-sql"),
    .level = LEVEL_WARNING,
    .summary = STR("SQL that PostgreSQL's parser refuses"),
    .check_statement = check_statement,
};
