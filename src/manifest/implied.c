#include "manifest/implied.h"

#include "base/glob.h"

#include "base/banned.h"

enum {
    READING = ACCESS_SELECT | ACCESS_USAGE | ACCESS_EXECUTE,
    EVERYTHING = ACCESS_GRANT * 2 - 1,
};

static bool holds(const ExceptionEntry *entry, const Service *service, Str schema, uint32_t today)
{
    return entry->service == service && str_equal(entry->schema, schema) &&
           (!entry->until || entry->until >= today);
}

/* What exceptions allow on schema.name; with an empty name on every object of the schema. */
static AccessSet excepted(const Manifest *manifest, uint32_t today, const Service *service,
                          Str schema, Str name)
{
    AccessSet set = 0;
    for (size_t i = 0; i < manifest->exceptions.count; i++) {
        const ExceptionEntry *entry = &manifest->exceptions.at[i];
        if (holds(entry, service, schema, today) && glob_match(entry->name, name, '\0')) {
            set |= entry->privileges;
        }
    }
    return set;
}

bool implied_exception(const Manifest *manifest, uint32_t today, const Service *service, Str schema,
                       Str name, AccessSet privileges)
{
    return !(privileges & ~excepted(manifest, today, service, schema, name));
}

static bool is_for(const Publication *publication, const Service *service)
{
    for (size_t i = 0; i < publication->to.count; i++) {
        if (str_equal(publication->to.at[i], service->name)) {
            return true;
        }
    }
    return publication->to_all;
}

/* Whoever may use something in a schema may look into the schema. */
static AccessSet schema_usage(const Manifest *manifest, uint32_t today, const Service *service,
                              const Service *owner, Str schema)
{
    for (size_t i = 0; owner->stage != STAGE_SPLIT && i < owner->publishes.count; i++) {
        if (str_equal(owner->publishes.at[i].schema, schema) &&
            is_for(&owner->publishes.at[i], service)) {
            return ACCESS_USAGE;
        }
    }
    for (size_t i = 0; i < manifest->exceptions.count; i++) {
        if (holds(&manifest->exceptions.at[i], service, schema, today)) {
            return ACCESS_USAGE;
        }
    }
    return 0;
}

static AccessSet published(const Manifest *manifest, const Service *service,
                           const ImpliedObject *object)
{
    PublicationKind kind = object->kind == IMPLIED_ROUTINE ? PUBLISHED_ROUTINE : PUBLISHED_RELATION;
    bool can_be = object->kind == IMPLIED_RELATION || object->kind == IMPLIED_ROUTINE;
    const Publication *publication =
        can_be && object->owner.service->stage != STAGE_SPLIT
            ? ownership_publication(manifest->ownership, kind, object->schema, object->name,
                                    service)
            : NULL;
    return publication ? publication->privileges : 0;
}

static AccessSet own_privileges(RolePurpose purpose, ImpliedKind kind)
{
    switch (purpose) {
    case ROLE_OWNER:
        return EVERYTHING;
    case ROLE_APP:
        return EVERYTHING & ~ACCESS_GRANT & ~(kind == IMPLIED_SCHEMA ? ACCESS_CREATE : 0);
    case ROLE_READONLY:
        break;
    }
    return READING;
}

AccessSet implied_privileges(const Manifest *manifest, uint32_t today, const Service *service,
                             RolePurpose purpose, const ImpliedObject *object)
{
    const Service *owner = object->owner.service;
    if (object->owner.kind == OWNER_SHARED) {
        bool writes = !owner || owner == service;
        return writes ? own_privileges(purpose, object->kind) : READING | ACCESS_REFERENCES;
    }
    if (object->owner.kind != OWNER_SERVICE) {
        return EVERYTHING;
    }
    if (owner == service) {
        return own_privileges(purpose, object->kind);
    }
    AccessSet set = object->kind == IMPLIED_SCHEMA
                        ? schema_usage(manifest, today, service, owner, object->schema)
                        : published(manifest, service, object) |
                              excepted(manifest, today, service, object->schema, object->name);
    return purpose == ROLE_READONLY ? set & READING : set;
}
