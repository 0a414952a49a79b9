#include "check/gather.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "check/aside.h"
#include "check/declaring.h"
#include "check/gathering.h"
#include "check/host.h"
#include "check/host_document.h"
#include "check/settings.h"
#include "check/shard.h"
#include "check/siblings.h"
#include "check/sql_file.h"
#include "check/twin.h"
#include "embedded/credentials.h"
#include "embedded/document.h"
#include "extract/reading.h"
#include "extract/sieve.h"
#include "source/lines.h"
#include "sql/tree.h"

#include "base/banned.h"

void coverage_add(Coverage *total, const Coverage *part)
{
    total->files += part->files;
    total->sql_files += part->sql_files;
    total->host_files += part->host_files;
    total->fragments += part->fragments;
    total->statements += part->statements;
    total->checked += part->checked;
    total->dynamic += part->dynamic;
    total->unparsed += part->unparsed;
    total->bytes += part->bytes;
    total->host_fragments += part->host_fragments;
}

/* RINGFENCE_FAULT=path:line,path:line… aborts on the statements that begin there. */
static void inject_fault(const Gather *gather, Str path, Position at)
{
    if (!gather->fault) {
        return;
    }
    char here[1100];
    snprintf(here, sizeof here, "%.*s:%u", STR_ARGS(path), at.line);
    Str faults = str_from(gather->fault);
    for (size_t start = 0; start < faults.len;) {
        size_t end = str_find_byte(faults, ',', start);
        if (str_equal(str_slice(faults, start, end), str_from(here))) {
            abort();
        }
        start = end + 1;
    }
}

/* The statement that killed an earlier worker. */
static Statement crashed_statement(Arena *arena, const SqlFragment *fragment, int signal_number)
{
    Range all = {.start = 0, .end = (uint32_t)fragment->sql.len};
    Place place = fragment_place(fragment, all);
    return (Statement){.place = place,
                       .command = "",
                       .refusal = arena_format(arena, "the parser crashed on it (%s)",
                                               signal_number == SIGSEGV   ? "SIGSEGV"
                                               : signal_number == SIGABRT ? "SIGABRT"
                                                                          : "a signal"),
                       .refused_at = {.start = place.start, .end = place.start}};
}

Reading gathering_begin(Gather *gather, size_t worker, size_t index)
{
    arena_reset(gather->of_file[worker]);
    arena_reset(gather->scratch[worker]);
    return (Reading){.gather = gather,
                     .worker = worker,
                     .number = (uint32_t)index,
                     .facts = &gather->gathered->at[index],
                     .arena = gather->gathered->arenas[worker],
                     .of_file = gather->of_file[worker],
                     .scratch = gather->scratch[worker]};
}

void gathering_keep(Reading *reading)
{
    RuleFile *file = &reading->facts->file;
    file->statements = ARRAY_KEEP(reading->arena, reading->statements);
    file->statement_count = reading->statements.count;
}

ScriptLayout gathering_layout(const Reading *reading)
{
    const Layout *layout = &reading->layout;
    return (ScriptLayout){.statements = layout->statements.at,
                          .statement_count = layout->statements.count,
                          .data = layout->data.at,
                          .data_count = layout->data.count,
                          .texts = layout->texts.at,
                          .text_count = layout->texts.count};
}

Statement gathering_read(Reading *reading, const ScriptStatement *part)
{
    Gather *gather = reading->gather;
    Arena *arena = reading->arena;
    SqlFragment fragment = part->sql;
    fragment.lines = &reading->lines;
    int signal_number = 0;
    if (!supervisor_enter(gather->supervisor, reading->worker, reading->number, part->in_text.start,
                          &signal_number)) {
        return crashed_statement(arena, &fragment, signal_number);
    }
    inject_fault(gather, reading->facts->file.path, fragment_place(&fragment, (Range){0}).start);
    Statement statement = reading_statement(arena, reading->scratch, &reading->lines, part);
    supervisor_leave(gather->supervisor, reading->worker);
    return statement;
}

