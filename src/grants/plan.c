#include "grants/plan.h"

#include "base/array.h"
#include "manifest/mistakes.h"

#include "base/banned.h"

enum { MAINTAIN_SINCE = 17 };

/* An app role writes in every way that `check` calls a write, TRUNCATE too. An owner has everything
 * by owning; its rows count while an object has another owner. Sources: the manual's "Privileges"
 * (ddl-priv), GRANT. */
static const PlanPolicy policies[] = {
    {PLAN_OWNER, PLAN_RELATION, "DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE"},
    {PLAN_OWNER, PLAN_SEQUENCE, "SELECT, UPDATE, USAGE"},
    {PLAN_OWNER, PLAN_ROUTINE, "EXECUTE"},
    {PLAN_OWNER, PLAN_TYPE, "USAGE"},
    {PLAN_OWNER, PLAN_SCHEMA, "CREATE, USAGE"},
    {PLAN_OWNER, PLAN_DATABASE, "CONNECT, TEMPORARY"},
    {PLAN_APP, PLAN_RELATION, "DELETE, INSERT, SELECT, TRUNCATE, UPDATE"},
    {PLAN_APP, PLAN_SEQUENCE, "SELECT, UPDATE, USAGE"},
    {PLAN_APP, PLAN_ROUTINE, "EXECUTE"},
    {PLAN_APP, PLAN_TYPE, "USAGE"},
    {PLAN_APP, PLAN_SCHEMA, "USAGE"},
    {PLAN_APP, PLAN_DATABASE, "CONNECT, TEMPORARY"},
    {PLAN_READONLY, PLAN_RELATION, "SELECT"},
    {PLAN_READONLY, PLAN_SEQUENCE, "SELECT"},
    {PLAN_READONLY, PLAN_ROUTINE, "EXECUTE"},
    {PLAN_READONLY, PLAN_TYPE, "USAGE"},
    {PLAN_READONLY, PLAN_SCHEMA, "USAGE"},
    {PLAN_READONLY, PLAN_DATABASE, "CONNECT"},
    {PLAN_EVERYONE, PLAN_RELATION, "SELECT"},
    {PLAN_EVERYONE, PLAN_SEQUENCE, "SELECT"},
    {PLAN_EVERYONE, PLAN_ROUTINE, "EXECUTE"},
    {PLAN_EVERYONE, PLAN_TYPE, "USAGE"},
};

enum { POLICY_COUNT = sizeof policies / sizeof *policies };

/* The same rows while they are collected. */
typedef struct {
    Arena *arena;
    const Manifest *manifest;
    const PlanOptions *options;
    Mistakes mistakes;
    ARRAY(PlanRole) roles;
    ARRAY(PlanClaim) claims;
    ARRAY(PlanAllowance) allowances;
} Planner;

const char *plan_purpose_name(PlanPurpose purpose)
{
    static const char *const names[] = {[PLAN_OWNER] = "owner",
                                        [PLAN_APP] = "app",
                                        [PLAN_READONLY] = "readonly",
                                        [PLAN_EVERYONE] = "everyone"};
    _Static_assert(sizeof names / sizeof *names == PLAN_PURPOSE_COUNT, "one name each");
    return names[purpose];
}

const char *plan_kind_name(PlanKind kind)
{
    static const char *const names[] = {
        [PLAN_RELATION] = "relation", [PLAN_SEQUENCE] = "sequence", [PLAN_ROUTINE] = "routine",
        [PLAN_TYPE] = "type",         [PLAN_SCHEMA] = "schema",     [PLAN_DATABASE] = "database"};
    _Static_assert(sizeof names / sizeof *names == PLAN_KIND_COUNT, "one name each");
    return names[kind];
}

static const char *stage_name(Stage stage)
{
    static const char *const names[] = {
        [STAGE_OBSERVE] = "observe", [STAGE_ENFORCE] = "enforce", [STAGE_SPLIT] = "split"};
    _Static_assert(sizeof names / sizeof *names == STAGE_COUNT, "one name each");
    return names[stage];
}

const char *plan_stage(const Plan *plan, const Service *service)
{
    bool enforced = plan->strict && service->stage == STAGE_OBSERVE;
    return stage_name(enforced ? STAGE_ENFORCE : service->stage);
}

