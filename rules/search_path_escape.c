#include "rules/rules.h"

#include "base/banned.h"

/* The manifest may say itself that the service looks into the schema. */
static bool is_in_manifest(const Service *service, Str schema)
{
    for (size_t i = 0; i < service->search_path.count; i++) {
        if (str_equal(service->search_path.at[i], schema)) {
            return true;
        }
    }
    return false;
}

/* An exception for anything in the schema comes with the right to look into it. */
static bool is_excepted(const RuleRun *run, const Service *service, Str schema)
{
    for (size_t i = 0; i < run->manifest->exceptions.count; i++) {
        const ExceptionEntry *entry = &run->manifest->exceptions.at[i];
        if (entry->service == service && str_equal(entry->schema, schema) &&
            (!entry->until || entry->until >= run->today)) {
            return true;
        }
    }
    return false;
}

static bool check_access(RuleRun *run, const Access *access)
{
    if (access->context != CONTEXT_SEARCH_PATH) {
        return false;
    }
    if (!rule_is_foreign(access) || is_in_manifest(access->actor, access->name.schema) ||
        is_excepted(run, access->actor, access->name.schema)) {
        return true;
    }
    rule_report_access(run, &rule_search_path_escape, access, "sets the search_path to",
                       "keep the search_path to your own schemas, and write the schema before the "
                       "name of what others publish");
    return true;
}

const Rule rule_search_path_escape = {
    .id = STR("search-path-escape"),
    .level = LEVEL_WARNING,
    .summary = STR("search_path set to another service's schema"),
    .check_access = check_access,
};
