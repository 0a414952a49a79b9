#include "sql/resolve.h"

#include "sql/boundary.h"
#include "sql/builtin.h"
#include "sql/combine.h"
#include "sql/hole.h"

#include "base/banned.h"

/* Every table has its row type; indexes and sequences, which share the tables' names, have none. */
static bool has_row_type(const CatalogEntry *entry)
{
    return entry && entry->kind == KIND_RELATION;
}

/* Names that may mean something else than relations do are declared less often: nothing follows
 * from their absence. */
static bool is_known(const Resolver *resolver, ObjectKind kind, Str schema, Str name)
{
    const Ownership *ownership = resolver->manifest->ownership;
    if (catalog_find(resolver->catalog, kind, schema, name)) {
        return true;
    }
    switch (kind) {
    case KIND_RELATION:
        return ownership_names_relation(ownership, schema, name);
    case KIND_ROUTINE:
        return ownership_names_routine(ownership, schema, name);
    case KIND_TYPE:
        return has_row_type(catalog_find(resolver->catalog, KIND_RELATION, schema, name)) ||
               ownership_names_relation(ownership, schema, name);
    default:
        return false;
    }
}

/* Is it named in passing, by code that would work as well with an extension's object of that name?
 * A relation or sequence is of no extension. */
static bool is_loose(const Access *access)
{
    bool use = !(access->set & ~(AccessSet)(ACCESS_EXECUTE | ACCESS_USAGE));
    return use && (access->kind == KIND_ROUTINE || access->kind == KIND_TYPE ||
                   access->kind == KIND_OTHER);
}

static Owner owner_of(const Resolver *resolver, Str schema, Str name)
{
    return ownership_of_object(resolver->manifest->ownership, schema, name);
}

static void settle(Access *access, Str schema, Certainty certainty)
{
    access->name = (ObjectName){.schema = schema, .name = access->written.name};
    access->certainty = certainty;
}

/* The name may mean something in `schema` of `owner`, too: the first such other service is
 * remembered. */
static void note_rival(Access *access, const Service *first, Owner owner, Str schema)
{
    if (first && owner.kind == OWNER_SERVICE && owner.service != first && !access->rival) {
        access->rival = owner.service;
        access->rival_schema = schema;
    }
}

/* Declared outside the search_path: certain if all places have one owner. */
static bool resolve_elsewhere(const Resolver *resolver, Access *access)
{
    const CatalogEntry *first =
        catalog_named(resolver->catalog, access->kind, access->written.name);
    if (!first && access->kind == KIND_TYPE) {
        first = catalog_named(resolver->catalog, KIND_RELATION, access->written.name);
        while (first && !has_row_type(first)) {
            first = first->next_schema;
        }
    }
    if (!first) {
        return false;
    }
    Owner owner = owner_of(resolver, first->name.schema, first->name.name);
    for (const CatalogEntry *entry = first->next_schema; entry; entry = entry->next_schema) {
        note_rival(access, owner.service, owner_of(resolver, entry->name.schema, entry->name.name),
                   entry->name.schema);
    }
    settle(access, first->name.schema, CERTAINTY_CATALOG);
    return true;
}

/* Declared nowhere, and maybe an extension's: certain only where all of the path belongs to one
 * service. */
static void resolve_loose(const Resolver *resolver, StrList path, Access *access)
{
    const Service *only = NULL;
    Str schema = {0};
    for (size_t i = 0; i < path.count; i++) {
        Owner owner = owner_of(resolver, path.at[i], access->written.name);
        if (owner.kind != OWNER_SERVICE || (only && owner.service != only)) {
            settle(access, STR(""), CERTAINTY_SEARCH_PATH);
            return;
        }
        only = owner.service;
        schema = schema.len ? schema : path.at[i];
    }
    settle(access, schema, CERTAINTY_SEARCH_PATH);
}

/* Declared nowhere: the first schema of the path where a service would own it, unless two would. */
static void resolve_undeclared(const Resolver *resolver, StrList path, Access *access)
{
    const Service *owner = NULL;
    Str first = {0};
    Str owned = {0};
    for (size_t i = 0; i < path.count; i++) {
        if (!path.at[i].len || str_equal(path.at[i], STR("$user"))) {
            continue;
        }
        first = first.len ? first : path.at[i];
        Owner candidate = owner_of(resolver, path.at[i], access->written.name);
        note_rival(access, owner, candidate, path.at[i]);
        if (candidate.kind == OWNER_SERVICE && !owner) {
            owner = candidate.service;
            owned = path.at[i];
        }
    }
    settle(access, owned.len ? owned : first, CERTAINTY_SEARCH_PATH);
}

