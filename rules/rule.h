#ifndef RINGFENCE_RULES_RULE_H
#define RINGFENCE_RULES_RULE_H

#include "base/array.h"
#include "manifest/implied.h"
#include "rules/finding.h"

/* All that a rule sees: facts of one statement or file, and a way to report. */

/* A file, as far as rules care. */
typedef struct {
    Str path;
    const Service *service; /* whose code; NULL: nobody's */
    Str claimed_service;    /* a `ringfence:service NAME` that the manifest does not know */
    Place claimed_at;
    const char *language; /* as facts call it: "sql" */
    Statement *statements;
    size_t statement_count;
} RuleFile;

/* A statement of a transaction, which may go through the files that a script includes. */
typedef struct {
    const Statement *statement;
    const RuleFile *file;
} TransactionStatement;

/* A file of a service connects as a role that the manifest does not list. */
typedef struct {
    Str role;
    const RuleFile *file;
    Place place;
} RoleUse;

typedef struct {
    Arena *arena; /* findings and their texts */
    const Manifest *manifest;
    const Level *levels;        /* by rule index: RULE_… */
    const RuleFile *file;       /* in check_project: the manifest, which has no statements */
    const Statement *statement; /* NULL in check_file, check_transaction and check_project */
    const TransactionStatement *transaction; /* of check_transaction: what takes effect together */
    size_t transaction_count;
    const RoleUse *role_uses; /* of check_project */
    size_t role_use_count;
    uint32_t today; /* yyyymmdd */
    ARRAY(Finding) findings;
} RuleRun;

/* One access gives one finding: rules are asked in the order of RULE_LIST, and the first whose
 * check_access returns true has the access for itself, whether it reported something or not. */
struct Rule {
    Str id;
    Level level; /* by default */
    Str summary; /* one line */
    bool once;   /* two of its findings at one place say the same: the one that sorts last stays */
    bool (*check_access)(RuleRun *run, const Access *access);
    void (*check_statement)(RuleRun *run);
    void (*check_file)(RuleRun *run);
    void (*check_transaction)(RuleRun *run); /* once names of all its statements are resolved */
    void (*check_project)(RuleRun *run);     /* once */
};

/* Reports `draft` (rule, place, message, help and what else is known; path and level are filled
 * in). Owner and team come from `owner`, which may be NULL. Lowers the level to a warning while
 * `owner` is only observed. */
void rule_report(RuleRun *run, const Rule *rule, Finding draft, const Service *owner);

/* Reports an access to a relation of access->owner.service by access->actor. `verb` reads like
 * "reads"; `help` is the remedy. The statement's place in the sentence is filled in. */
void rule_report_access(RuleRun *run, const Rule *rule, const Access *access, const char *verb,
                        const char *help);

/* "inventory.products" as data, and as SQL would write it: "Erp"."Artikel". In the run's arena. */
Str rule_object_name(RuleRun *run, const Access *access);
Str rule_quoted_name(RuleRun *run, const Access *access);

/* "inventory (@acme/inventory)", or "inventory" where no team is known. */
Str rule_owner_name(RuleRun *run, const Service *owner);

/* Whose code makes the access, for a sentence: "orders", or "this code". */
Str rule_actor_name(const Access *access);

/* The roles, for a sentence: "billing_app of billing and PUBLIC". */
Str rule_role_names(RuleRun *run, const RoleName *roles, size_t count);

/* Is the access to something of another service that its actor may not touch? */
bool rule_is_foreign(const Access *access);

/* What a finding says is done: a write that reads its target, too, is a write. */
AccessSet rule_shown_access(const Access *access);

/* What the access is a part of (the view whose query it stands in …), or NULL. */
const Access *rule_subject(const RuleRun *run, const Access *access);

/* Is the access a part of an object that is not of the code's own service? Then the access to that
 * object speaks for this one, too. */
bool rule_is_part_abroad(const RuleRun *run, const Access *access);

Str rule_format(RuleRun *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