void gathering_claim(Arena *arena, Str head, const LineIndex *lines, RuleFile *file,
                     const Manifest *manifest)
{
    static const Str marker = STR("ringfence:service");
    size_t start = str_find(head, marker) + marker.len;
    if (start >= head.len) {
        return;
    }
    while (start < head.len && (head.at[start] == ' ' || head.at[start] == '\t')) {
        start++;
    }
    size_t end = start;
    while (end < head.len && !char_is_space(head.at[end]) && head.at[end] != '*') {
        end++;
    }
    Str name = str_slice(head, start, end);
    file->service = manifest_service(manifest, name);
    if (!file->service) {
        file->claimed_service = arena_copy(arena, name);
        file->claimed_at = (Place){.start = lines_position(lines, start),
                                   .end = lines_position(lines, start + name.len)};
    }
}

void coverage_count(Coverage *coverage, const Statement *statement)
{
    coverage->statements += 1 + statement->inner_statements;
    coverage->unparsed += statement->refusal.len > 0;
    bool understood = statement->refusal.len == 0 && statement->command[0];
    coverage->checked += understood + statement->inner_checked;
    for (size_t i = 0; i < statement->notice_count; i++) {
        NoticeKind kind = statement->notices[i].kind;
        coverage->unparsed += kind == NOTICE_UNPARSED;
        coverage->dynamic += kind == NOTICE_DYNAMIC_SQL || kind == NOTICE_UNREAD_BODY;
    }
    for (size_t i = 0; i < statement->access_count; i++) {
        coverage->dynamic += statement->accesses[i].doubt != NULL;
    }
}

void gathering_count(Reading *reading, const Statement *statement)
{
    coverage_count(&reading->facts->coverage, statement);
}

void gathering_add(Reading *reading, Statement statement, Range in_file)
{
    statement.connected = statement.same_program = true; /* it stands by itself */
    if (!statement.uncertain) {
        gathering_count(reading, &statement);
    }
    array_push(reading->of_file, &reading->statements, statement);
    array_push(reading->of_file, &reading->layout.statements, in_file);
    array_push(reading->of_file, &reading->layout.texts, in_file);
}

/* A file that PostgreSQL could not read as text is one statement that was not understood. */
static void read_binary(Gather *gather, size_t worker, size_t index)
{
    FileFacts *facts = &gather->gathered->at[index];
    Arena *arena = gather->gathered->arenas[worker];
    Position start = {.line = 1, .column = 1};
    Statement *statement = ARENA_NEW(arena, Statement);
    *statement =
        (Statement){.place = {start, start},
                    .command = "",
                    .refusal = STR("a binary file, or text that is not UTF-8 (it holds NUL bytes)"),
                    .refused_at = {start, start}};
    facts->file.statements = statement;
    facts->file.statement_count = 1;
    coverage_count(&facts->coverage, statement);
}

static bool open_entry(const Gather *gather, size_t worker, const SourceEntry *entry,
                       SourceText *source, Str *reason)
{
    if (entry->text.at) {
        *source = (SourceText){.text = entry->text};
        return true;
    }
    Sieve sieve;
    SourceSieve lean = sieve_for(&sieve, gather->of_file[worker], gather->scratch[worker]);
    arena_reset(gather->of_file[worker]);
    return source_open_lean(gather->gathered->arenas[worker], gather->root, entry->path,
                            aside_is_script(entry->path) ? &lean : NULL, source, reason);
}

/* Reads what the entry's file holds, by its kind. */
static void read_opened(Gather *gather, size_t worker, size_t index, const SourceText *source)
{
    Str text = source->text;
    FileFacts *facts = &gather->gathered->at[index];
    const SourceEntry *entry = &gather->sources->entries.at[index];
    bool settings = credentials_in_file(entry->path);
    const Language *language = settings ? NULL : language_of_file(entry->path, text);
    bool document = !settings && !language && document_kind(entry->path) != DOCUMENT_NONE;
    bool declares = !entry->aside || (language   ? host_may_declare(language, text)
                                      : document ? declaring_in_source(text)
                                                 : shard_needs_text(text));
    if (!settings && !declares && !credentials_are_likely(text)) {
        return;
    }
    if (settings) {
        settings_read(gather, worker, index, text);
        return;
    }
    if (language) {
        host_read(gather, worker, index, language, text);
        return;
    }
    if (document) {
        host_document_read(gather, worker, index, text);
        return;
    }
    if (language_of_name(entry->path)) { /* another kind of XML, which was named */
        facts->coverage = (Coverage){.files = 1, .bytes = text.len};
        return;
    }
    facts->coverage = (Coverage){.files = 1, .sql_files = 1, .bytes = text.len + source->left_out};
    if (source_is_binary(text)) {
        read_binary(gather, worker, index);
    } else {
        sql_file_read(gather, worker, index, source);
    }
}

