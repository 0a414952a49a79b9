#include "rules/rules.h"

#include "base/buffer.h"

#include "base/banned.h"

/* Roles of PostgreSQL itself that give no way to a service's data, and a cloud's that only lets log
 * in. Source: PostgreSQL's manual, "Predefined Roles". */
static const Str harmless_roles[] = {
    STR("pg_monitor"),        STR("pg_read_all_settings"), STR("pg_read_all_stats"),
    STR("pg_signal_backend"), STR("pg_checkpoint"),        STR("pg_use_reserved_connections"),
    STR("rds_iam"),
};

/* What ALL PRIVILEGES stands for. Source: PostgreSQL's manual, "Privileges". */
static AccessSet all_privileges(ObjectKind kind)
{
    switch (kind) {
    case KIND_RELATION:
        return ACCESS_SELECT | ACCESS_INSERT | ACCESS_UPDATE | ACCESS_DELETE | ACCESS_TRUNCATE |
               ACCESS_REFERENCES | ACCESS_TRIGGER;
    case KIND_SEQUENCE:
        return ACCESS_USAGE | ACCESS_SELECT | ACCESS_UPDATE;
    case KIND_ROUTINE:
        return ACCESS_EXECUTE;
    case KIND_SCHEMA:
        return ACCESS_USAGE | ACCESS_CREATE;
    default:
        return ACCESS_USAGE;
    }
}

static ImpliedKind implied_kind(ObjectKind kind)
{
    switch (kind) {
    case KIND_ROUTINE:
        return IMPLIED_ROUTINE;
    case KIND_TYPE:
        return IMPLIED_TYPE;
    case KIND_SCHEMA:
        return IMPLIED_SCHEMA;
    default:
        return IMPLIED_RELATION;
    }
}

static const OwnedRole *known_role(const RuleRun *run, const RoleName *role)
{
    return role->kind == ROLE_NAMED ? ownership_role(run->manifest->ownership, role->name) : NULL;
}

static bool lists_roles(const Service *service)
{
    return service->roles.owner.len || service->roles.app.count || service->roles.readonly.count;
}

/* What the manifest gives the role on an object of `owner`. A role that it does not list may well
 * be that of a service that lists none. */
static AccessSet implied(const RuleRun *run, const RoleName *role, const ImpliedObject *object)
{
    const Manifest *manifest = run->manifest;
    const OwnedRole *known = known_role(run, role);
    const Service *owner = object->owner.kind == OWNER_SERVICE ? object->owner.service : NULL;
    if (known) {
        return implied_privileges(manifest, run->today, known->service, known->purpose, object);
    }
    if (role->kind == ROLE_CURRENT) {
        return run->file->service ? implied_privileges(manifest, run->today, run->file->service,
                                                       ROLE_OWNER, object)
                                  : ~(AccessSet)0;
    }
    if (role->kind == ROLE_COMPUTED) {
        return ~(AccessSet)0;
    }
    if (!owner) {
        return implied_privileges(manifest, run->today, NULL, ROLE_APP, object);
    }
    return role->kind == ROLE_NAMED && !lists_roles(owner) ? ~(AccessSet)0 : 0;
}

/* A finding being put together: which roles get what, beyond whose manifest. */
typedef struct {
    const Service *owner;
    AccessSet excess;
    RoleName *roles;
    size_t role_count;
} Outside;

static bool is_listed(const Outside *outside, const RoleName *role)
{
    for (size_t i = 0; i < outside->role_count; i++) {
        if (outside->roles[i].kind == role->kind && str_equal(outside->roles[i].name, role->name)) {
            return true;
        }
    }
    return false;
}

static void add_outside(Outside *outside, const RoleName *role, AccessSet excess,
                        const Service *owner, const Service *code)
{
    bool other = outside->owner && outside->owner != code; /* a foreign owner says more */
    outside->owner = other ? outside->owner : owner;
    outside->excess |= excess;
    if (!is_listed(outside, role)) {
        outside->roles[outside->role_count++] = *role;
    }
}

