#include "check/twin.h"

#include "base/array.h"
#include "source/snapshot.h"

#include "base/banned.h"

/* Resolving writes into accesses, queries and notices; the rest is only ever read. */
static void copy_statement(Arena *arena, Statement *statement)
{
    statement->accesses = array_keep(arena, statement->accesses, statement->access_count,
                                     sizeof *statement->accesses);
    statement->queries =
        array_keep(arena, statement->queries, statement->query_count, sizeof *statement->queries);
    statement->notices =
        array_keep(arena, statement->notices, statement->notice_count, sizeof *statement->notices);
}

static void copy_facts(Arena *arena, const FileFacts *from, FileFacts *facts)
{
    *facts = *from;
    facts->file.statements = array_keep(arena, from->file.statements, from->file.statement_count,
                                        sizeof *from->file.statements);
    for (size_t i = 0; i < facts->file.statement_count; i++) {
        copy_statement(arena, &facts->file.statements[i]);
    }
    facts->suppressions.at = array_keep(arena, from->suppressions.at, from->suppressions.count,
                                        sizeof *from->suppressions.at);
}

bool twin_copy(const GatherTwin *twin, const SourceRoot *root, const SourceEntry *entry,
               Arena *arena, FileFacts *facts)
{
    const SourceEntry *other = source_list_find(twin->sources, entry->path);
    if (!other || other->aside != entry->aside ||
        !source_snapshot_same(root, twin->root, entry->path)) {
        return false;
    }
    const FileFacts *from = &twin->gathered->at[other - twin->sources->entries.at];
    if (from->includes || from->inside || from->beside || from->unreadable.len) {
        return false;
    }
    copy_facts(arena, from, facts);
    return true;
}
