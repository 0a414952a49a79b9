#include "check/judge.h"

#include "base/pool.h"
#include "check/transaction.h"
#include "check/uncertain.h"
#include "rules/rules.h"
#include "sql/hole.h"
#include "sql/resolve.h"

#include "base/banned.h"

static void declare_statement(Catalog *catalog, Session *session, const Statement *statement,
                              const Service *service)
{
    catalog_next_statement(catalog);
    if (!statement->connected && !statement->declaration_count && !statement->effect_count) {
        return; /* as most do */
    }
    session_enter(session, statement);
    for (size_t i = 0; i < statement->declaration_count; i++) {
        const Declaration *declaration = &statement->declarations[i];
        Str schema = resolve_declaration(session, declaration);
        if (!declaration->temporary && !hole_in_name(schema) &&
            !hole_in_name(declaration->name.name)) {
            catalog_add(catalog, declaration, schema, service);
        }
    }
    session_apply_unresolved(session, statement);
}

/* The file's statements, those of the files that it includes among them. */
static void declare_file(Catalog *catalog, Session *session, const FileFacts *facts)
{
    size_t next = 0;
    for (size_t i = 0; i <= facts->file.statement_count; i++) {
        for (; next < facts->inclusion_count && facts->inclusions[next].before == i; next++) {
            declare_file(catalog, session, facts->inclusions[next].facts);
        }
        if (i < facts->file.statement_count && !facts->file.statements[i].uncertain) {
            declare_statement(catalog, session, &facts->file.statements[i], facts->file.service);
        }
    }
}

/* Most files of a repository hold no SQL. */
static bool holds_any(const FileFacts *facts)
{
    return facts->file.statement_count || facts->inclusion_count;
}

/* What the repository declares, from all of its files in their order. */
static const Catalog *build_catalog(Arena *arena, const Gathered *gathered)
{
    Catalog *catalog = catalog_new(arena);
    for (size_t i = 0; i < gathered->count; i++) {
        if (!gathered->at[i].inside && holds_any(&gathered->at[i])) {
            Session session = session_start(arena, gathered->at[i].file.service);
            declare_file(catalog, &session, &gathered->at[i]);
        }
    }
    return catalog;
}

/* The rules that are asked about each of many things; few are. */
typedef struct {
    const Rule *access[RULE_COUNT], *statement[RULE_COUNT];
    size_t access_count, statement_count;
} Asked;

static Asked asked_rules(void)
{
    Asked asked = {.access_count = 0};
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules_all[i]->check_access) {
            asked.access[asked.access_count++] = rules_all[i];
        }
        if (rules_all[i]->check_statement) {
            asked.statement[asked.statement_count++] = rules_all[i];
        }
    }
    return asked;
}

static void ask_about_access(const Asked *asked, RuleRun *run, const Access *access)
{
    for (size_t i = 0; i < asked->access_count; i++) {
        if (asked->access[i]->check_access(run, access)) {
            return;
        }
    }
}

static void ask_about_statement(const Asked *asked, RuleRun *run)
{
    for (size_t i = 0; i < asked->statement_count; i++) {
        asked->statement[i]->check_statement(run);
    }
    for (size_t i = 0; i < run->statement->access_count; i++) {
        ask_about_access(asked, run, &run->statement->accesses[i]);
    }
}

static void ask_about_transaction(RuleRun *run, Transaction *transaction)
{
    run->statement = NULL;
    run->transaction = transaction->statements.at;
    run->transaction_count = transaction->statements.count;
    for (size_t i = 0; run->transaction_count && i < RULE_COUNT; i++) {
        if (rules_all[i]->check_transaction) {
            rules_all[i]->check_transaction(run);
        }
    }
    transaction_clear(transaction);
}