static ImpliedObject object_of(const Access *access, Owner owner)
{
    bool one = access->grant->scope == GRANT_OBJECT;
    return (ImpliedObject){.kind = implied_kind(access->grant->on),
                           .schema = access->name.schema,
                           .name = one ? access->name.name : (Str){0},
                           .owner = owner};
}

/* What is granted to a role beyond the manifest, or taken from it that the manifest gives. Taking
 * away is a service's own affair within its own roles; REVOKE ALL is how scripts of grants begin.
 */
static AccessSet excess_of(const RuleRun *run, const Access *access, const RoleName *role,
                           Owner owner)
{
    const Grant *grant = access->grant;
    ImpliedObject object = object_of(access, owner);
    AccessSet given = implied(run, role, &object);
    if (!grant->revokes) {
        AccessSet wanted = grant->all ? all_privileges(grant->on) : grant->privileges;
        return (wanted | (grant->grantable ? ACCESS_GRANT : 0)) & ~given;
    }
    const OwnedRole *known = known_role(run, role);
    const Service *code = run->file->service;
    bool harmless = grant->all || grant->grantable || grant->scope != GRANT_OBJECT || !known ||
                    owner.kind != OWNER_SERVICE ||
                    (known->service == owner.service && (!code || code == owner.service));
    return harmless ? 0 : grant->privileges & given;
}

static void check_owner(RuleRun *run, const Access *access, Owner owner, Outside *outside)
{
    for (size_t i = 0; i < access->grant->role_count; i++) {
        const RoleName *role = &access->grant->roles[i];
        AccessSet excess = excess_of(run, access, role, owner);
        if (excess) {
            add_outside(outside, role, excess, owner.service, run->file->service);
        }
    }
}

static bool claims_in(const Service *service, Str schema)
{
    for (size_t i = 0; i < service->owns.count; i++) {
        if (str_equal(service->owns.at[i].schema, schema)) {
            return true;
        }
    }
    return false;
}

/* All objects of a schema: those of every service that owns some of them. */
static void check_schema(RuleRun *run, const Access *access, Outside *outside)
{
    Owner whole = ownership_of_schema(run->manifest->ownership, access->name.schema);
    for (size_t i = 0; i < run->manifest->services.count; i++) {
        const Service *service = &run->manifest->services.at[i];
        if (claims_in(service, access->name.schema)) {
            check_owner(run, access, (Owner){.kind = OWNER_SERVICE, .service = service}, outside);
        }
    }
    if (whole.kind == OWNER_SHARED) {
        check_owner(run, access, whole, outside);
    }
}

static void append_word(Buffer *buffer, const char *word)
{
    if (buffer->len) {
        buffer_append(buffer, STR(", "));
    }
    for (; *word; word++) {
        buffer_append_byte(buffer,
                           *word >= 'a' && *word <= 'z' ? (char)(*word - 'a' + 'A') : *word);
    }
}

static Str privilege_names(RuleRun *run, AccessSet set)
{
    Buffer buffer = {0};
    for (AccessSet rest = set & ~(AccessSet)ACCESS_GRANT; rest; rest &= rest - 1) {
        append_word(&buffer, access_name(rest & -rest));
    }
    if (set & ACCESS_GRANT) {
        append_word(&buffer, "grant option");
    }
    Str copy = arena_copy(run->arena, buffer_str(&buffer));
    buffer_free(&buffer);
    return copy;
}

/* "all tables in inventory", "inventory.stock"; where its name is computed, only the schema is
 * known. */
