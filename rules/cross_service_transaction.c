#include "rules/rules.h"

#include "base/banned.h"

enum {
    MOST_RELATED = 16,
    WRITING = ACCESS_INSERT | ACCESS_UPDATE | ACCESS_DELETE | ACCESS_TRUNCATE,
};

/* The writes of what takes effect together. */
typedef struct {
    const Access *first;  /* the first write to a service's data */
    const Access *second; /* the first one to another service's */
    const Statement *first_in, *second_in;
    const RuleFile *file; /* of the second one */
} Writes;

/* A write that a publication or an exception allows is the owner's own wish. */
static bool is_write(const Access *access)
{
    return access->context == CONTEXT_TARGET && access->kind == KIND_RELATION &&
           (access->set & WRITING) && access->owner.kind == OWNER_SERVICE &&
           access->boundary != BOUNDARY_PUBLISHED && access->boundary != BOUNDARY_EXCEPTED;
}

/* Is `access` of `statement` earlier than one that was met before? Statements come in their order,
 * accesses of one do not. */
static bool is_earlier(const Access *access, const Statement *statement, const Access *met,
                       const Statement *met_in)
{
    return !met || (statement == met_in && access_is_before(access, met));
}

/* Keeps the first one. Call it with every write to find `first`, then once more to find `second`.
 */
static void add_write(RuleRun *run, Writes *writes, const Statement *statement,
                      const Access *access, bool again)
{
    if (!again) {
        if (is_earlier(access, statement, writes->first, writes->first_in)) {
            writes->first = access;
            writes->first_in = statement;
        }
    } else if (access->owner.service != writes->first->owner.service &&
               is_earlier(access, statement, writes->second, writes->second_in)) {
        writes->second = access;
        writes->second_in = statement;
        writes->file = run->file;
    }
}

static bool is_listed(const Finding *finding, Str name)
{
    for (size_t i = 0; i < finding->relation_count; i++) {
        if (str_equal(finding->relations[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* Lists one more relation that is written to: the first write to each, up to a point. */
static void add_side(RuleRun *run, Finding *finding, const Access *access, const Access *at)
{
    Str name = rule_object_name(run, access);
    Str owner = access->owner.service->name;
    if (finding->relation_count == MOST_RELATED || is_listed(finding, name)) {
        return;
    }
    finding->relations[finding->relation_count++] =
        (FindingRelation){.name = name, .owner = owner, .access = access->set & WRITING};
    if (access != at) {
        finding->related[finding->related_count++] = (Related){
            .path = run->file->path,
            .place = access->place,
            .message = rule_format(run, "%.*s belongs to %.*s",
                                   STR_ARGS(rule_quoted_name(run, access)), STR_ARGS(owner))};
    }
}

static Finding start_finding(RuleRun *run, const Writes *writes)
{
    const Access *at = writes->second;
    return (Finding){
        .place = at->place,
        .service = at->actor ? at->actor->name : (Str){0},
        .object = rule_object_name(run, at),
        .related = ARENA_ARRAY(run->arena, Related, MOST_RELATED),
        .relations = ARENA_ARRAY(run->arena, FindingRelation, MOST_RELATED),
    };
}

static void report(RuleRun *run, const Writes *writes, Finding *finding, const char *where)
{
    const Access *at = writes->second;
    const Access *other = writes->first;
    bool own = at->actor == at->owner.service;
    const Service *owner = own ? other->owner.service : at->owner.service;
    finding->message = rule_format(
        run, "%.*s writes to %.*s of %.*s and to %.*s of %.*s in one %s",
        STR_ARGS(rule_actor_name(at)), STR_ARGS(rule_quoted_name(run, other)),
        STR_ARGS(rule_owner_name(run, other->owner.service)), STR_ARGS(rule_quoted_name(run, at)),
        STR_ARGS(rule_owner_name(run, at->owner.service)), where);
    finding->help =
        rule_format(run,
                    "make it a saga: change your own data and write an event to your outbox in one "
                    "transaction; "
                    "%.*s reacts in a transaction of its own, and a compensating step undoes it",
                    STR_ARGS(owner->name));
    rule_report(run, &rule_cross_service_transaction, *finding, owner);
}

/* What hangs on a definition (a routine's body, a rule's action) is not executed with its
 * statement. */
static bool is_executed(const Access *access)
{
    return !access->subject;
}

typedef enum { FIND_FIRST, FIND_SECOND, LIST_ALL } Step;

static void visit(RuleRun *run, Writes *writes, Finding *finding, Step step,
                  const Statement *statement, const Access *access)
{
    if (step == LIST_ALL) {
        add_side(run, finding, access, writes->second);
    } else {
        add_write(run, writes, statement, access, step == FIND_SECOND);
    }
}

static void visit_executed(RuleRun *run, Writes *writes, Finding *finding, Step step)
{
    for (size_t i = 0; i < run->transaction_count; i++) {
        const Statement *statement = run->transaction[i].statement;
        run->file = run->transaction[i].file;
        for (size_t j = 0; j < statement->access_count; j++) {
            const Access *access = &statement->accesses[j];
            if (is_write(access) && is_executed(access)) {
                visit(run, writes, finding, step, statement, access);
            }
        }
    }
}

static void check_transaction(RuleRun *run)
{
    Writes writes = {0};
    const RuleFile *file = run->file;
    visit_executed(run, &writes, NULL, FIND_FIRST);
    if (writes.first) {
        visit_executed(run, &writes, NULL, FIND_SECOND);
    }
    if (writes.second) {
        Finding finding = start_finding(run, &writes);
        add_side(run, &finding, writes.second, writes.second);
        visit_executed(run, &writes, &finding, LIST_ALL);
        run->file = writes.file;
        run->statement = writes.second_in;
        report(run, &writes, &finding, "transaction");
        run->statement = NULL;
    }
    run->file = file;
}

/* Visits the writes of one definition, which stand together from access `from` on; returns the next
 * one's start. */
static size_t visit_definition(RuleRun *run, size_t from, Writes *writes, Finding *finding,
                               Step step)
{
    const Statement *statement = run->statement;
    size_t end = from;
    for (; end < statement->access_count; end++) {
        const Access *access = &statement->accesses[end];
        if (is_write(access) && access->subject != statement->accesses[from].subject) {
            break;
        }
        if (is_write(access)) {
            visit(run, writes, finding, step, statement, access);
        }
    }
    return end;
}

static size_t check_definition(RuleRun *run, size_t from)
{
    Writes writes = {0};
    visit_definition(run, from, &writes, NULL, FIND_FIRST);
    size_t end = visit_definition(run, from, &writes, NULL, FIND_SECOND);
    if (writes.second) {
        Finding finding = start_finding(run, &writes);
        uint32_t subject = run->statement->accesses[from].subject;
        bool routine = run->statement->accesses[subject - 1].kind == KIND_ROUTINE;
        add_side(run, &finding, writes.second, writes.second);
        visit_definition(run, from, &writes, &finding, LIST_ALL);
        report(run, &writes, &finding, routine ? "routine" : "rule");
    }
    return end;
}

static void check_statement(RuleRun *run)
{
    const Statement *statement = run->statement;
    for (size_t i = 0; i < statement->access_count;) {
        const Access *access = &statement->accesses[i];
        i = is_write(access) && !is_executed(access) ? check_definition(run, i) : i + 1;
    }
}

const Rule rule_cross_service_transaction = {
    .id = STR("cross-service-transaction"),
    .level = LEVEL_ERROR,
    .summary = STR("one transaction or routine body that writes to two or more services"),
    .check_statement = check_statement,
    .check_transaction = check_transaction,
};
