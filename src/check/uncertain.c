#include "check/uncertain.h"

#include <string.h>

#include "embedded/document.h"
#include "lexer/language.h"
#include "sql/hole.h"

#include "base/banned.h"

static bool is_somebodys(Owner owner)
{
    return owner.kind == OWNER_SERVICE || owner.kind == OWNER_SHARED;
}

/* Does the manifest or the repository's DDL know the object? Of what is no relation, the manifest
 * only, by the schema that the text names: a schema, or one in front of a name. */
static bool is_known(const Resolver *resolver, const Access *access)
{
    Str schema = access->name.schema;
    bool of_rows = access->kind == KIND_RELATION || access->kind == KIND_SEQUENCE ||
                   (access->kind == KIND_ROUTINE && access->context == CONTEXT_FROM);
    bool written = access->written.schema.len && !hole_in_name(access->written.schema);
    if (!of_rows) {
        return (written || access->kind == KIND_SCHEMA) && is_somebodys(access->owner);
    }
    if (!schema.len) {
        return false;
    }
    return (written && is_somebodys(access->owner)) ||
           (access->kind != KIND_ROUTINE &&
            ownership_names_relation(resolver->manifest->ownership, schema, access->name.name)) ||
           catalog_find(resolver->catalog, access->kind, schema, access->name.name);
}

/* Is the name enough to tell? That of a builder's table only where a query would find it. */
static bool is_telling(const Statement *statement, const Access *access)
{
    bool elsewhere =
        strcmp(statement->command, "MAPPING") == 0 && access->certainty == CERTAINTY_CATALOG;
    return access->written.schema.len || ((!statement->piece || statement->telling) && !elsewhere);
}

static bool names_known(Arena *scratch, const Resolver *resolver, Statement *statement)
{
    Session session = session_start(scratch, resolver->service);
    resolve_statement(resolver, &session, statement);
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (is_telling(statement, access) && is_known(resolver, access)) {
            return true;
        }
    }
    return false;
}

/* Behind the statements of the text that the one at `first` begins. */
static size_t text_end(const RuleFile *file, size_t first)
{
    size_t end = first + 1;
    while (end < file->statement_count && !file->statements[end].connected) {
        end++;
    }
    return end;
}

/* Is it a program, or a document that may hold some? Settings are neither. */
static bool is_host(const RuleFile *file)
{
    return language_named(str_from(file->language)) || document_kind(file->path);
}

/* A text stays when one of its statements does. */
static bool text_stays(Arena *scratch, const Resolver *resolver, FileFacts *facts, size_t first,
                       size_t end)
{
    bool known = false;
    for (size_t i = first; i < end && !known; i++) {
        arena_reset(scratch);
        known = names_known(scratch, resolver, &facts->file.statements[i]);
    }
    for (size_t i = first; i < end && known; i++) {
        if (!facts->file.statements[i].again) {
            coverage_count(&facts->coverage, &facts->file.statements[i]);
        }
    }
    if (known && !facts->file.statements[first].again) {
        facts->coverage.fragments++;
        facts->coverage.host_fragments += is_host(&facts->file);
    }
    return known;
}

static void settle_file(Arena *scratch, const Resolver *resolver, FileFacts *facts)
{
    RuleFile *file = &facts->file;
    size_t kept = 0;
    for (size_t first = 0; first < file->statement_count;) {
        size_t end = text_end(file, first);
        bool stays =
            !file->statements[first].uncertain || text_stays(scratch, resolver, facts, first, end);
        for (; first < end; first++) {
            if (stays) {
                file->statements[kept++] = file->statements[first];
            }
        }
    }
    file->statement_count = kept;
}

void uncertain_settle(Arena *scratch, const Resolver *resolver, Gathered *gathered)
{
    Resolver quiet = *resolver;
    quiet.exceptions_used = NULL;
    for (size_t i = 0; i < gathered->count; i++) {
        FileFacts *facts = &gathered->at[i];
        if (facts->coverage.host_files && facts->file.statement_count) {
            quiet.service = facts->file.service;
            settle_file(scratch, &quiet, facts);
        }
    }
    arena_reset(scratch);
}