static void read_file(void *context, size_t worker, size_t index)
{
    Gather *gather = context;
    FileFacts *facts = &gather->gathered->at[index];
    SourceText source;
    Str reason = {0};
    const SourceEntry *entry = &gather->sources->entries.at[index];
    Arena *arena = gather->gathered->arenas[worker];
    if (gather->twin && twin_copy(gather->twin, gather->root, entry, arena, facts)) {
        return;
    }
    *facts = (FileFacts){.file = {.path = entry->path, .language = "sql"}, .aside = entry->aside};
    facts->file.service = ownership_of_path(gather->manifest->ownership, entry->path, &facts->tied);
    if (!open_entry(gather, worker, entry, &source, &reason)) {
        facts->unreadable = reason;
        return;
    }
    read_opened(gather, worker, index, &source);
    source_close(&source);
    if (facts->aside) {
        facts->coverage = (Coverage){0};
    }
}

static void read_given(void *context, size_t worker, size_t index)
{
    Gather *gather = context;
    const GatherText *text = &gather->texts[index];
    gather->gathered->at[index] =
        (FileFacts){.file = {.path = text->path, .service = text->service, .language = "sql"},
                    .coverage = {.files = 1, .sql_files = 1, .bytes = text->text.len}};
    sql_file_read(gather, worker, index, &(SourceText){.text = text->text});
}

/* Lets `read` fill in the facts of `count` items. */
static Gathered gather_items(Arena *arena, Gather *shared, size_t count, size_t jobs,
                             PoolDescriptors descriptors,
                             void (*read)(void *context, size_t worker, size_t index))
{
    size_t most = supervisor_most_workers(shared->supervisor);
    jobs = jobs < most ? jobs : most;
    Gathered gathered = {.count = count, .arena_count = jobs};
    /* Not from the arena: its pages are the workers' to touch first. */
    gathered.at = gathered.block = memory_allocate_zeroed(count, sizeof *gathered.at);
    gathered.arenas = ARENA_ARRAY(arena, Arena *, jobs);
    shared->gathered = &gathered;
    shared->fault = getenv("RINGFENCE_FAULT");
    for (size_t i = 0; i < jobs; i++) {
        gathered.arenas[i] = arena_new();
        shared->prefilters[i] = prefilter_new(gathered.arenas[i]);
        shared->scratch[i] = arena_new();
        shared->of_file[i] = arena_new();
    }
    tree_prepare();
    pool_run(jobs, gathered.count, descriptors, read, shared);
    for (size_t i = 0; i < jobs; i++) {
        arena_free(shared->scratch[i]);
        arena_free(shared->of_file[i]);
        siblings_close(shared->siblings[i]);
    }
    return gathered;
}

Gathered gather(Arena *arena, const SourceRoot *root, const SourceList *sources,
                const Manifest *manifest, size_t jobs, Supervisor *supervisor,
                const GatherTwin *twin)
{
    SourceRoot opened = *root;
    source_root_open(&opened);
    Gather shared = {.root = &opened,
                     .sources = sources,
                     .manifest = manifest,
                     .supervisor = supervisor,
                     .twin = twin};
    Gathered gathered = gather_items(arena, &shared, sources->entries.count, jobs,
                                     source_descriptors(root), read_file);
    source_root_close(&opened);
    return gathered;
}

Gathered gather_texts(Arena *arena, const GatherText *texts, size_t count, const Manifest *manifest,
                      size_t jobs, Supervisor *supervisor)
{
    Gather shared = {.texts = texts, .manifest = manifest, .supervisor = supervisor};
    return gather_items(arena, &shared, count, jobs, DESCRIPTORS_SHARED, read_given);
}

void gather_free(Gathered *gathered)
{
    for (size_t i = 0; i < gathered->arena_count; i++) {
        arena_free(gathered->arenas[i]);
    }
    free(gathered->block);
}
