#include "sql/builtin.h"

#include <stdlib.h>
#include <string.h>

#include "sql/builtin_names.inc"
#include "sql/builtin_names_17.inc"
#include "sql/parse.h"

#include "base/banned.h"

#define ENTRY(name) STR(name),
static const Str routines[] = {BUILTIN_ROUTINES(ENTRY)};
static const Str types[] = {BUILTIN_TYPES(ENTRY)};
static const Str relations[] = {BUILTIN_RELATIONS(ENTRY)};
static const Str objects[] = {BUILTIN_OBJECTS(ENTRY)};
static const Str routines_17[] = {BUILTIN_ROUTINES_17(ENTRY)};
static const Str types_17[] = {BUILTIN_TYPES_17(ENTRY)};
static const Str relations_17[] = {BUILTIN_RELATIONS_17(ENTRY)};
static const Str objects_17[] = {BUILTIN_OBJECTS_17(ENTRY)};

/* Source: PostgreSQL's manual, "Data Types"; serial is parse_utilcmd.c's. */
static const Str grammar_types[] = {
    STR("bigint"),  STR("bigserial"), STR("boolean"),     STR("char"),    STR("character"),
    STR("dec"),     STR("decimal"),   STR("float"),       STR("int"),     STR("integer"),
    STR("nchar"),   STR("real"),      STR("serial"),      STR("serial2"), STR("serial4"),
    STR("serial8"), STR("smallint"),  STR("smallserial"),
};

#define COUNTED(array) array, sizeof array / sizeof *array
#define NAMES(array)                        \
    {                                       \
        COUNTED(array), COUNTED(array##_17) \
    }

/* The sorted names of each kind; `later` are those that PostgreSQL 16 and 17 added. */
static const struct {
    const Str *at;
    size_t count;
    const Str *later;
    size_t later_count;
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

/* A name that came later may be the user's own, where the parser is of a server that lacks it. */
static bool is_listed(ObjectKind kind, Str name)
{
    return holds(names[kind].at, names[kind].count, name) ||
           (strcmp(parse_major_version(), "15") > 0 &&
            holds(names[kind].later, names[kind].later_count, name));
}

bool builtin_is(ObjectKind kind, Str name)
{
    switch (kind) {
    case KIND_RELATION:
    case KIND_INDEX:
        return str_starts_with(name, STR("pg_")) && is_listed(kind, name);
    case KIND_TYPE:
        return is_listed(kind, name) || holds(COUNTED(grammar_types), name);
    case KIND_OTHER: /* ICU's collations, one a locale */
        return str_ends_with(name, STR("-x-icu")) || is_listed(kind, name);
    default:
        return is_listed(kind, name);
    }
}

bool builtin_schema(Str schema)
{
    return str_equal(schema, STR("pg_catalog")) || str_equal(schema, STR("information_schema"));
}