static void note_role_uses(Arena *scratch, RuleRun *run, const FileFacts *facts)
{
    ARRAY(RoleUse) uses = {(RoleUse *)run->role_uses, run->role_use_count, run->role_use_count};
    for (size_t i = 0; facts->file.service && i < facts->file.statement_count; i++) {
        const Statement *statement = &facts->file.statements[i];
        const Access *access = statement->accesses;
        if (statement->uncertain && statement->access_count &&
            access->context == CONTEXT_CREDENTIALS) {
            array_push(scratch, &uses,
                       (RoleUse){.role = access->written.name,
                                 .file = &facts->file,
                                 .place = access->place});
        }
    }
    run->role_uses = uses.at;
    run->role_use_count = uses.count;
}

static void ask_about_project(RuleRun *run, Str manifest_path)
{
    RuleFile file = {.path = manifest_path};
    run->file = &file;
    run->statement = NULL;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules_all[i]->check_project) {
            rules_all[i]->check_project(run);
        }
    }
    run->file = NULL;
}

/* A session being judged. */
typedef struct {
    RuleRun *run;
    const Asked *asked;
    Resolver *resolver;
    Arena *scratch;
    Session session;
    Transaction transaction;
} Judging;

/* What stands around a piece of a statement is not known. */
static void lower_certainty(Statement *statement)
{
    for (size_t i = 0; i < statement->access_count; i++) {
        Access *access = &statement->accesses[i];
        if (access->certainty < CERTAINTY_CATALOG) {
            access->certainty = CERTAINTY_CATALOG;
        }
    }
}

static void judge_statement(Judging *judging, Statement *statement)
{
    RuleRun *run = judging->run;
    session_enter(&judging->session, statement);
    transaction_enter(&judging->transaction, statement);
    judging->resolver->statement++;
    resolve_statement(judging->resolver, &judging->session, statement);
    if (statement->piece) {
        lower_certainty(statement);
    }
    run->statement = statement;
    ask_about_statement(judging->asked, run);
    session_apply(&judging->session, statement);
    if (transaction_add(&judging->transaction, judging->scratch, statement, run->file)) {
        ask_about_transaction(run, &judging->transaction);
    }
}

/* An included file is its own service's code, in the includer's session. */
static void judge_file(Judging *judging, const FileFacts *facts)
{
    RuleRun *run = judging->run;
    run->file = &facts->file;
    run->statement = NULL;
    judging->resolver->service = facts->file.service;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules_all[i]->check_file) {
            rules_all[i]->check_file(run);
        }
    }
    size_t next = 0;
    for (size_t i = 0; i <= facts->file.statement_count; i++) {
        for (; next < facts->inclusion_count && facts->inclusions[next].before == i; next++) {
            judge_file(judging, facts->inclusions[next].facts);
            run->file = &facts->file;
            judging->resolver->service = facts->file.service;
        }
        if (i < facts->file.statement_count) {
            judge_statement(judging, &facts->file.statements[i]);
        }
    }
}

uint64_t judge_hash(const Finding *finding, Str path)
{
    static const Str separator = {.at = "", .len = 1};
    const Str parts[] = {finding->rule->id, finding->service, finding->owner, finding->object,
                         path};
    uint64_t hash = str_hash(STR(""));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        hash = str_hash_more(str_hash_more(hash, parts[i]), separator);
    }
    return hash;
}

/* What a file gave: findings of a worker's. */
typedef struct {
    size_t worker, first, count;
} Judged;

/* All files, and who judges them. */
typedef struct {
    const Asked *asked;
    const Resolver *resolver;
    const Gathered *gathered;
    size_t *numbers; /* of the statement before each file's first one, in the catalog's count */
    Judged *judged;
    struct {
        RuleRun run;
        Arena *scratch;
    } workers[POOL_MOST_WORKERS];
} Files;

enum { FEW_STATEMENTS = 1000 }; /* to start threads for them takes longer */

/* Included ones are judged where they are included. */
static bool is_judged(const FileFacts *facts)
{
    return holds_any(facts) && !facts->inside && !(facts->aside && !facts->inclusion_count);
}

static size_t statements_of(const FileFacts *facts)
{
    size_t count = facts->file.statement_count;
    for (size_t i = 0; i < facts->inclusion_count; i++) {
        count += statements_of(facts->inclusions[i].facts);
    }
    return count;
}

