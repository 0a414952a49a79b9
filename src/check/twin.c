#include "check/twin.h"

#include <string.h>

#include "source/snapshot.h"

#include "base/banned.h"

static void *copy(Arena *arena, const void *from, size_t count, size_t size)
{
    void *to = count ? arena_take_raw(arena, count * size) : NULL;
    if (count) {
        memcpy(to, from, count * size);
    }
    return to;
}

/* Resolving writes into accesses, queries and notices; the rest is only ever read. */
static void copy_statement(Arena *arena, Statement *statement)
{
    statement->accesses =
        copy(arena, statement->accesses, statement->access_count, sizeof *statement->accesses);
    statement->queries =
        copy(arena, statement->queries, statement->query_count, sizeof *statement->queries);
    statement->notices =
        copy(arena, statement->notices, statement->notice_count, sizeof *statement->notices);
}

static void copy_facts(Arena *arena, const FileFacts *from, FileFacts *facts)
{
    *facts = *from;
    facts->file.statements = copy(arena, from->file.statements, from->file.statement_count,
                                  sizeof *from->file.statements);
    for (size_t i = 0; i < facts->file.statement_count; i++) {
        copy_statement(arena, &facts->file.statements[i]);
    }
    facts->suppressions.at = copy(arena, from->suppressions.at, from->suppressions.count,
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
    if (from->includes || from->inside || from->unreadable.len) {
        return false;
    }
    copy_facts(arena, from, facts);
    return true;
}
