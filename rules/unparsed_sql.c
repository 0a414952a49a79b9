#include "rules/rules.h"

#include "base/banned.h"

static void report_refusal(RuleRun *run, Place place, Str message)
{
    rule_report(
        run, &rule_unparsed_sql,
        (Finding){.place = place,
                  .service = run->file->service ? run->file->service->name : (Str){0},
                  .message = rule_format(run, "not checked: %.*s", STR_ARGS(message)),
                  .help = STR("nothing of this statement was checked; correct it, or leave the "
                              "file out with `sql: exclude`")},
        NULL);
}

static void check_statement(RuleRun *run)
{
    const Statement *statement = run->statement;
    if (statement->refusal.len) {
        report_refusal(run, statement->refused_at, statement->refusal);
    }
    for (size_t i = 0; i < statement->notice_count; i++) {
        const Notice *notice = &statement->notices[i];
        if (notice->kind == NOTICE_UNPARSED) {
            report_refusal(run, notice->place, notice->subject);
        }
    }
}

const Rule rule_unparsed_sql = {
    .id = STR("unparsed-sql"),
    .level = LEVEL_WARNING,
    .summary = STR("SQL that PostgreSQL's parser refuses"),
    .check_statement = check_statement,
};
