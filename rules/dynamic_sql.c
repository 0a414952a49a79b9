#include "rules/rules.h"

#include "base/banned.h"

static const char help[] =
    "write the name as a constant (format('… %I …', 'schema', 'table') is read, and so "
    "are USING and %L for values), or list what it may touch where a person reads it";

static void report(RuleRun *run, Place place, Str message)
{
    rule_report(run, &rule_dynamic_sql,
                (Finding){.place = place,
                          .service = run->file->service ? run->file->service->name : (Str){0},
                          .message = message,
                          .help = rule_format(run, "%s", help)},
                NULL);
}

static void check_statement(RuleRun *run)
{
    for (size_t i = 0; i < run->statement->notice_count; i++) {
        const Notice *notice = &run->statement->notices[i];
        if (notice->kind == NOTICE_DYNAMIC_SQL) {
            report(run, notice->place,
                   rule_format(run, "SQL that cannot be checked: %.*s", STR_ARGS(notice->subject)));
        }
    }
}

/* Where the schema is known, so may be the owner: then it is an access like any other. */
static bool check_access(RuleRun *run, const Access *access)
{
    if (!access->doubt || access->certainty != CERTAINTY_DYNAMIC ||
        access->owner.kind != OWNER_NONE) {
        return false;
    }
    report(
        run, access->place,
        rule_format(run, "%.*s cannot be checked: %s", STR_ARGS(access->spelling), access->doubt));
    return true;
}

const Rule rule_dynamic_sql = {
    .id = STR("dynamic-sql"),
    .level = LEVEL_WARNING,
    .summary = STR("SQL whose relation is computed at run time"),
    .once = true,
    .check_access = check_access,
    .check_statement = check_statement,
};