static void resolve_unqualified(const Resolver *resolver, const Session *session, Access *access)
{
    Str name = access->written.name;
    StrList path = session_path(session, access->search_path);
    if (access->set & ACCESS_CREATE) {
        settle(access, session_creation_schema(session, access->search_path),
               CERTAINTY_SEARCH_PATH);
        return;
    }
    if (builtin_is(access->kind, name)) { /* pg_catalog comes before the path */
        settle(access, STR("pg_catalog"), CERTAINTY_SEARCH_PATH);
        return;
    }
    for (size_t i = 0; i < path.count; i++) {
        if (is_known(resolver, access->kind, path.at[i], name)) {
            settle(access, path.at[i], CERTAINTY_SEARCH_PATH);
            return;
        }
    }
    if (!access->if_exists && resolve_elsewhere(resolver, access)) {
        return;
    }
    if (access->kind == KIND_RELATION && str_starts_with(name, STR("pg_"))) {
        settle(access, STR("pg_catalog"),
               CERTAINTY_SEARCH_PATH); /* a newer server's, or an extension's */
    } else if (is_loose(access)) {
        resolve_loose(resolver, path, access);
    } else {
        resolve_undeclared(resolver, path, access);
    }
}

/* Does this statement make `access` itself as a temporary table? */
static bool creates_temporary(const Statement *statement, const Access *access)
{
    for (size_t i = 0; (access->set & ACCESS_CREATE) && i < statement->declaration_count; i++) {
        const Declaration *declaration = &statement->declarations[i];
        if (declaration->temporary && declaration->kind == access->kind &&
            str_equal(declaration->name.name, access->written.name)) {
            return true;
        }
    }
    return false;
}

/* A body's name whose temporary table the body made before. What a body makes that is not run now,
 * no other statement sees. */
static bool is_made_before(const Statement *statement, const Access *access)
{
    size_t index = (size_t)(access - statement->accesses);
    for (size_t i = 0; access->inner && i < statement->declaration_count; i++) {
        const Declaration *declaration = &statement->declarations[i];
        if (declaration->temporary && declaration->access_count <= index &&
            str_equal(declaration->name.name, access->written.name)) {
            return true;
        }
    }
    return false;
}

/* Does a CREATE TRIGGER of the repository call a transition table of the access's trigger function
 * so? */
static bool is_transition(const Resolver *resolver, const Access *access)
{
    Str routine = access->routine;
    size_t dot = routine.len;
    while (dot > 0 && routine.at[dot - 1] != '.') {
        dot--;
    }
    return access->inner && access->inner->in_trigger && access->set == ACCESS_SELECT &&
           catalog_find(resolver->catalog, KIND_TRANSITION, str_slice(routine, dot, routine.len),
                        access->written.name);
}

/* Its name is put together at run time: the schema may still tell whose it is. */
static void resolve_doubtful(const Resolver *resolver, Access *access)
{
    bool schema_known = access->written.schema.len && !hole_in_name(access->written.schema);
    access->certainty = CERTAINTY_DYNAMIC;
    access->name = (ObjectName){.schema = schema_known ? access->written.schema : (Str){0}};
    if (schema_known) {
        access->owner = ownership_of_schema(resolver->manifest->ownership, access->name.schema);
    }
}

Str resolve_parent(const Resolver *resolver, const Access *access)
{
    const CatalogEntry *entry =
        access->kind == KIND_ROUTINE || access->kind == KIND_OTHER
            ? NULL
            : catalog_find(resolver->catalog, access->kind, access->name.schema, access->name.name);
    return entry ? entry->parent.name : (Str){0};
}

enum { DEEPEST_PARTITION = 32 };

/* A partition that nobody claims by its name belongs to whom the table does that it is a part of.
 */
static Str partitioned_name(const Resolver *resolver, Str schema, Str name)
{
    Str own = name;
    for (int i = 0; i < DEEPEST_PARTITION; i++) {
        const CatalogEntry *entry = catalog_find(resolver->catalog, KIND_RELATION, schema, name);
        if (owner_of(resolver, schema, name).kind != OWNER_NONE) {
            return name;
        }
        if (!entry || entry->kind != KIND_RELATION || !entry->parent.name.len) {
            return own;
        }
        name = entry->parent.name;
    }
    return own;
}

/* The name that decides who owns it: its table's, unless the manifest names it itself. */
static Str owned_name(const Resolver *resolver, const Access *access)
{
    if (access->kind == KIND_RELATION) {
        return partitioned_name(resolver, access->name.schema, access->name.name);
    }
    Str parent = resolve_parent(resolver, access);
    bool own = !parent.len || ownership_names_relation(resolver->manifest->ownership,
                                                       access->name.schema, access->name.name);
    return own ? access->name.name : parent;
}

/* An object that no schema holds: roles belong to the services that list them, publications to
 * those that make them. */
static void resolve_global(const Resolver *resolver, Access *access)
{
    const CatalogEntry *entry =
        catalog_find(resolver->catalog, access->kind, (Str){0}, access->written.name);
    const OwnedRole *role =
        access->kind == KIND_ROLE && !access->by_current_role
            ? ownership_role(resolver->manifest->ownership, access->written.name)
            : NULL;
    const Service *owner = access->kind == KIND_PUBLICATION && entry ? entry->code : NULL;
    owner = role ? role->service : access->by_current_role ? resolver->service : owner;
    access->name = access->written;
    access->owner = (Owner){.kind = owner ? OWNER_SERVICE : OWNER_NONE, .service = owner};
    if (access->kind == KIND_SERVER && entry && !access->wrapper) {
        access->wrapper = entry->parent.name.at;
    }
}