const char *plan_claim_stage(const Plan *plan, const PlanClaim *claim)
{
    return claim->service ? plan_stage(plan, claim->service) : "shared";
}

/* "SELECT, UPDATE" */
static Str privileges_text(Arena *arena, AccessSet set)
{
    static const struct {
        AccessKind kind;
        Str name;
    } names[] = {{ACCESS_DELETE, STR("DELETE")},
                 {ACCESS_EXECUTE, STR("EXECUTE")},
                 {ACCESS_INSERT, STR("INSERT")},
                 {ACCESS_SELECT, STR("SELECT")},
                 {ACCESS_UPDATE, STR("UPDATE")}};
    Buffer text = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (set & names[i].kind) {
            buffer_append(&text, text.len ? STR(", ") : STR(""));
            buffer_append(&text, names[i].name);
        }
    }
    Str copy = arena_copy(arena, buffer_str(&text));
    buffer_free(&text);
    return copy;
}

static void add_roles_of(Planner *planner, const Service *service, PlanPurpose purpose,
                         const StrList *names)
{
    for (size_t i = 0; i < names->count; i++) {
        array_push(planner->arena, &planner->roles,
                   (PlanRole){.name = names->at[i], .service = service, .purpose = purpose});
    }
}

static void add_roles(Planner *planner, const Service *service)
{
    if (!service->roles.owner.len && service->stage != STAGE_SPLIT) {
        mistakes_add(&planner->mistakes, service->at,
                     "the service %s needs \"roles\" with an \"owner\": grants are for roles",
                     mistakes_quote(planner->arena, service->name));
        return;
    }
    StrList owner = {.at = (Str *)&service->roles.owner, .count = service->roles.owner.len > 0};
    add_roles_of(planner, service, PLAN_OWNER, &owner);
    add_roles_of(planner, service, PLAN_APP, &service->roles.app);
    add_roles_of(planner, service, PLAN_READONLY, &service->roles.readonly);
}

/* Does the service that alone is wanted claim anything in this schema? */
static bool is_schema_wanted(const Planner *planner, Str schema)
{
    const Service *only = planner->options->only;
    if (!only) {
        return true;
    }
    for (size_t i = 0; i < only->owns.count; i++) {
        if (str_equal(only->owns.at[i].schema, schema)) {
            return true;
        }
    }
    for (size_t i = 0; i < planner->manifest->shared.count; i++) {
        const Claim *claim = &planner->manifest->shared.at[i];
        if (str_equal(claim->owner, only->name) && str_equal(claim->schema, schema)) {
            return true;
        }
    }
    return false;
}

static void add_claims(Planner *planner, const Claim *claims, size_t count, const Service *service)
{
    for (size_t i = 0; i < count; i++) {
        if (is_schema_wanted(planner, claims[i].schema)) {
            array_push(planner->arena, &planner->claims,
                       (PlanClaim){.service = service,
                                   .schema = claims[i].schema,
                                   .name = claims[i].relation});
        }
    }
}

static void add_shared(Planner *planner)
{
    for (size_t i = 0; i < planner->manifest->shared.count; i++) {
        const Claim *claim = &planner->manifest->shared.at[i];
        if (is_schema_wanted(planner, claim->schema)) {
            array_push(planner->arena, &planner->claims,
                       (PlanClaim){.service = manifest_service(planner->manifest, claim->owner),
                                   .shared = true,
                                   .schema = claim->schema,
                                   .name = claim->relation});
        }
    }
}

/* Types between the commas of a routine's arguments; numeric(10,2) and "odd,name" hold commas
 * themselves. */
static StrList split_arguments(Arena *arena, Str text)
{
    ARRAY(Str) types = {0};
    size_t start = 0, depth = 0;
    bool quoted = false;
    for (size_t i = 0; i <= text.len && text.len; i++) {
        char c = i < text.len ? text.at[i] : ',';
        quoted = quoted != (c == '"');
        depth += !quoted && c == '(';
        depth -= !quoted && c == ')' && depth;
        if (i == text.len || (c == ',' && !quoted && !depth)) {
            array_push(arena, &types, str_trim(str_slice(text, start, i)));
            start = i + 1;
        }
    }
    return (StrList){.at = types.at, .count = types.count};
}

