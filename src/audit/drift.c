#include "audit/drift.h"

#include <stdlib.h>

#include "grants/script.h"
#include "rules/rules.h"

#include "base/banned.h"

enum { TOPIC, PATH, SERVICE, ACTOR, STRANGER, WHO, SEVERAL, WHAT, OBJECT, STATEMENT };

typedef struct {
    Arena *arena;
    ARRAY(AuditDrift) rows;
} Collecting;

static void take_row(void *context, const Str *columns)
{
    Collecting *collecting = context;
    Arena *arena = collecting->arena;
    array_push(arena, &collecting->rows,
               (AuditDrift){
                   .topic = arena_copy(arena, columns[TOPIC]),
                   .path = arena_format(arena, "database:%.*s", STR_ARGS(columns[PATH])),
                   .service = arena_copy(arena, columns[SERVICE]),
                   .actor = arena_copy(arena, columns[ACTOR]),
                   .who = arena_copy(arena, columns[WHO]),
                   .what = arena_copy(arena, columns[WHAT]),
                   .object = arena_copy(arena, columns[OBJECT]),
                   .statement = arena_copy(arena, columns[STATEMENT]),
                   .stranger = str_equal(columns[STRANGER], STR("t")),
                   .several = str_equal(columns[SEVERAL], STR("t")),
               });
}

static int compare_rows(const void *left, const void *right)
{
    const AuditDrift *a = left;
    const AuditDrift *b = right;
    int order = str_compare(a->path, b->path);
    order = order ? order : str_compare(a->topic, b->topic);
    return order ? order : str_compare(a->statement, b->statement);
}

bool drift_read(Arena *arena, const Plan *plan, Database *database, Audit *audit, Error *error)
{
    Collecting collecting = {.arena = arena};
    Buffer query = {0};
    script_drift(&query, plan);
    bool read = database_query(database, buffer_str(&query), take_row, &collecting, error);
    buffer_free(&query);
    if (collecting.rows.count) {
        qsort(collecting.rows.at, collecting.rows.count, sizeof *collecting.rows.at, compare_rows);
    }
    audit->drift.at = collecting.rows.at;
    audit->drift.count = collecting.rows.count;
    return read;
}

/* ", which belongs to orders (@acme/orders)", or nothing. */
static Str belonging(RuleRun *run, const Service *owner)
{
    return owner
               ? rule_format(run, ", which belongs to %.*s", STR_ARGS(rule_owner_name(run, owner)))
               : (Str){0};
}

static Str say_has(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    return rule_format(run, "%.*s %s %.*s on %.*s%.*s", STR_ARGS(row->who),
                       row->several ? "have" : "has", STR_ARGS(row->what), STR_ARGS(row->object),
                       STR_ARGS(belonging(run, owner)));
}

static Str say_stranger(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    return rule_format(run, "%.*s has %.*s on %.*s%s%.*s", STR_ARGS(row->who), STR_ARGS(row->what),
                       STR_ARGS(row->object), owner ? ", of " : "",
                       STR_ARGS(owner ? rule_owner_name(run, owner) : (Str){0}));
}

static Str say_lacks(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    return rule_format(run, "%.*s %s %.*s on %.*s%.*s", STR_ARGS(row->who),
                       row->several ? "lack" : "lacks", STR_ARGS(row->what), STR_ARGS(row->object),
                       STR_ARGS(belonging(run, owner)));
}

static Str say_owner(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    return rule_format(run, "%.*s%.*s, is owned by %.*s, not by %.*s", STR_ARGS(row->object),
                       STR_ARGS(belonging(run, owner)), STR_ARGS(row->who), STR_ARGS(row->what));
}

static Str say_absent(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    return rule_format(run, "the role %.*s of %.*s does not exist", STR_ARGS(row->who),
                       STR_ARGS(rule_owner_name(run, owner)));
}

static Str say_attribute(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    (void)owner;
    return rule_format(run, "%.*s is %.*s, which no boundary stops", STR_ARGS(row->who),
                       STR_ARGS(row->what));
}

static Str say_member(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    (void)owner;
    return rule_format(run, "%.*s is a member of %.*s and so has %.*s", STR_ARGS(row->who),
                       STR_ARGS(row->object), STR_ARGS(row->what));
}

static Str say_default(RuleRun *run, const AuditDrift *row, const Service *owner)
{
    bool lacks = str_equal(row->topic, STR("default-lacks"));
    (void)owner;
    return rule_format(run, "%.*s will %s %.*s that %.*s", STR_ARGS(row->who),
                       lacks ? "lack" : "have", STR_ARGS(row->what), STR_ARGS(row->object));
}

/* What follows the statement that mends it. */
typedef enum { HELP_SCRIPT, HELP_PUBLISH, HELP_CREATE, HELP_MEMBER, HELP_ATTRIBUTE } Help;

