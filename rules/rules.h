#ifndef RINGFENCE_RULES_RULES_H
#define RINGFENCE_RULES_RULES_H

#include "rules/rule.h"

/* Every rule, in the order in which they are asked about an access: the most specific first. */
#define RULE_LIST(X)             \
    X(unparsed_sql)              \
    X(dynamic_sql)               \
    X(unowned_code)              \
    X(search_path_escape)        \
    X(cross_service_capture)     \
    X(ambiguous_name)            \
    X(unowned_object)            \
    X(role_escape)               \
    X(grant_outside_manifest)    \
    X(foreign_data_bypass)       \
    X(security_definer_escape)   \
    X(foreign_credentials)       \
    X(cross_service_transaction) \
    X(expired_exception)         \
    X(cross_service_foreign_key) \
    X(cross_service_trigger)     \
    X(cross_service_sequence)    \
    X(cross_service_type)        \
    X(cross_service_inheritance) \
    X(cross_service_mapping)     \
    X(cross_service_ddl)         \
    X(cross_service_call)        \
    X(cross_service_write)       \
    X(cross_service_join)        \
    X(cross_service_view)        \
    X(cross_service_routine)     \
    X(cross_service_read)        \
    X(unused_suppression)

enum {
#define X(name) RULE_##name,
    RULE_LIST(X)
#undef X
        RULE_COUNT
};

#define X(name) extern const Rule rule_##name;
RULE_LIST(X)
#undef X

/* The rules, by RULE_… index. */
extern const Rule *const rules_all[RULE_COUNT];

/* The index of the rule called `id`, or RULE_COUNT. */
size_t rules_find(Str id);

/* The rule whose id is most like `id`, or NULL when none is near. */
const Rule *rules_nearest(Str id);

/* The rule's page in Markdown. */
Str rules_page(const Rule *rule);

#endif