static bool is_owner_wanted(const Planner *planner, const Service *owner)
{
    return (!planner->options->only || planner->options->only == owner) &&
           !(owner && owner->stage == STAGE_SPLIT);
}

static void add_publication(Planner *planner, const Service *owner, const Publication *publication)
{
    PlanAllowance allowance = {
        .kind = publication->kind == PUBLISHED_ROUTINE ? PLAN_ROUTINE : PLAN_RELATION,
        .schema = publication->schema,
        .name = publication->name,
        .has_arguments = publication->arguments.at != NULL,
        .arguments = split_arguments(planner->arena, publication->arguments),
        .privileges = privileges_text(planner->arena, publication->privileges),
        .owner = owner,
    };
    if (publication->to_all) {
        array_push(planner->arena, &planner->allowances, allowance);
    }
    for (size_t i = 0; i < publication->to.count; i++) {
        allowance.grantee = manifest_service(planner->manifest, publication->to.at[i]);
        if (allowance.grantee && allowance.grantee->stage != STAGE_SPLIT) {
            array_push(planner->arena, &planner->allowances, allowance);
        }
    }
}

static void add_publications(Planner *planner, const Service *service)
{
    for (size_t i = 0; is_owner_wanted(planner, service) && i < service->publishes.count; i++) {
        add_publication(planner, service, &service->publishes.at[i]);
    }
}

static void add_exception(Planner *planner, const ExceptionEntry *exception)
{
    static const struct {
        PlanKind kind;
        AccessSet privileges;
    } kinds[] = {
        {PLAN_RELATION, ACCESS_SELECT | ACCESS_INSERT | ACCESS_UPDATE | ACCESS_DELETE},
        {PLAN_ROUTINE, ACCESS_EXECUTE},
    };
    Owner owner =
        ownership_of_object(planner->manifest->ownership, exception->schema, exception->name);
    bool ended = exception->until && exception->until < planner->options->today;
    if (ended || exception->service->stage == STAGE_SPLIT ||
        !is_owner_wanted(planner, owner.service)) {
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        AccessSet set = exception->privileges & kinds[i].privileges;
        if (set) {
            array_push(planner->arena, &planner->allowances,
                       (PlanAllowance){.kind = kinds[i].kind,
                                       .schema = exception->schema,
                                       .name = exception->name,
                                       .privileges = privileges_text(planner->arena, set),
                                       .owner = owner.service,
                                       .grantee = exception->service,
                                       .reason = exception->reason,
                                       .until = exception->until});
        }
    }
}

static void add_policies(const Planner *planner, Plan *plan)
{
    plan->policies.at = array_keep(planner->arena, policies, POLICY_COUNT, sizeof *policies);
    plan->policies.count = POLICY_COUNT;
    if (plan->postgres >= MAINTAIN_SINCE) {
        plan->policies.at[0].privileges =
            "DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE";
    }
}

bool plan_make(Arena *arena, const Manifest *manifest, const PlanOptions *options, Plan *plan,
               ManifestMistakes *mistakes)
{
    Planner planner = {
        .arena = arena, .manifest = manifest, .options = options, .mistakes = {.arena = arena}};
    for (size_t i = 0; i < manifest->services.count; i++) {
        const Service *service = &manifest->services.at[i];
        add_roles(&planner, service);
        add_claims(&planner, service->owns.at, service->owns.count, service);
        add_publications(&planner, service);
    }
    add_shared(&planner);
    for (size_t i = 0; i < manifest->exceptions.count; i++) {
        add_exception(&planner, &manifest->exceptions.at[i]);
    }
    *plan = (Plan){.postgres = manifest->postgres,
                   .only = options->only,
                   .create_roles = options->create_roles,
                   .strict = options->strict,
                   .roles = {planner.roles.at, planner.roles.count},
                   .claims = {planner.claims.at, planner.claims.count},
                   .allowances = {planner.allowances.at, planner.allowances.count}};
    add_policies(&planner, plan);
    *mistakes = mistakes_sorted(&planner.mistakes);
    return mistakes->count == 0;
}
