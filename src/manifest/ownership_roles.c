/* Roles -> services. */
#include "manifest/ownership_index.h"

#include "base/banned.h"

static void put(Arena *arena, Map *roles, Str name, const Service *service, RolePurpose purpose)
{
    OwnedRole *role = ARENA_NEW(arena, OwnedRole);
    *role = (OwnedRole){.name = name, .service = service, .purpose = purpose};
    map_put(arena, roles, name, role);
}

static void put_list(Arena *arena, Map *roles, const StrList *names, const Service *service,
                     RolePurpose purpose)
{
    for (size_t i = 0; i < names->count; i++) {
        put(arena, roles, names->at[i], service, purpose);
    }
}

void ownership_index_roles(Map *roles, Arena *arena, const Manifest *manifest)
{
    for (size_t i = 0; i < manifest->services.count; i++) {
        const Service *service = &manifest->services.at[i];
        put_list(arena, roles, &service->roles.readonly, service, ROLE_READONLY);
        put_list(arena, roles, &service->roles.app, service, ROLE_APP);
        if (service->roles.owner.len) {
            put(arena, roles, service->roles.owner, service, ROLE_OWNER);
        }
    }
}

const OwnedRole *ownership_role(const Ownership *ownership, Str name)
{
    return map_get(&ownership->roles, name);
}
