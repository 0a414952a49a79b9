#include "rules/rules.h"

#include "base/banned.h"

static void report(RuleRun *run, Place place, const Access *routine, Finding draft)
{
    const Service *service = run->file->service;
    const Service *owner = routine->owner.service;
    draft.place = place;
    draft.service = service->name;
    draft.object = rule_object_name(run, routine);
    draft.relations = ARENA_NEW(run->arena, FindingRelation);
    draft.relations[0] = (FindingRelation){.name = draft.object,
                                           .owner = owner ? owner->name : (Str){0},
                                           .access = rule_shown_access(routine)};
    draft.relation_count = 1;
    rule_report(run, &rule_security_definer_escape, draft, NULL);
}

static void report_path(RuleRun *run, const Notice *notice, const Access *routine)
{
    report(
        run, notice->place, routine,
        (Finding){.message = rule_format(run,
                                         "%.*s runs with its owner's rights and the caller's "
                                         "search_path",
                                         STR_ARGS(rule_quoted_name(run, routine))),
                  .help = STR("add SET search_path = <your schema>, pg_temp to the same statement: "
                              "else the caller decides what its names mean")});
}

static const Publication *publication_of(const Service *owner, const Access *routine)
{
    for (size_t i = 0; i < owner->publishes.count; i++) {
        const Publication *publication = &owner->publishes.at[i];
        if (publication->kind == PUBLISHED_ROUTINE &&
            str_equal(publication->schema, routine->name.schema) &&
            str_equal(publication->name, routine->name.name)) {
            return publication;
        }
    }
    return NULL;
}

/* May `service` do at least `needed`? */
static bool is_published_to(const RuleRun *run, const Access *relation, const Service *service,
                            AccessSet needed)
{
    const Publication *publication =
        ownership_publication(run->manifest->ownership, PUBLISHED_RELATION, relation->name.schema,
                              relation->name.name, service);
    return publication && !(needed & ~publication->privileges);
}

/* Could everyone who may call the routine do `needed` to the relation anyway? */
static bool is_as_public(const RuleRun *run, const Publication *routine, const Access *relation,
                         AccessSet needed)
{
    const Manifest *manifest = run->manifest;
    for (size_t i = 0; routine->to_all && i < manifest->services.count; i++) {
        const Service *service = &manifest->services.at[i];
        if (service != relation->owner.service &&
            !is_published_to(run, relation, service, needed)) {
            return false;
        }
    }
    for (size_t i = 0; i < routine->to.count; i++) {
        const Service *service = manifest_service(manifest, routine->to.at[i]);
        if (service && service != relation->owner.service &&
            !is_published_to(run, relation, service, needed)) {
            return false;
        }
    }
    return true;
}

/* What the routine `number` (1 + its index) works on and some of its callers may not touch
 * themselves; returns the first one. With the callers' rights, that fails; with the owner's, it
 * opens what is not published. */
static const Access *list_private(RuleRun *run, const Publication *publication, uint32_t number,
                                  bool definer, Related *related, size_t *count)
{
    const Statement *statement = run->statement;
    const Access *first = NULL;
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        bool part = access->subject == number && access->kind == KIND_RELATION &&
                    access->owner.kind == OWNER_SERVICE;
        if (part && !is_as_public(run, publication, access, definer ? 0 : access->set)) {
            Str name = rule_quoted_name(run, access);
            first = first ? first : access;
            related[(*count)++] = (Related){
                .path = run->file->path,
                .place = access->place,
                .message =
                    definer ? rule_format(run, "%.*s is not published", STR_ARGS(name))
                            : rule_format(run, "%.*s is not published for this", STR_ARGS(name))};
        }
    }
    return first;
}

static void check_private_data(RuleRun *run, uint32_t number, Place place, bool definer)
{
    const Access *routine = &run->statement->accesses[number - 1];
    const Service *owner = routine->owner.service;
    const Publication *publication = owner ? publication_of(owner, routine) : NULL;
    if (!publication) {
        return;
    }
    Related *related = ARENA_ARRAY(run->arena, Related, run->statement->access_count);
    size_t count = 0;
    const Access *private = list_private(run, publication, number, definer, related, &count);
    if (private) {
        Str name = rule_quoted_name(run, routine), opened = rule_quoted_name(run, private);
        Str message =
            definer ? rule_format(run, "%.*s is published and opens %.*s, which is not",
                                  STR_ARGS(name), STR_ARGS(opened))
                    : rule_format(run,
                                  "%.*s is published and runs with its caller's rights, which do "
                                  "not reach %.*s",
                                  STR_ARGS(name), STR_ARGS(opened));
        report(run, place, routine,
               (Finding){.related = related,
                         .related_count = count,
                         .message = message,
                         .help = STR("publish a view of what others may see, to the same services, "
                                     "and let the routine read that")});
    }
}

static void check_notice(RuleRun *run, const Notice *notice)
{
    if (!notice->fixed_path) {
        report_path(run, notice, &run->statement->accesses[notice->access - 1]);
    }
    check_private_data(run, notice->access, notice->place, true);
}

static bool has_owners_rights(const Statement *statement, uint32_t number)
{
    for (size_t i = 0; i < statement->notice_count; i++) {
        if (statement->notices[i].kind == NOTICE_SECURITY_DEFINER &&
            statement->notices[i].access == number) {
            return true;
        }
    }
    return false;
}

/* The routines that the statement makes and that run with their callers' rights. */
static void check_made(RuleRun *run)
{
    const Statement *statement = run->statement;
    for (uint32_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (access->kind == KIND_ROUTINE && (access->set & ACCESS_CREATE) &&
            !has_owners_rights(statement, i + 1)) {
            check_private_data(run, i + 1, access->place, false);
        }
    }
}

static void check_statement(RuleRun *run)
{
    for (size_t i = 0; run->file->service && i < run->statement->notice_count; i++) {
        if (run->statement->notices[i].kind == NOTICE_SECURITY_DEFINER) {
            check_notice(run, &run->statement->notices[i]);
        }
    }
    if (run->file->service) {
        check_made(run);
    }
}

const Rule rule_security_definer_escape = {
    .id = STR("security-definer-escape"),
    .level = LEVEL_WARNING,
    .summary = STR(
        "SECURITY DEFINER without a fixed search_path, or a published routine over private data"),
    .check_statement = check_statement,
};