static void judge_item(void *context, size_t worker, size_t index)
{
    Files *files = context;
    const FileFacts *facts = &files->gathered->at[index];
    RuleRun *run = &files->workers[worker].run;
    Arena *scratch = files->workers[worker].scratch;
    Resolver resolver = *files->resolver;
    size_t first = run->findings.count;
    if (!is_judged(facts)) {
        return;
    }
    arena_reset(scratch);
    resolver.statement = files->numbers[index];
    Judging judging = {.run = run,
                       .asked = files->asked,
                       .resolver = &resolver,
                       .scratch = scratch,
                       .session = session_start(scratch, facts->file.service)};
    judge_file(&judging, facts);
    ask_about_transaction(run, &judging.transaction);
    files->judged[index] = (Judged){worker, first, run->findings.count - first};
}

/* Numbers the files' statements; how many there are. */
static size_t number_statements(Files *files)
{
    size_t count = 0;
    for (size_t i = 0; i < files->gathered->count; i++) {
        files->numbers[i] = count;
        count += is_judged(&files->gathered->at[i]) ? statements_of(&files->gathered->at[i]) : 0;
    }
    return count;
}

/* Puts the findings behind those of `run`, in the order of their files. */
static void collect(const Files *files, RuleRun *run)
{
    for (size_t i = 0; i < files->gathered->count; i++) {
        const Judged *judged = &files->judged[i];
        for (size_t j = 0; j < judged->count; j++) {
            array_push(run->arena, &run->findings,
                       files->workers[judged->worker].run.findings.at[judged->first + j]);
        }
    }
}

static void judge_files(RuleRun *run, const Asked *asked, const Resolver *resolver,
                        const Gathered *gathered)
{
    Files *files = ARENA_NEW(run->arena, Files);
    files->asked = asked;
    files->resolver = resolver;
    files->gathered = gathered;
    files->numbers = ARENA_ARRAY(run->arena, size_t, gathered->count);
    files->judged = ARENA_ARRAY(run->arena, Judged, gathered->count);
    bool few = number_statements(files) < FEW_STATEMENTS;
    size_t jobs = few || !gathered->arena_count ? 1 : gathered->arena_count;
    jobs = jobs < POOL_MOST_WORKERS ? jobs : POOL_MOST_WORKERS;
    for (size_t i = 0; i < jobs; i++) {
        files->workers[i].run = *run;
        files->workers[i].run.arena = jobs > 1 ? gathered->arenas[i] : run->arena;
        files->workers[i].run.findings.at = NULL;
        files->workers[i].run.findings.count = files->workers[i].run.findings.capacity = 0;
        files->workers[i].scratch = arena_new();
    }
    if (jobs > 1) {
        pool_run(jobs, gathered->count, DESCRIPTORS_SHARED, judge_item, files);
    } else {
        for (size_t i = 0; i < gathered->count; i++) {
            judge_item(files, 0, i);
        }
    }
    collect(files, run);
    for (size_t i = 0; i < jobs; i++) {
        arena_free(files->workers[i].scratch);
    }
}

Findings judge(Arena *arena, const Manifest *manifest, Str manifest_path, const Level *levels,
               uint32_t today, Gathered *gathered, bool *exceptions_used)
{
    RuleRun run = {.arena = arena, .manifest = manifest, .levels = levels, .today = today};
    Resolver resolver = {.manifest = manifest,
                         .catalog = build_catalog(arena, gathered),
                         .today = today,
                         .exceptions_used = exceptions_used};
    Asked asked = asked_rules();
    Arena *scratch = arena_new();
    for (size_t i = 0; i < gathered->count; i++) {
        note_role_uses(arena, &run, &gathered->at[i]);
    }
    uncertain_settle(scratch, &resolver, gathered);
    ask_about_project(&run, manifest_path);
    judge_files(&run, &asked, &resolver, gathered);
    arena_free(scratch);
    return (Findings){.at = run.findings.at, .count = run.findings.count};
}
