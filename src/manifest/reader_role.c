/* `roles`: every role has one service and one purpose. */
#include "manifest/reader.h"

#include "base/banned.h"

static const char *const purposes[] = {
    [ROLE_OWNER] = "owner", [ROLE_APP] = "app", [ROLE_READONLY] = "readonly"};

typedef struct {
    const Service *service;
    RolePurpose purpose;
    Position at;
} RoleUse;

static bool can_exist(Str role)
{
    return !str_equal(role, STR("public")) && !str_equal(role, STR("none")) &&
           !str_starts_with(role, STR("pg_"));
}

static void report_clash(ManifestReader *reader, Str role, const RoleUse *first,
                         const RoleUse *second)
{
    const char *name = mistakes_quote(reader->arena, role);
    if (first->service != second->service) {
        mistakes_add(&reader->mistakes, second->at,
                     "the role %s is the service \"%.*s\"'s already (line %u): a role belongs to "
                     "one service",
                     name, (int)first->service->name.len, first->service->name.at, first->at.line);
    } else if (first->purpose == second->purpose) {
        mistakes_add(&reader->mistakes, second->at, "the role %s is here twice: first in line %u",
                     name, first->at.line);
    } else if (first->purpose == ROLE_OWNER || second->purpose == ROLE_OWNER) {
        mistakes_add(&reader->mistakes, second->at,
                     "the role %s is the \"%s\" role too (line %u): an owner may do everything, so "
                     "run-time roles must be others",
                     name, purposes[first->purpose], first->at.line);
    } else {
        mistakes_add(&reader->mistakes, second->at,
                     "the role %s is the \"%s\" role too (line %u): it either writes or only reads",
                     name, purposes[first->purpose], first->at.line);
    }
}

static bool read_role(ManifestReader *reader, const YamlNode *node, const Service *service,
                      RolePurpose purpose, Str *role)
{
    if (!reader_identifier(reader, node, purposes[purpose], role)) {
        return false;
    }
    if (!can_exist(*role)) {
        mistakes_add(&reader->mistakes, node->at,
                     "\"%s\" cannot be %s: PostgreSQL reserves public, none and pg_…",
                     purposes[purpose], mistakes_quote(reader->arena, *role));
        return false;
    }
    RoleUse *use = ARENA_NEW(reader->arena, RoleUse);
    *use = (RoleUse){.service = service, .purpose = purpose, .at = node->at};
    const RoleUse *first = map_get(&reader->roles, *role);
    if (first) {
        report_clash(reader, *role, first, use);
        return false;
    }
    map_put(reader->arena, &reader->roles, *role, use);
    return true;
}

static void read_role_list(ManifestReader *reader, const YamlNode *node, const Service *service,
                           RolePurpose purpose, StrList *roles)
{
    if (!reader_is_list(reader, node, purposes[purpose], "a list of roles, such as [orders_app]",
                        0)) {
        return;
    }
    roles->at = ARENA_ARRAY(reader->arena, Str, node->count);
    for (size_t i = 0; i < node->count; i++) {
        roles->count +=
            read_role(reader, node->items[i], service, purpose, &roles->at[roles->count]);
    }
}

static void read_owner(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Service *service = target;
    Str role;
    if (read_role(reader, pair->value, service, ROLE_OWNER, &role)) {
        service->roles.owner = role;
    }
}

static void read_app(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Service *service = target;
    read_role_list(reader, pair->value, service, ROLE_APP, &service->roles.app);
}

static void read_readonly(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Service *service = target;
    read_role_list(reader, pair->value, service, ROLE_READONLY, &service->roles.readonly);
}

static const ManifestKey role_keys[] = {
    {"owner", NULL, read_owner},
    {"app", NULL, read_app},
    {"readonly", NULL, read_readonly},
    {NULL, NULL, NULL},
};

void reader_roles(ManifestReader *reader, const YamlPair *pair, void *target)
{
    reader_mapping(reader, pair->value, "\"roles\"", pair->at, role_keys, target);
}
