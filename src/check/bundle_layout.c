#include "check/bundle_layout.h"

#include <stddef.h>

#include "check/bundle.h"

#include "base/banned.h"

/* Each table has the struct's fields in their order; FIELD_NOT ones are the second pass's. */

static const PackField str_fields[] = {
    {.name = "", .kind = PACK_TEXT, .size = sizeof(Str)},
};
static const PackLayout str_layout = PACK_LAYOUT(Str, str_fields, NULL);

static const PackField str_list_fields[] = {
    FIELD_LIST(StrList, at, count, str_layout),
};
static const PackLayout str_list_layout = PACK_LAYOUT(StrList, str_list_fields, NULL);

static const PackField position_fields[] = {
    FIELD_COUNT(Position, line),
    FIELD_COUNT(Position, column),
};
static const PackLayout position_layout = PACK_LAYOUT(Position, position_fields, NULL);

static const PackField place_fields[] = {
    FIELD_STRUCT(Place, start, position_layout),
    FIELD_STRUCT(Place, end, position_layout),
};
static const PackLayout place_layout = PACK_LAYOUT(Place, place_fields, NULL);

static const PackField name_fields[] = {
    FIELD_TEXT(ObjectName, schema),
    FIELD_TEXT(ObjectName, name),
};
static const PackLayout name_layout = PACK_LAYOUT(ObjectName, name_fields, NULL);

static const PackField search_path_fields[] = {
    FIELD_STRUCT(SearchPath, schemas, str_list_layout),
    FIELD_BOOL(SearchPath, then_session),
};
static const PackLayout search_path_layout = PACK_LAYOUT(SearchPath, search_path_fields, NULL);

static const PackField inner_fields[] = {
    FIELD_STRUCT(InnerStatement, place, place_layout),
    FIELD_CSTRING(InnerStatement, command),
    FIELD_CSTRING(InnerStatement, language),
    FIELD_BOOL(InnerStatement, runs),
    FIELD_BOOL(InnerStatement, in_trigger),
};
static bool inner_is_valid(const void *read)
{
    const InnerStatement *inner = read;
    return inner->command && inner->language;
}
static const PackLayout inner_layout = PACK_LAYOUT(InnerStatement, inner_fields, inner_is_valid);

static const PackField role_fields[] = {
    FIELD_NUMBER(RoleName, kind, ROLE_COMPUTED),
    FIELD_TEXT(RoleName, name),
    FIELD_STRUCT(RoleName, place, place_layout),
};
static const PackLayout role_layout = PACK_LAYOUT(RoleName, role_fields, NULL);

static const PackField grant_fields[] = {
    FIELD_NUMBER(Grant, scope, GRANT_OWNERSHIP),
    FIELD_NUMBER(Grant, on, KIND_COUNT - 1),
    FIELD_BOOL(Grant, revokes),
    FIELD_BOOL(Grant, all),
    FIELD_BOOL(Grant, grantable),
    FIELD_COUNT(Grant, privileges),
    FIELD_LIST(Grant, roles, role_count, role_layout),
};
static const PackLayout grant_layout = PACK_LAYOUT(Grant, grant_fields, NULL);

static const PackField access_fields[] = {
    FIELD_NUMBER(Access, kind, KIND_COUNT - 1),
    FIELD_NUMBER(Access, context, CONTEXT_COUNT - 1),
    FIELD_COUNT(Access, set),
    FIELD_STRUCT(Access, written, name_layout),
    FIELD_TEXT(Access, spelling),
    FIELD_STRUCT(Access, place, place_layout),
    FIELD_COUNT(Access, query),
    FIELD_COUNT(Access, subject),
    FIELD_SHARED(Access, search_path, search_path_layout),
    FIELD_TEXT(Access, routine),
    FIELD_SHARED(Access, inner, inner_layout),
    FIELD_CSTRING(Access, doubt),
    FIELD_BOOL(Access, if_exists),
    FIELD_BOOL(Access, by_current_role),
    FIELD_SHARED(Access, grant, grant_layout),
    FIELD_COUNT(Access, call),
    FIELD_CSTRING(Access, wrapper),
    FIELD_STRUCT(Access, name, name_layout),
    FIELD_NUMBER(Access, certainty, CERTAINTY_COUNT - 1), /* of a pattern */
    FIELD_NOT(Access, rival_schema),
    FIELD_NOT(Access, rival),
    FIELD_NOT(Access, declared),
    FIELD_NOT(Access, owner),
    FIELD_NOT(Access, actor),
    FIELD_NOT(Access, boundary),
    FIELD_NOT(Access, joinable),
};
static const PackLayout access_layout = PACK_LAYOUT(Access, access_fields, NULL);

