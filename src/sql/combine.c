#include "sql/combine.h"

#include "base/banned.h"

/* Must its actor not combine it with relations of others? Without an actor, whatever is not the
 * first owner's is the foreign side. */
static bool is_unjoinable(const Access *access, const Service *home)
{
    if (!access->actor) {
        return access->owner.service != home;
    }
    return access->boundary == BOUNDARY_FOREIGN ||
           (access->boundary == BOUNDARY_PUBLISHED && !access->joinable);
}

static void find_firsts(Statement *statement)
{
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (access_takes_part(access)) {
            Query *query = &statement->queries[access->query - 1];
            query->combines |= query->first && query->first->owner.service != access->owner.service;
            if (!query->first || access_is_before(access, query->first)) {
                query->first = access;
            }
        }
    }
}

void combine_queries(Statement *statement)
{
    find_firsts(statement);
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (!access_takes_part(access) || access->context == CONTEXT_TARGET) {
            continue;
        }
        Query *query = &statement->queries[access->query - 1];
        if (is_unjoinable(access, query->first->owner.service) &&
            (!query->crossing || access_is_before(access, query->crossing))) {
            query->crossing = access;
        }
    }
}