static Str object_text(RuleRun *run, const Access *access)
{
    static const char *const plurals[KIND_COUNT] = {
        [KIND_RELATION] = "tables", [KIND_SEQUENCE] = "sequences", [KIND_ROUTINE] = "routines",
        [KIND_TYPE] = "types",      [KIND_SCHEMA] = "schemas",
    };
    const char *plural = plurals[access->grant->on] ? plurals[access->grant->on] : "objects";
    Str name = rule_quoted_name(run, access);
    if (access->doubt) {
        return rule_format(run, "an object in %.*s", STR_ARGS(name));
    }
    switch (access->grant->scope) {
    case GRANT_ALL_IN_SCHEMA:
        return rule_format(run, "all %s in %.*s", plural, STR_ARGS(name));
    case GRANT_DEFAULTS:
        return rule_format(run, "all future %s %s %.*s", plural,
                           access->kind == KIND_SCHEMA ? "in" : "of", STR_ARGS(name));
    default:
        return name;
    }
}

static void report(RuleRun *run, const Access *access, const Outside *outside, Str message,
                   Str help)
{
    Related *related = ARENA_ARRAY(run->arena, Related, outside->role_count);
    FindingRelation *relation = ARENA_NEW(run->arena, FindingRelation);
    for (size_t i = 0; i < outside->role_count; i++) {
        related[i] = (Related){.path = run->file->path,
                               .place = outside->roles[i].place,
                               .message = rule_role_names(run, &outside->roles[i], 1)};
    }
    Str object = rule_object_name(run, access);
    *relation = (FindingRelation){.name = object,
                                  .owner = outside->owner ? outside->owner->name : (Str){0},
                                  .access = ACCESS_GRANT};
    rule_report(run, &rule_grant_outside_manifest,
                (Finding){.place = access->place,
                          .service = run->file->service ? run->file->service->name : (Str){0},
                          .object = object,
                          .related = related,
                          .related_count = outside->role_count,
                          .relations = relation,
                          .relation_count = 1,
                          .message = message,
                          .help = help},
                outside->owner);
}

static Str code_name(const RuleRun *run)
{
    return run->file->service ? run->file->service->name : STR("this code");
}

static void report_privileges(RuleRun *run, const Access *access, const Outside *outside)
{
    bool revokes = access->grant->revokes;
    Str owner = outside->owner ? rule_format(run, ", which belongs to %.*s,",
                                             STR_ARGS(rule_owner_name(run, outside->owner)))
                               : (Str){0};
    if (access->grant->scope != GRANT_OBJECT && access->kind == KIND_SCHEMA && outside->owner) {
        owner = rule_format(run, ", where %.*s owns some,",
                            STR_ARGS(rule_owner_name(run, outside->owner)));
    }
    Str message =
        rule_format(run, "%.*s %s %.*s on %.*s%.*s %s %.*s", STR_ARGS(code_name(run)),
                    revokes ? "revokes" : "grants", STR_ARGS(privilege_names(run, outside->excess)),
                    STR_ARGS(object_text(run, access)), STR_ARGS(owner), revokes ? "from" : "to",
                    STR_ARGS(rule_role_names(run, outside->roles, outside->role_count)));
    report(
        run, access, outside, message,
        revokes
            ? STR("the manifest gives this right: change `publishes` or `exceptions` there first")
            : STR("the manifest does not give this right: publish a view to the service that "
                  "needs it (`publishes`), agree on an exception, or leave it out"));
}

/* Rank by purpose: whoever may do more may act as those who may do less. */
static int rank(RolePurpose purpose)
{
    return purpose == ROLE_OWNER ? 2 : purpose == ROLE_APP ? 1 : 0;
}

static bool is_harmless(Str role)
{
    for (size_t i = 0; i < sizeof harmless_roles / sizeof *harmless_roles; i++) {
        if (str_equal(role, harmless_roles[i])) {
            return true;
        }
    }
    return false;
}

static bool implies_membership(const RuleRun *run, const Access *group, const RoleName *member)
{
    const OwnedRole *of = ownership_role(run->manifest->ownership, group->name.name);
    const OwnedRole *known = known_role(run, member);
    if (member->kind == ROLE_COMPUTED) {
        return true;
    }
    if (member->kind == ROLE_CURRENT) {
        return !of || !run->file->service || of->service == run->file->service;
    }
    if (of && known) {
        return of->service == known->service && rank(of->purpose) <= rank(known->purpose) &&
               (!group->grant->grantable || known->purpose == ROLE_OWNER);
    }
    return !of && (!known || is_harmless(group->name.name));
}