static const PackField query_fields[] = {
    FIELD_NOT(Query, first),
    FIELD_NOT(Query, combines),
    FIELD_NOT(Query, crossing),
};
static const PackLayout query_layout = PACK_LAYOUT(Query, query_fields, NULL);

static const PackField declaration_fields[] = {
    FIELD_NUMBER(Declaration, kind, KIND_COUNT - 1),
    FIELD_STRUCT(Declaration, name, name_layout),
    FIELD_STRUCT(Declaration, parent, name_layout),
    FIELD_BOOL(Declaration, temporary),
    FIELD_BOOL(Declaration, until_commit),
    FIELD_BOOL(Declaration, in_routine),
    FIELD_COUNT(Declaration, access_count),
    FIELD_SHARED(Declaration, search_path, search_path_layout),
};
static const PackLayout declaration_layout = PACK_LAYOUT(Declaration, declaration_fields, NULL);

static const PackField notice_fields[] = {
    FIELD_NUMBER(Notice, kind, NOTICE_CAPTURE_ALL),
    FIELD_STRUCT(Notice, place, place_layout),
    FIELD_TEXT(Notice, subject),
    FIELD_COUNT(Notice, access),
    FIELD_BOOL(Notice, fixed_path),
};
static const PackLayout notice_layout = PACK_LAYOUT(Notice, notice_fields, NULL);

static const PackField effect_fields[] = {
    FIELD_NUMBER(Effect, kind, EFFECT_ROLLBACK_TO),
    FIELD_STRUCT(Effect, schemas, str_list_layout),
    FIELD_TEXT(Effect, savepoint),
};
static const PackLayout effect_layout = PACK_LAYOUT(Effect, effect_fields, NULL);

static const PackField statement_fields[] = {
    FIELD_STRUCT(Statement, place, place_layout),
    FIELD_CSTRING(Statement, command),
    FIELD_COUNT(Statement, fingerprint),
    FIELD_BOOL(Statement, connected),
    FIELD_BOOL(Statement, same_program),
    FIELD_BOOL(Statement, uncertain),
    FIELD_BOOL(Statement, again),
    FIELD_BOOL(Statement, piece),
    FIELD_BOOL(Statement, telling),
    FIELD_LIST(Statement, accesses, access_count, access_layout),
    FIELD_BLANKS(Statement, queries, query_count, query_layout),
    FIELD_LIST(Statement, declarations, declaration_count, declaration_layout),
    FIELD_LIST(Statement, effects, effect_count, effect_layout),
    FIELD_LIST(Statement, notices, notice_count, notice_layout),
    FIELD_COUNT(Statement, inner_statements),
    FIELD_COUNT(Statement, inner_checked),
    FIELD_TEXT(Statement, refusal),
    FIELD_STRUCT(Statement, refused_at, place_layout),
};

/* Every index leads to something. */
static bool statement_is_valid(const void *read)
{
    const Statement *statement = read;
    bool valid = statement->command != NULL;
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        valid &= access->query <= statement->query_count;
        valid &= access->subject <= statement->access_count;
    }
    for (size_t i = 0; i < statement->notice_count; i++) {
        const Notice *notice = &statement->notices[i];
        valid &= notice->access <= statement->access_count;
        valid &= notice->access || notice->kind != NOTICE_SECURITY_DEFINER;
    }
    for (size_t i = 0; i < statement->declaration_count; i++) {
        valid &= statement->declarations[i].access_count <= statement->access_count;
    }
    return valid;
}
static const PackLayout statement_layout =
    PACK_LAYOUT(Statement, statement_fields, statement_is_valid);

static const PackField suppression_fields[] = {
    FIELD_STRUCT(Suppression, place, place_layout),
    FIELD_STRUCT(Suppression, from, position_layout),
    FIELD_STRUCT(Suppression, to, position_layout),
    FIELD_NUMBERS(Suppression, rules, rule_count, RULE_COUNT - 1),
    FIELD_NOT(Suppression, used),
    FIELD_TEXT(Suppression, reason),
    FIELD_TEXT(Suppression, until_text),
    FIELD_COUNT(Suppression, until),
    FIELD_TEXT(Suppression, mistake),
};

