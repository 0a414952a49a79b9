#include "check/gather.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/pool.h"
#include "extract/debezium.h"
#include "extract/script.h"
#include "source/lines.h"
#include "sql/read.h"
#include "sql/tree.h"
#include "sql/token.h"

#include "base/banned.h"

/* What all workers share, and what is each one's own. */
typedef struct {
    const SourceRoot *root;
    const SourceList *sources;
    const Manifest *manifest;
    Supervisor *supervisor;
    Gathered *gathered;
    Arena *scratch[POOL_MOST_WORKERS];
    Arena *of_file[POOL_MOST_WORKERS]; /* reset for each file; `scratch` is for each statement */
    const char *fault; /* "path:line,…": crash there, to test the supervisor; or NULL */
} Gather;

typedef ARRAY(Statement) Statements;

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
                                               signal_number == SIGSEGV ? "SIGSEGV"
                                               : signal_number == SIGABRT ? "SIGABRT"
                                                                          : "a signal"),
                       .refused_at = {.start = place.start, .end = place.start}};
}

static Statement read_statement(Gather *gather, size_t worker, size_t index, Arena *arena,
                                const SqlFragment *fragment)
{
    int signal_number = 0;
    if (!supervisor_enter(gather->supervisor, worker, (uint32_t)index, fragment_offset(fragment, 0),
                          &signal_number)) {
        return crashed_statement(arena, fragment, signal_number);
    }
    inject_fault(gather, gather->gathered->at[index].file.path,
                 fragment_place(fragment, (Range){0}).start);
    Statement statement = sql_read(arena, gather->scratch[worker], fragment);
    supervisor_leave(gather->supervisor, worker);
    return statement;
}

