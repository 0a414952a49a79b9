#include "rules/rules.h"

#include "base/banned.h"

static const char help[] = "ask the other service's API, or keep a local read model fed by its "
                           "events; a second connection "
                           "has rights that no grant of this one bounds";

static void report(RuleRun *run, Place place, Str subject, Str message)
{
    rule_report(run, &rule_foreign_data_bypass,
                (Finding){.place = place,
                          .service = run->file->service->name,
                          .object = subject,
                          .message = message,
                          .help = STR(help)},
                NULL);
}

/* A wrapper that the repository does not tell may well be PostgreSQL's. */
static bool leads_to_postgres(const char *wrapper)
{
    return !wrapper || str_equal(str_from(wrapper), STR("postgres_fdw")) ||
           str_equal(str_from(wrapper), STR("dblink_fdw"));
}

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->kind != KIND_SERVER) {
        return false;
    }
    bool takes_away = access->grant && access->grant->revokes;
    if (run->file->service && leads_to_postgres(access->wrapper) && !takes_away) {
        const char *verb = access->grant                 ? "opens"
                           : access->set & ACCESS_CREATE ? "defines"
                           : access->set & ACCESS_ALTER  ? "alters"
                                                         : "uses";
        report(run, access->place, access->name.name,
               rule_format(run, "%.*s %s the foreign server %.*s: a way round the boundary",
                           STR_ARGS(run->file->service->name), verb,
                           STR_ARGS(rule_quoted_name(run, access))));
    }
    return true;
}

static void check_statement(RuleRun *run)
{
    for (size_t i = 0; run->file->service && i < run->statement->notice_count; i++) {
        const Notice *notice = &run->statement->notices[i];
        if (notice->kind == NOTICE_FOREIGN_DATA) {
            report(run, notice->place, notice->subject,
                   rule_format(run, "%.*s uses %.*s: a way round the boundary",
                               STR_ARGS(run->file->service->name), STR_ARGS(notice->subject)));
        }
    }
}

const Rule rule_foreign_data_bypass = {
    .id = STR("foreign-data-bypass"),
    .level = LEVEL_ERROR,
    .summary = STR("dblink, postgres_fdw, IMPORT FOREIGN SCHEMA, COPY … PROGRAM: a way round the "
                   "boundary"),
    .check_access = check_access,
    .check_statement = check_statement,
};