static const char *const helps[] = {
    [HELP_SCRIPT] = ", as the script of `ringfence generate-grants` does",
    [HELP_PUBLISH] =
        (", as the script of `ringfence generate-grants` does; what is meant to be so belongs in "
         "the manifest, under `publishes` or `exceptions`"),
    [HELP_CREATE] = ", as the script of `ringfence generate-grants --create-roles` does",
    [HELP_MEMBER] = ": a member has all rights of the role; roles belong to one service each",
    [HELP_ATTRIBUTE] = ": a service's roles need the rights on their own objects and nothing else",
};

/* How each topic of the query is reported. */
static const struct {
    const char *topic;
    size_t rule;
    Str (*say)(RuleRun *run, const AuditDrift *row, const Service *owner);
    Help help;
    bool of_object; /* the row's object is one that a service owns */
} topics[] = {
    {"has", RULE_grant_outside_manifest, say_has, HELP_PUBLISH, true},
    {"stranger", RULE_grant_outside_manifest, say_stranger, HELP_PUBLISH, false},
    {"lacks", RULE_grant_outside_manifest, say_lacks, HELP_SCRIPT, true},
    {"owner", RULE_grant_outside_manifest, say_owner, HELP_SCRIPT, true},
    {"absent", RULE_grant_outside_manifest, say_absent, HELP_CREATE, false},
    {"member", RULE_grant_outside_manifest, say_member, HELP_MEMBER, false},
    {"default-has", RULE_grant_outside_manifest, say_default, HELP_SCRIPT, false},
    {"default-lacks", RULE_grant_outside_manifest, say_default, HELP_SCRIPT, false},
    {"attribute", RULE_role_escape, say_attribute, HELP_ATTRIBUTE, false},
};

enum { TOPIC_COUNT = sizeof topics / sizeof *topics };

/* The generated script leaves roles alone that the manifest does not name. */
static const char stranger_help[] =
    ": the manifest does not name the role, so the script of `ringfence generate-grants` leaves "
    "it alone";

static bool is_any_observed(const Manifest *manifest)
{
    for (size_t i = 0; i < manifest->services.count; i++) {
        if (manifest->services.at[i].stage == STAGE_OBSERVE) {
            return true;
        }
    }
    return false;
}

/* While a service is observed, nothing that the manifest says of it is taken away. */
static Str help_of(RuleRun *run, const AuditDrift *row, Help kind, const Service *owner)
{
    bool watched = owner ? owner->stage == STAGE_OBSERVE : is_any_observed(run->manifest);
    bool takes =
        !str_ends_with(row->topic, STR("lacks")) && (kind == HELP_SCRIPT || kind == HELP_PUBLISH);
    if (row->stranger) {
        return rule_format(run, "run %.*s%s", STR_ARGS(row->statement), stranger_help);
    }
    if (watched && takes) {
        return rule_format(
            run,
            "run %.*s, as the script of `ringfence generate-grants` will once %s%.*s "
            "at stage observe",
            STR_ARGS(row->statement), owner ? "" : "no service is",
            STR_ARGS(owner ? rule_format(run, "%.*s is no longer", STR_ARGS(owner->name))
                           : (Str){0}));
    }
    return rule_format(run, "run %.*s%s", STR_ARGS(row->statement), helps[kind]);
}

/* A warning at most: what roles have that the manifest does not name and, while a service is
 * observed, what concerns no service's data. */
static void lower_level(RuleRun *run, Finding *finding, const AuditDrift *row, const Service *owner)
{
    bool softly = row->stranger || (!owner && is_any_observed(run->manifest));
    if (softly && finding->level > LEVEL_WARNING) {
        finding->level = LEVEL_WARNING;
    }
}

static void report(RuleRun *run, const AuditDrift *row, size_t topic)
{
    const Service *owner = manifest_service(run->manifest, row->service);
    size_t before = run->findings.count;
    FindingRelation *relation = ARENA_NEW(run->arena, FindingRelation);
    *relation = (FindingRelation){
        .name = row->object, .owner = owner ? owner->name : (Str){0}, .access = ACCESS_GRANT};
    rule_report(run, rules_all[topics[topic].rule],
                (Finding){.place = {{1, 1}, {1, 1}},
                          .service = row->actor,
                          .object = row->object.len ? row->object : row->who,
                          .relations = relation,
                          .relation_count = topics[topic].of_object,
                          .message = topics[topic].say(run, row, owner),
                          .help = help_of(run, row, topics[topic].help, owner)},
                owner);
    if (run->findings.count > before) {
        run->findings.at[before].statement = str_hash(row->statement);
        lower_level(run, &run->findings.at[before], row, owner);
    }
}

void drift_report(RuleRun *run, const Audit *audit)
{
    for (size_t i = 0; i < audit->drift.count; i++) {
        const AuditDrift *row = &audit->drift.at[i];
        RuleFile file = {.path = row->path, .language = "sql"};
        run->file = &file;
        for (size_t j = 0; j < TOPIC_COUNT; j++) {
            if (str_equal(row->topic, str_from(topics[j].topic))) {
                report(run, row, j);
            }
        }
    }
    run->file = NULL;
}
