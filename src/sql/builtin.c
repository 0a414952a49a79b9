#include "sql/builtin.h"

#include <stdlib.h>

#include "sql/builtin_names.inc"

#include "base/banned.h"

#define ENTRY(name) STR(name),
static const Str routines[] = {BUILTIN_ROUTINES(ENTRY)};
static const Str types[] = {BUILTIN_TYPES(ENTRY)};
static const Str relations[] = {BUILTIN_RELATIONS(ENTRY)};
static const Str objects[] = {BUILTIN_OBJECTS(ENTRY)};

/* Source: PostgreSQL's manual, "Data Types"; serial is parse_utilcmd.c's. */
static const Str grammar_types[] = {
    STR("bigint"),  STR("bigserial"), STR("boolean"),     STR("char"),    STR("character"),
    STR("dec"),     STR("decimal"),   STR("float"),       STR("int"),     STR("integer"),
    STR("nchar"),   STR("real"),      STR("serial"),      STR("serial2"), STR("serial4"),
    STR("serial8"), STR("smallint"),  STR("smallserial"),
};

#define NAMES(array)                        \
    {                                       \
        array, sizeof array / sizeof *array \
    }

/* The sorted names of each kind. */
static const struct {
    const Str *at;
    size_t count;
} names[KIND_COUNT] = {
    [KIND_ROUTINE] = NAMES(routines),   [KIND_TYPE] = NAMES(types),
    [KIND_RELATION] = NAMES(relations), [KIND_INDEX] = NAMES(relations),
    [KIND_OTHER] = NAMES(objects),
};

static int compare(const void *left, const void *right)
{
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static bool holds(const Str *at, size_t count, Str name)
{
    return count && bsearch(&name, at, count, sizeof *at, compare);
}

bool builtin_is(ObjectKind kind, Str name)
{
    switch (kind) {
    case KIND_RELATION:
    case KIND_INDEX:
        return str_starts_with(name, STR("pg_")) && holds(names[kind].at, names[kind].count, name);
    case KIND_TYPE:
        return holds(types, sizeof types / sizeof *types, name) ||
               holds(grammar_types, sizeof grammar_types / sizeof *grammar_types, name);
    case KIND_OTHER: /* ICU's collations, one a locale */
        return str_ends_with(name, STR("-x-icu")) || holds(names[kind].at, names[kind].count, name);
    default:
        return holds(names[kind].at, names[kind].count, name);
    }
}

bool builtin_schema(Str schema)
{
    return str_equal(schema, STR("pg_catalog")) || str_equal(schema, STR("information_schema"));
}
