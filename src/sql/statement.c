#include "sql/statement.h"

#include "base/banned.h"

static const char *const kind_names[] = {
    [KIND_RELATION] = "relation",
    [KIND_INDEX] = "index",
    [KIND_SEQUENCE] = "sequence",
    [KIND_ROUTINE] = "routine",
    [KIND_TYPE] = "type",
    [KIND_SCHEMA] = "schema",
    [KIND_OTHER] = "object",
    [KIND_TRANSITION] = "transition-table",
    [KIND_FIXED_PATH] = "fixed-path",
    [KIND_ROLE] = "role",
    [KIND_DATABASE] = "database",
    [KIND_SERVER] = "foreign-server",
    [KIND_WRAPPER] = "foreign-data-wrapper",
    [KIND_LANGUAGE] = "language",
    [KIND_LARGE_OBJECT] = "large-object",
    [KIND_PARAMETER] = "parameter",
    [KIND_TABLESPACE] = "tablespace",
    [KIND_PUBLICATION] = "publication",
};
_Static_assert(sizeof kind_names / sizeof *kind_names == KIND_COUNT, "every kind has a name");

static const char *const context_names[] = {
    [CONTEXT_FROM] = "from",
    [CONTEXT_JOIN] = "join",
    [CONTEXT_SUBQUERY] = "subquery",
    [CONTEXT_CTE] = "cte",
    [CONTEXT_VIEW] = "view",
    [CONTEXT_ROUTINE_BODY] = "routine-body",
    [CONTEXT_TARGET] = "target",
    [CONTEXT_FOREIGN_KEY] = "foreign-key",
    [CONTEXT_INHERITANCE] = "inheritance",
    [CONTEXT_DEFINITION] = "definition",
    [CONTEXT_TRIGGER] = "trigger",
    [CONTEXT_GRANT] = "grant",
    [CONTEXT_DEFAULT] = "default",
    [CONTEXT_SEARCH_PATH] = "search-path",
    [CONTEXT_SET_ROLE] = "set-role",
    [CONTEXT_CAPTURE] = "capture",
    [CONTEXT_FOREIGN_DATA] = "foreign-data",
    [CONTEXT_MAPPING] = "mapping",
    [CONTEXT_CREDENTIALS] = "credentials",
    [CONTEXT_OTHER] = "other",
};
_Static_assert(sizeof context_names / sizeof *context_names == CONTEXT_COUNT,
               "every context has a name");

static const char *const certainty_names[] = {
    [CERTAINTY_EXACT] = "exact",
    [CERTAINTY_SEARCH_PATH] = "search-path",
    [CERTAINTY_CATALOG] = "catalog",
    [CERTAINTY_DYNAMIC] = "dynamic",
};
_Static_assert(sizeof certainty_names / sizeof *certainty_names == CERTAINTY_COUNT,
               "every certainty has a name");

bool access_takes_part(const Access *access)
{
    return access->query && access->owner.kind == OWNER_SERVICE && access->kind == KIND_RELATION &&
           access->set != ACCESS_USAGE && access->context != CONTEXT_DEFINITION &&
           access->context != CONTEXT_FOREIGN_KEY;
}

bool access_is_before(const Access *a, const Access *b)
{
    return a->place.start.line != b->place.start.line
               ? a->place.start.line < b->place.start.line
               : a->place.start.column < b->place.start.column;
}

const char *kind_name(ObjectKind kind)
{
    return kind_names[kind];
}

bool kind_is_global(ObjectKind kind)
{
    return kind >= KIND_ROLE;
}

const char *context_name(Context context)
{
    return context_names[context];
}

const char *certainty_name(Certainty certainty)
{
    return certainty_names[certainty];
}