static void check_membership(RuleRun *run, const Access *group, Outside *outside)
{
    const Grant *grant = group->grant;
    for (size_t i = 0; !grant->revokes && i < grant->role_count; i++) {
        if (!implies_membership(run, group, &grant->roles[i])) {
            const OwnedRole *known = known_role(run, &grant->roles[i]);
            const Service *owner = group->owner.service;
            add_outside(outside, &grant->roles[i], ACCESS_GRANT, owner ? owner : known->service,
                        run->file->service);
        }
    }
    if (outside->role_count) {
        const RoleName granted = {.name = group->name.name};
        report(run, group, outside,
               rule_format(run, "%.*s makes %.*s a member of %.*s", STR_ARGS(code_name(run)),
                           STR_ARGS(rule_role_names(run, outside->roles, outside->role_count)),
                           STR_ARGS(rule_role_names(run, &granted, 1))),
               STR("leave it out: a member has all rights of the role; roles belong to one service "
                   "each, and the manifest lists them under `roles`"));
    }
}

static bool implies_ownership(const RuleRun *run, const Service *owner, const RoleName *role)
{
    const OwnedRole *known = known_role(run, role);
    if (known && known->service != owner) {
        return false;
    }
    return !owner->roles.owner.len || role->kind != ROLE_NAMED ||
           str_equal(role->name, owner->roles.owner);
}

/* Reports and claims what is handed to the wrong role; the rest is a change like any other. */
static bool check_ownership(RuleRun *run, const Access *access, Outside *outside)
{
    const RoleName *role = access->grant->roles;
    const Service *owner = access->owner.service;
    if (access->owner.kind != OWNER_SERVICE || implies_ownership(run, owner, role)) {
        return false;
    }
    add_outside(outside, role, ACCESS_GRANT, owner, run->file->service);
    report(run, access, outside,
           rule_format(run, "%.*s hands %s%.*s, which belongs to %.*s, over to %.*s",
                       STR_ARGS(code_name(run)), access->kind == KIND_ROLE ? "all objects of " : "",
                       STR_ARGS(object_text(run, access)), STR_ARGS(rule_owner_name(run, owner)),
                       STR_ARGS(rule_role_names(run, role, 1))),
           owner->roles.owner.len
               ? rule_format(run, "the manifest names %.*s as the owner of what %.*s has",
                             STR_ARGS(owner->roles.owner), STR_ARGS(owner->name))
               : STR("move the object to its new service in the manifest first"));
    return true;
}

static bool check_access(RuleRun *run, const Access *access)
{
    const Grant *grant = access->grant;
    if (!grant || (kind_is_global(access->kind) && access->kind != KIND_ROLE)) {
        return false;
    }
    Outside outside = {.roles = ARENA_ARRAY(run->arena, RoleName, grant->role_count)};
    if (grant->scope == GRANT_OWNERSHIP) {
        return check_ownership(run, access, &outside);
    }
    if (grant->scope == GRANT_MEMBERSHIP) {
        check_membership(run, access, &outside);
        return true;
    }
    if (grant->scope != GRANT_OBJECT && access->kind == KIND_SCHEMA) {
        check_schema(run, access, &outside);
    } else {
        check_owner(run, access, access->owner, &outside);
    }
    if (outside.role_count) {
        report_privileges(run, access, &outside);
    }
    return true;
}

const Rule rule_grant_outside_manifest = {
    .id = STR("grant-outside-manifest"),
    .level = LEVEL_ERROR,
    .summary = STR("GRANT, REVOKE, default privileges, membership or ownership that the manifest "
                   "does not imply"),
    .check_access = check_access,
};