/* A comment `ringfence:service NAME` above the first statement overrules the file's path. */
static void read_claim(Arena *arena, Str text, const LineIndex *lines, RuleFile *file,
                       const Manifest *manifest)
{
    static const Str marker = STR("ringfence:service");
    Str head = str_slice(text, 0, token_next(text, script_open(text).at).start);
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

static void count_statement(Coverage *coverage, const Statement *statement)
{
    coverage->statements += 1 + statement->inner_statements;
    coverage->unparsed += statement->refusal.len > 0;
    coverage->checked += (statement->refusal.len == 0) + statement->inner_checked;
    for (size_t i = 0; i < statement->notice_count; i++) {
        NoticeKind kind = statement->notices[i].kind;
        coverage->unparsed += kind == NOTICE_UNPARSED;
        coverage->dynamic += kind == NOTICE_DYNAMIC_SQL || kind == NOTICE_UNREAD_BODY;
    }
    for (size_t i = 0; i < statement->access_count; i++) {
        coverage->dynamic += statement->accesses[i].doubt != NULL;
    }
}

static void read_script(Gather *gather, size_t worker, size_t index, Str text)
{
    FileFacts *facts = &gather->gathered->at[index];
    Arena *arena = gather->gathered->arenas[worker];
    arena_reset(gather->of_file[worker]);
    LineIndex lines = lines_index(gather->of_file[worker], text);
    Statements statements = {0};
    Script script = script_open(text);
    ScriptStatement part;
    read_claim(arena, text, &lines, &facts->file, gather->manifest);
    for (;;) {
        arena_reset(gather->scratch[worker]);
        if (!script_next(&script, gather->scratch[worker], &part)) {
            break;
        }
        Span span = {.file = part.in_text.start};
        SqlFragment fragment = {
            .sql = part.sql, .spans = &span, .span_count = 1, .lines = &lines};
        Statement statement = read_statement(gather, worker, index, arena, &fragment);
        statement.fingerprint = part.fingerprint;
        statement.connected = part.connected;
        count_statement(&facts->coverage, &statement);
        array_push(gather->of_file[worker], &statements, statement);
    }
    facts->coverage.fragments++;
    facts->file.statements = ARRAY_KEEP(arena, statements);
    facts->file.statement_count = statements.count;
}

/* JSON is read for the connectors in it; a file without one counts as none. */
static void read_connectors(Gather *gather, size_t worker, size_t index, Str text)
{
    FileFacts *facts = &gather->gathered->at[index];
    if (!debezium_is_likely(text) || source_is_binary(text)) {
        facts->tied = NULL;
        return;
    }
    arena_reset(gather->of_file[worker]);
    arena_reset(gather->scratch[worker]);
    LineIndex lines = lines_index(gather->of_file[worker], text);
    DebeziumConnectors connectors = debezium_read(gather->gathered->arenas[worker],
                                                  gather->scratch[worker], text, &lines);
    facts->file.language = "json";
    facts->file.statements = connectors.at;
    facts->file.statement_count = connectors.count;
    facts->coverage = (Coverage){
        .files = 1, .host_files = 1, .bytes = text.len, .dynamic = connectors.dynamic};
}

/* A file that PostgreSQL could not read as text is one statement that was not understood. */
static void read_binary(Gather *gather, size_t worker, size_t index)
{
    FileFacts *facts = &gather->gathered->at[index];
    Arena *arena = gather->gathered->arenas[worker];
    Position start = {.line = 1, .column = 1};
    Statement *statement = ARENA_NEW(arena, Statement);
    *statement = (Statement){
        .place = {start, start},
        .command = "",
        .refusal = STR("a binary file, or text that is not UTF-8 (it holds NUL bytes)"),
        .refused_at = {start, start}};
    facts->file.statements = statement;
    facts->file.statement_count = 1;
    count_statement(&facts->coverage, statement);
}

static void read_file(void *context, size_t worker, size_t index)
{
    Gather *gather = context;
    Arena *arena = gather->gathered->arenas[worker];
    FileFacts *facts = &gather->gathered->at[index];
    SourceText source;
    Str reason = {0};
    Str path = gather->sources->entries.at[index].path;
    *facts = (FileFacts){.file = {.path = path, .language = "sql"}};
    facts->file.service =
        ownership_of_path(gather->manifest->ownership, path, &facts->tied);
    if (!source_open(arena, gather->root, path, &source, &reason)) {
        facts->unreadable = reason;
        return;
    }
    if (str_ends_with(path, STR(".json"))) {
        read_connectors(gather, worker, index, source.text);
        source_close(&source);
        return;
    }
    facts->coverage = (Coverage){.files = 1, .sql_files = 1, .bytes = source.text.len};
    if (source_is_binary(source.text)) {
        read_binary(gather, worker, index);
    } else {
        read_script(gather, worker, index, source.text);
    }
    source_close(&source);
}

Gathered gather(Arena *arena, const SourceRoot *root, const SourceList *sources,
                const Manifest *manifest, size_t jobs, Supervisor *supervisor)
{
    size_t most = supervisor_most_workers(supervisor);
    jobs = jobs < most ? jobs : most;
    Gathered gathered = {.count = sources->entries.count, .arena_count = jobs};
    gathered.at = ARENA_ARRAY(arena, FileFacts, gathered.count);
    gathered.arenas = ARENA_ARRAY(arena, Arena *, jobs);
    Gather shared = {.root = root,
                     .sources = sources,
                     .manifest = manifest,
                     .supervisor = supervisor,
                     .gathered = &gathered,
                     .fault = getenv("RINGFENCE_FAULT")};
    for (size_t i = 0; i < jobs; i++) {
        gathered.arenas[i] = arena_new();
        shared.scratch[i] = arena_new();
        shared.of_file[i] = arena_new();
    }
    tree_prepare();
    pool_run(jobs, gathered.count, read_file, &shared);
    for (size_t i = 0; i < jobs; i++) {
        arena_free(shared.scratch[i]);
        arena_free(shared.of_file[i]);
    }
    return gathered;
}

void gather_free(Gathered *gathered)
{
    for (size_t i = 0; i < gathered->arena_count; i++) {
        arena_free(gathered->arenas[i]);
    }
}