static void resolve_name(const Resolver *resolver, const Session *session,
                         const Statement *statement, Access *access)
{
    if (access->doubt) {
        resolve_doubtful(resolver, access);
        return;
    }
    if (kind_is_global(access->kind)) {
        resolve_global(resolver, access);
        return;
    }
    if (access->certainty == CERTAINTY_DYNAMIC) {
        access->name = access->written;
        return;
    }
    if (access->kind == KIND_SCHEMA) {
        access->name = access->written;
        if (!access->name.schema.len) { /* CURRENT_SCHEMA */
            access->name.schema = session_creation_schema(session, access->search_path);
        }
        access->owner = ownership_of_schema(resolver->manifest->ownership, access->name.schema);
        if (access->owner.kind == OWNER_NONE &&
            ownership_knows_schema(resolver->manifest->ownership, access->name.schema)) {
            access->owner.kind = OWNER_SHARED; /* its tables have owners, one by one */
        }
        return;
    }
    bool unqualified = !access->written.schema.len;
    bool in_session = access->kind != KIND_ROUTINE && access->kind != KIND_OTHER;
    if (creates_temporary(statement, access) ||
        (unqualified && in_session && !(access->set & ACCESS_CREATE) &&
         (session_has_temporary(session, access->written.name) ||
          is_made_before(statement, access) || is_transition(resolver, access)))) {
        access->name = (ObjectName){.schema = STR("pg_temp"), .name = access->written.name};
        access->owner = (Owner){.kind = OWNER_TEMPORARY};
        return;
    }
    if (unqualified) {
        resolve_unqualified(resolver, session, access);
    } else {
        settle(access, access->written.schema, CERTAINTY_EXACT);
    }
    access->declared = is_known(resolver, access->kind, access->name.schema, access->name.name);
    access->owner = owner_of(resolver, access->name.schema, owned_name(resolver, access));
}

/* A name in a trigger function that would cross the boundary, and that nothing declares, may be a
 * transition table of a trigger that is made elsewhere. */
static void doubt_undeclared(const Resolver *resolver, Access *access)
{
    bool read = access->inner && access->inner->in_trigger && access->set == ACCESS_SELECT;
    bool outside = access->boundary == BOUNDARY_FOREIGN || access->owner.kind == OWNER_NONE;
    if (read && outside && access->kind == KIND_RELATION && !access->written.schema.len &&
        access->certainty == CERTAINTY_SEARCH_PATH &&
        !is_known(resolver, access->kind, access->name.schema, access->name.name)) {
        access->certainty = CERTAINTY_DYNAMIC;
        access->doubt = "it may be a transition table of the trigger";
        access->owner = (Owner){.kind = OWNER_NONE};
        access->boundary = BOUNDARY_UNKNOWN;
        access->name = (ObjectName){.name = access->written.name};
        access->rival = NULL;
    }
}

/* Is the routine's search_path set by this statement or a later one? CREATE OR REPLACE forgets what
 * earlier ones set, ALTER does not. */
static bool has_fixed_path(const Resolver *resolver, const Access *routine, Str signature)
{
    const Str names[] = {signature, routine->name.name};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const CatalogEntry *entry =
            catalog_find(resolver->catalog, KIND_FIXED_PATH, routine->name.schema, names[i]);
        if (entry && (!(routine->set & ACCESS_CREATE) || entry->last >= resolver->statement)) {
            return true;
        }
    }
    return false;
}

static void resolve_notices(const Resolver *resolver, Statement *statement)
{
    for (size_t i = 0; i < statement->notice_count; i++) {
        Notice *notice = &statement->notices[i];
        if (notice->kind == NOTICE_SECURITY_DEFINER) {
            notice->fixed_path |=
                has_fixed_path(resolver, &statement->accesses[notice->access - 1], notice->subject);
        }
    }
}

void resolve_statement(const Resolver *resolver, const Session *session, Statement *statement)
{
    for (size_t i = 0; i < statement->access_count; i++) {
        Access *access = &statement->accesses[i];
        resolve_name(resolver, session, statement, access);
        const Access *subject = access->subject ? &statement->accesses[access->subject - 1] : NULL;
        bool owned = subject && subject->owner.kind == OWNER_SERVICE;
        access->actor = owned ? subject->owner.service : resolver->service;
        access->boundary = boundary_of(resolver, session->arena, access);
        doubt_undeclared(resolver, access);
    }
    resolve_notices(resolver, statement);
    combine_queries(statement);
}

Str resolve_declaration(const Session *session, const Declaration *declaration)
{
    if (declaration->temporary || kind_is_global(declaration->kind)) {
        return (Str){0};
    }
    return declaration->name.schema.len
               ? declaration->name.schema
               : session_creation_schema(session, declaration->search_path);
}
