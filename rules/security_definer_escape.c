#include "rules/rules.h"

#include "base/banned.h"

static void report(RuleRun *run, const Notice *notice, const Access *routine, Finding draft)
{
    const Service *service = run->file->service;
    draft.place = notice->place;
    draft.service = service->name;
    draft.object = rule_object_name(run, routine);
    rule_report(run, &rule_security_definer_escape, draft, NULL);
}

static void report_path(RuleRun *run, const Notice *notice, const Access *routine)
{
    report(
        run, notice, routine,
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

static bool is_published_to(const RuleRun *run, const Access *relation, const Service *service)
{
    return ownership_publication(run->manifest->ownership, PUBLISHED_RELATION,
                                 relation->name.schema, relation->name.name, service) != NULL;
}

/* Could everyone who may call the routine read the relation anyway? */
static bool is_as_public(const RuleRun *run, const Publication *routine, const Access *relation)
{
    const Manifest *manifest = run->manifest;
    for (size_t i = 0; routine->to_all && i < manifest->services.count; i++) {
        const Service *service = &manifest->services.at[i];
        if (service != relation->owner.service && !is_published_to(run, relation, service)) {
            return false;
        }
    }
    for (size_t i = 0; i < routine->to.count; i++) {
        const Service *service = manifest_service(manifest, routine->to.at[i]);
        if (service && service != relation->owner.service &&
            !is_published_to(run, relation, service)) {
            return false;
        }
    }
    return true;
}

static void check_private_data(RuleRun *run, const Notice *notice, const Access *routine,
                               const Publication *publication)
{
    const Statement *statement = run->statement;
    const Access *private = NULL;
    Related *related = ARENA_ARRAY(run->arena, Related, statement->access_count);
    size_t count = 0;
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (access->subject == notice->access && access->kind == KIND_RELATION &&
            access->owner.kind == OWNER_SERVICE && !is_as_public(run, publication, access)) {
            private = private ? private : access;
            related[count++] =
                (Related){.path = run->file->path,
                          .place = access->place,
                          .message = rule_format(run, "%.*s is not published",
                                                 STR_ARGS(rule_quoted_name(run, access)))};
        }
    }
    if (private) {
        report(
            run, notice, routine,
            (Finding){.related = related,
                      .related_count = count,
                      .message = rule_format(run, "%.*s is published and opens %.*s, which is not",
                                             STR_ARGS(rule_quoted_name(run, routine)),
                                             STR_ARGS(rule_quoted_name(run, private))),
                      .help = STR("publish a view of what others may see and let the routine read "
                                  "that, or make it SECURITY INVOKER")});
    }
}

static void check_notice(RuleRun *run, const Notice *notice)
{
    const Access *routine = &run->statement->accesses[notice->access - 1];
    const Service *owner = routine->owner.service;
    const Publication *publication = owner ? publication_of(owner, routine) : NULL;
    if (!notice->fixed_path) {
        report_path(run, notice, routine);
    }
    if (publication) {
        check_private_data(run, notice, routine, publication);
    }
}

static void check_statement(RuleRun *run)
{
    for (size_t i = 0; run->file->service && i < run->statement->notice_count; i++) {
        if (run->statement->notices[i].kind == NOTICE_SECURITY_DEFINER) {
            check_notice(run, &run->statement->notices[i]);
        }
    }
}

const Rule rule_security_definer_escape = {
    .id = STR("security-definer-escape"),
    .level = LEVEL_WARNING,
    .summary = STR("SECURITY DEFINER without a fixed search_path, or published over private data"),
    .check_statement = check_statement,
};
