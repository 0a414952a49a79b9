#include "sql/boundary.h"

#include "base/glob.h"
#include "sql/token.h"

#include "base/banned.h"

/* Whoever may change rows may lock their table (LOCK, "Notes", in PostgreSQL's manual). */
static AccessSet without_lock(AccessSet needed, AccessSet privileges)
{
    bool changes = privileges & (ACCESS_UPDATE | ACCESS_DELETE);
    return changes ? needed & ~(AccessSet)ACCESS_LOCK : needed;
}

/* An exception covers reads and writes by the privileges it lists; it never lists more than those.
 */
static bool is_excepted(const Resolver *resolver, const Access *access, Str name, AccessSet needed)
{
    const AccessSet privileges = ACCESS_SELECT | ACCESS_INSERT | ACCESS_UPDATE | ACCESS_DELETE |
                                 ACCESS_TRUNCATE | ACCESS_EXECUTE | ACCESS_USAGE | ACCESS_LOCK;
    bool excepted = false;
    for (size_t i = 0; i < resolver->manifest->exceptions.count; i++) {
        const ExceptionEntry *entry = &resolver->manifest->exceptions.at[i];
        bool covers = !(without_lock(needed, entry->privileges) & privileges & ~entry->privileges);
        if (entry->service == access->actor && (!entry->until || entry->until >= resolver->today) &&
            str_equal(entry->schema, access->name.schema) && covers &&
            glob_match(entry->name, name, '\0')) {
            if (resolver->exceptions_used) {
                __atomic_store_n(&resolver->exceptions_used[i], true, __ATOMIC_RELAXED);
            }
            excepted = true;
        }
    }
    return excepted;
}

/* What the manifest must allow. Whoever may touch an object in any way may name it, and use its row
 * type; and the privilege that both nextval and setval go by is a sequence's UPDATE. */
static AccessSet needed_privileges(const Access *access)
{
    bool usage = access->set & ACCESS_USAGE;
    AccessSet rest = access->set & ~(AccessSet)ACCESS_USAGE;
    return access->kind == KIND_SEQUENCE && usage ? rest | ACCESS_UPDATE : rest;
}

/* Is it a routine that is published to `service`? */
static bool is_routine_for(const Publication *publication, const Service *service)
{
    bool reader = publication->to_all;
    for (size_t i = 0; i < publication->to.count; i++) {
        reader |= str_equal(publication->to.at[i], service->name);
    }
    return reader && publication->kind == PUBLISHED_ROUTINE;
}

/* Can one of the published routines called `name` take the arguments that the call passes? Which
 * of them it would be goes by types, and with defaults it may pass fewer. */
static bool is_callable(const Access *access, Str name)
{
    const Service *owner = access->owner.service;
    bool callable = !access->call;
    for (size_t i = 0; i < owner->publishes.count && !callable; i++) {
        const Publication *publication = &owner->publishes.at[i];
        callable = access->call - 1 <= publication->most_arguments &&
                   str_equal(publication->schema, access->name.schema) &&
                   str_equal(publication->name, name) && is_routine_for(publication, access->actor);
    }
    return callable;
}

/* A type that the signature of a published routine names is published with it. */
static bool is_parameter_type(Arena *scratch, const Service *owner, const Access *access)
{
    const Str parts[] = {access->name.schema, access->name.name};
    for (size_t i = 0; access->kind == KIND_TYPE && i < owner->publishes.count; i++) {
        const Publication *publication = &owner->publishes.at[i];
        if (is_routine_for(publication, access->actor) &&
            token_find_name(scratch, publication->arguments, 0, parts, 2).end) {
            return true;
        }
    }
    return false;
}

/* Is `name` published to the actor with what is needed? Its table's rows may be inserted with a
 * sequence. */
static bool is_published(const Resolver *resolver, Access *access, Str name, AccessSet needed)
{
    const Publication *publication =
        ownership_publication(resolver->manifest->ownership,
                              access->kind == KIND_ROUTINE ? PUBLISHED_ROUTINE : PUBLISHED_RELATION,
                              access->name.schema, name, access->actor);
    if (!publication ||
        (without_lock(needed, publication->privileges) & ~publication->privileges) ||
        (access->kind == KIND_ROUTINE && !is_callable(access, name))) {
        return false;
    }
    access->joinable = publication->joinable;
    return true;
}

/* Its own entries, and those of the table that a sequence belongs to: these let rows be inserted
 * with its numbers, never the sequence be set. */
static Boundary granted(const Resolver *resolver, Arena *scratch, Access *access)
{
    AccessSet needed = needed_privileges(access);
    bool sets = access->set & ACCESS_UPDATE;
    Str table =
        access->kind == KIND_SEQUENCE && !sets ? resolve_parent(resolver, access) : (Str){0};
    bool draws = needed == ACCESS_UPDATE && !sets;
    AccessSet inserts = draws ? ACCESS_INSERT : needed;
    if (is_excepted(resolver, access, access->name.name, needed) ||
        (table.len && is_excepted(resolver, access, table, inserts))) {
        return BOUNDARY_EXCEPTED;
    }
    if (access->owner.service->stage == STAGE_SPLIT) {
        return BOUNDARY_FOREIGN;
    }
    return is_published(resolver, access, access->name.name, needed) ||
                   (table.len && is_published(resolver, access, table, inserts)) ||
                   is_parameter_type(scratch, access->owner.service, access)
               ? BOUNDARY_PUBLISHED
               : BOUNDARY_FOREIGN;
}

/* May anybody do it to what is shared, but written by one service only? */
static bool is_reading(const Access *access)
{
    AccessSet reads = ACCESS_SELECT | ACCESS_REFERENCES | ACCESS_USAGE | ACCESS_EXECUTE;
    if (access->kind == KIND_SEQUENCE) {
        reads = ACCESS_SELECT;
    }
    return !(access->set & ~reads);
}

/* The name of a schema alone, as in 'inventory'::regnamespace: nothing in it is touched. */
static bool is_schema_name(const Access *access)
{
    return access->kind == KIND_SCHEMA && access->set == ACCESS_USAGE &&
           access->context != CONTEXT_SEARCH_PATH;
}

Boundary boundary_of(const Resolver *resolver, Arena *scratch, Access *access)
{
    const Service *owner = access->owner.service;
    if (access->owner.kind == OWNER_SHARED && (!owner || is_reading(access))) {
        return BOUNDARY_INSIDE;
    }
    if (access->owner.kind == OWNER_SYSTEM || access->owner.kind == OWNER_TEMPORARY) {
        return BOUNDARY_INSIDE;
    }
    if (!owner || !access->actor) {
        return BOUNDARY_UNKNOWN;
    }
    if (owner == access->actor || (is_schema_name(access) && owner->stage != STAGE_SPLIT)) {
        return BOUNDARY_INSIDE;
    }
    return granted(resolver, scratch, access);
}
