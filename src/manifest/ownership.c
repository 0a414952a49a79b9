#include "manifest/ownership.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "manifest/ownership_index.h"

#include "base/banned.h"

void ownership_report(const OwnershipReport *to, Position at, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    to->report(to->context, at, str_from(text));
}

void ownership_key_add(OwnershipKey *key, Str part)
{
    if (part.len >= sizeof key->bytes - key->len) {
        key->too_long = true;
        return;
    }
    if (part.len) {
        memcpy(key->bytes + key->len, part.at, part.len);
    }
    key->len += part.len;
    key->bytes[key->len++] = '\0';
}

Str ownership_key_str(const OwnershipKey *key)
{
    return (Str){.at = key->bytes, .len = key->len};
}

const Ownership *ownership_new(Arena *arena, const Manifest *manifest,
                               void (*report)(void *context, Position at, Str text), void *context)
{
    Ownership *ownership = ARENA_NEW(arena, Ownership);
    OwnershipReport to = {.arena = arena, .report = report, .context = context};
    for (size_t i = 0; i < manifest->services.count; i++) {
        Service *service = &manifest->services.at[i];
        map_put(arena, &ownership->services, service->name, service);
    }
    ownership_index_claims(&ownership->claims, &to, manifest, &ownership->services);
    ownership_index_paths(&ownership->paths, &to, manifest);
    ownership_index_publications(&ownership->publications, &to, manifest);
    ownership_index_roles(&ownership->roles, arena, manifest);
    return ownership;
}

const Service *ownership_service(const Ownership *ownership, Str name)
{
    return map_get(&ownership->services, name);
}

bool ownership_names_routine(const Ownership *ownership, Str schema, Str name)
{
    return ownership_publishes(ownership, PUBLISHED_ROUTINE, schema, name);
}

bool ownership_names_relation(const Ownership *ownership, Str schema, Str name)
{
    return ownership_claims_relation(ownership, schema, name) ||
           ownership_publishes(ownership, PUBLISHED_RELATION, schema, name);
}
