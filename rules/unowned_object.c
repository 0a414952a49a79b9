#include "rules/rules.h"

#include "base/banned.h"

/* In a schema that the manifest knows, PUBLIC may use a routine or type that nobody owns; and what
 * the repository does not make may be an extension's. */
static bool is_closed(const RuleRun *run, const Access *access)
{
    return !ownership_knows_schema(run->manifest->ownership, access->name.schema) &&
           (access->declared || (access->set & ACCESS_CREATE));
}

static bool is_object(const RuleRun *run, const Access *access)
{
    switch (access->kind) {
    case KIND_RELATION:
        return true;
    case KIND_SCHEMA:
        return access->context == CONTEXT_DEFINITION;
    case KIND_ROUTINE:
    case KIND_SEQUENCE:
    case KIND_TYPE:
        return is_closed(run, access);
    default:
        return false;
    }
}

static Str folded(RuleRun *run, Str name)
{
    Str copy = arena_copy(run->arena, name);
    for (size_t i = 0; i < copy.len; i++) {
        ((char *)copy.at)[i] = char_to_lower(copy.at[i]);
    }
    return copy;
}

/* A name in capitals, where the manifest means it without its quotes, or it was never listed. */
static Str help_for(RuleRun *run, const Access *access, Str shown)
{
    Str schema = folded(run, access->name.schema);
    Str name = folded(run, access->name.name);
    bool capitals = !str_equal(schema, access->name.schema) || !str_equal(name, access->name.name);
    Owner owner = access->kind == KIND_SCHEMA
                      ? ownership_of_schema(run->manifest->ownership, schema)
                      : ownership_of_object(run->manifest->ownership, schema, name);
    if (capitals && owner.kind == OWNER_SERVICE) {
        bool whole = !str_equal(schema, access->name.schema);
        Str entry = whole ? rule_format(run, "schema: '\"%.*s\"'", STR_ARGS(access->name.schema))
                          : rule_format(run, "table: '%.*s'", STR_ARGS(shown));
        return rule_format(run,
                           "%.*s owns what is called so in small letters, which PostgreSQL takes "
                           "for another name: list it with its quotes, `%.*s`",
                           STR_ARGS(owner.service->name), STR_ARGS(entry));
    }
    return rule_format(run,
                       "list %.*s under the `owns` of the service it belongs to, or under `shared`",
                       STR_ARGS(shown));
}

static bool check_access(RuleRun *run, const Access *access)
{
    if (!is_object(run, access) || access->owner.kind != OWNER_NONE || !run->file->service) {
        return false;
    }
    if (run->levels[RULE_unowned_object] == LEVEL_OFF) {
        return true; /* it is off where there are many such objects */
    }
    Str name = rule_object_name(run, access);
    Str shown = rule_quoted_name(run, access);
    FindingRelation *relation = ARENA_NEW(run->arena, FindingRelation);
    *relation = (FindingRelation){.name = name, .access = rule_shown_access(access)};
    rule_report(run, &rule_unowned_object,
                (Finding){.place = access->place,
                          .service = run->file->service->name,
                          .object = name,
                          .relations = relation,
                          .relation_count = 1,
                          .message = rule_format(run, "%.*s %s %.*s, which no service owns",
                                                 STR_ARGS(run->file->service->name),
                                                 access->set & ACCESS_CREATE ? "creates" : "uses",
                                                 STR_ARGS(shown)),
                          .help = help_for(run, access, shown)},
                NULL);
    return true;
}

const Rule rule_unowned_object = {
    .id = STR("unowned-object"),
    .level = LEVEL_ERROR,
    .summary = STR("an object that nobody owns is created or used"),
    .check_access = check_access,
};
