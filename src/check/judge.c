#include "check/judge.h"

#include <stdlib.h>

#include "base/map.h"
#include "check/transaction.h"
#include "rules/rules.h"
#include "sql/resolve.h"

#include "base/banned.h"

/* What the repository declares, from all of its files in their order. */
static const Catalog *build_catalog(Arena *arena, const Gathered *gathered)
{
    Catalog *catalog = catalog_new(arena);
    for (size_t i = 0; i < gathered->count; i++) {
        const RuleFile *file = &gathered->at[i].file;
        Session session = session_start(arena, file->service);
        for (size_t j = 0; j < file->statement_count; j++) {
            const Statement *statement = &file->statements[j];
            session_enter(&session, statement);
            for (size_t k = 0; k < statement->declaration_count; k++) {
                const Declaration *declaration = &statement->declarations[k];
                if (!declaration->temporary) {
                    catalog_add(catalog, declaration, resolve_declaration(&session, declaration),
                                file->service);
                }
            }
            session_apply(&session, statement);
        }
    }
    return catalog;
}

static void ask_about_access(RuleRun *run, const Access *access)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules_all[i]->check_access && rules_all[i]->check_access(run, access)) {
            return;
        }
    }
}

static void ask_about_statement(RuleRun *run)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules_all[i]->check_statement) {
            rules_all[i]->check_statement(run);
        }
    }
    for (size_t i = 0; i < run->statement->access_count; i++) {
        ask_about_access(run, &run->statement->accesses[i]);
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

static void judge_file(RuleRun *run, const Resolver *resolver, Arena *scratch)
{
    Session session = session_start(scratch, run->file->service);
    Transaction transaction = {0};
    run->statement = NULL;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules_all[i]->check_file) {
            rules_all[i]->check_file(run);
        }
    }
    for (size_t i = 0; i < run->file->statement_count; i++) {
        Statement *statement = &run->file->statements[i];
        session_enter(&session, statement);
        transaction_enter(&transaction, statement);
        resolve_statement(resolver, &session, statement);
        run->statement = statement;
        ask_about_statement(run);
        session_apply(&session, statement);
        if (transaction_add(&transaction, scratch, statement)) {
            ask_about_transaction(run, &transaction);
        }
    }
    ask_about_transaction(run, &transaction);
}

static int compare_positions(Position a, Position b)
{
    int lines = (a.line > b.line) - (a.line < b.line);
    return lines ? lines : (a.column > b.column) - (a.column < b.column);
}

static int compare_findings(const void *left, const void *right)
{
    const Finding *a = left;
    const Finding *b = right;
    int order = str_compare(a->path, b->path);
    order = order ? order : compare_positions(a->place.start, b->place.start);
    order = order ? order : str_compare(a->rule->id, b->rule->id);
    return order ? order : str_compare(a->message, b->message);
}

/* Rule, service, owner, object, path and statement: what stays when lines move. Equal ones are numbered. */
static void set_fingerprints(Arena *arena, Findings *findings)
{
    Map seen = {0};
    for (size_t i = 0; i < findings->count; i++) {
        Finding *finding = &findings->at[i];
        const Str parts[] = {finding->rule->id, finding->service, finding->owner, finding->object,
                             finding->path};
        uint64_t hash = str_hash(STR(""));
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) {
            hash = str_hash_more(str_hash_more(hash, parts[j]), (Str){.at = "", .len = 1});
        }
        hash = str_hash_more(hash, arena_format(arena, "%016llx",
                                                (unsigned long long)finding->statement));
        Str key = arena_format(arena, "%016llx", (unsigned long long)hash);
        size_t repeats = (size_t)map_get(&seen, key);
        map_put(arena, &seen, key, (void *)(repeats + 1));
        finding->fingerprint =
            repeats ? str_hash_more(hash, arena_format(arena, "#%zu", repeats)) : hash;
    }
}

static void drop_repeats(Findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (!kept || compare_findings(&findings->at[kept - 1], &findings->at[i]) != 0) {
            findings->at[kept++] = findings->at[i];
        }
    }
    findings->count = kept;
}

Findings judge(Arena *arena, const Manifest *manifest, Str manifest_path, const Level *levels,
               uint32_t today, Gathered *gathered)
{
    RuleRun run = {.arena = arena, .manifest = manifest, .levels = levels, .today = today};
    Resolver resolver = {
        .manifest = manifest, .catalog = build_catalog(arena, gathered), .today = today};
    Arena *scratch = arena_new();
    ask_about_project(&run, manifest_path);
    for (size_t i = 0; i < gathered->count; i++) {
        run.file = &gathered->at[i].file;
        resolver.service = run.file->service;
        arena_reset(scratch);
        judge_file(&run, &resolver, scratch);
    }
    arena_free(scratch);
    Findings findings = {.at = run.findings.at, .count = run.findings.count};
    if (findings.count) {
        qsort(findings.at, findings.count, sizeof *findings.at, compare_findings);
    }
    drop_repeats(&findings);
    set_fingerprints(arena, &findings);
    return findings;
}