/* One without a mistake is about a rule. */
static bool suppression_is_valid(const void *read)
{
    const Suppression *suppression = read;
    return suppression->mistake.len || suppression->rule_count;
}
static const PackLayout suppression_layout =
    PACK_LAYOUT(Suppression, suppression_fields, suppression_is_valid);

static const PackField suppressions_fields[] = {
    FIELD_LIST(Suppressions, at, count, suppression_layout),
};
static const PackLayout suppressions_layout = PACK_LAYOUT(Suppressions, suppressions_fields, NULL);

static const PackField coverage_fields[] = {
    FIELD_COUNT(Coverage, files),      FIELD_COUNT(Coverage, sql_files),
    FIELD_COUNT(Coverage, host_files), FIELD_COUNT(Coverage, fragments),
    FIELD_COUNT(Coverage, statements), FIELD_COUNT(Coverage, checked),
    FIELD_COUNT(Coverage, dynamic),    FIELD_COUNT(Coverage, unparsed),
    FIELD_COUNT(Coverage, bytes),      FIELD_COUNT(Coverage, host_fragments),
};
static const PackLayout coverage_layout = PACK_LAYOUT(Coverage, coverage_fields, NULL);

static const PackField file_fields[] = {
    FIELD_TEXT(RuleFile, path),
    FIELD_SERVICE(RuleFile, service),
    FIELD_TEXT(RuleFile, claimed_service),
    FIELD_STRUCT(RuleFile, claimed_at, place_layout),
    FIELD_CSTRING(RuleFile, language),
    FIELD_LIST(RuleFile, statements, statement_count, statement_layout),
};
static bool file_is_valid(const void *read)
{
    const RuleFile *file = read;
    return file->path.len && file->language;
}
static const PackLayout file_layout = PACK_LAYOUT(RuleFile, file_fields, file_is_valid);

static const PackLayout facts_layout;

static const PackField inclusion_fields[] = {
    FIELD_COUNT(Inclusion, before),
    FIELD_OWN(Inclusion, facts, facts_layout),
};
static const PackLayout inclusion_layout = PACK_LAYOUT(Inclusion, inclusion_fields, NULL);

static const PackField facts_fields[] = {
    FIELD_STRUCT(FileFacts, file, file_layout),
    FIELD_SERVICE(FileFacts, tied),
    FIELD_STRUCT(FileFacts, suppressions, suppressions_layout),
    FIELD_STRUCT(FileFacts, coverage, coverage_layout),
    FIELD_TEXT(FileFacts, unreadable),
    FIELD_BOOL(FileFacts, aside),
    FIELD_NOT(FileFacts, includes), /* of no use once what is included was read */
    FIELD_LIST(FileFacts, inclusions, inclusion_count, inclusion_layout),
    FIELD_BOOL(FileFacts, inside),
    FIELD_NOT(FileFacts, extra),  /* include_link's */
    FIELD_NOT(FileFacts, beside), /* of use while the same files are read again */
};

/* A tie has two sides; included files run between statements, one after the other. */
static bool facts_are_valid(const void *read)
{
    const FileFacts *facts = read;
    bool valid = !facts->tied || facts->file.service;
    size_t before = 0;
    for (size_t i = 0; i < facts->inclusion_count; i++) {
        valid &= facts->inclusions[i].before >= before;
        before = facts->inclusions[i].before;
    }
    return valid && before <= facts->file.statement_count;
}
static const PackLayout facts_layout = PACK_LAYOUT(FileFacts, facts_fields, facts_are_valid);

static const PackField skip_fields[] = {
    FIELD_TEXT(SourceSkip, path),
    FIELD_TEXT(SourceSkip, reason),
    FIELD_BOOL(SourceSkip, fatal),
};
static const PackLayout skip_layout = PACK_LAYOUT(SourceSkip, skip_fields, NULL);

static const PackField bundle_fields[] = {
    FIELD_COUNT(Bundle, manifest),
    FIELD_COUNT(Bundle, list),
    FIELD_COUNT(Bundle, shard),
    FIELD_COUNT(Bundle, shards),
    FIELD_BOOL(Bundle, partial),
    FIELD_TEXT(Bundle, prefix),
    FIELD_LIST(Bundle, files, file_count, facts_layout),
    FIELD_LIST(Bundle, skips, skip_count, skip_layout),
};
static bool bundle_is_valid(const void *read)
{
    const Bundle *bundle = read;
    return bundle->shard >= 1 && bundle->shard <= bundle->shards;
}
const PackLayout bundle_layout = PACK_LAYOUT(Bundle, bundle_fields, bundle_is_valid);
