#include "check/gather.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/aside.h"
#include "check/declaring.h"
#include "check/gathering.h"
#include "check/host.h"
#include "check/include.h"
#include "check/settings.h"
#include "check/shard.h"
#include "check/twin.h"
#include "embedded/credentials.h"
#include "extract/marker.h"
#include "extract/reading.h"
#include "source/lines.h"
#include "sql/read.h"
#include "sql/tree.h"
#include "sql/token.h"

#include "base/banned.h"

enum { MOST_INCLUDED = 1000, DEEPEST_INCLUDE = 32 };

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
    for (size_t i = 0; i < LANGUAGE_MOST; i++) {
        total->host_fragments[i] += part->host_fragments[i];
    }
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

Statement gathering_read(Reading *reading, const ScriptStatement *part)
{
    Gather *gather = reading->gather;
    Arena *arena = gather->gathered->arenas[reading->worker];
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

static void note_layout(Reading *reading, const Script *script, Range statement)
{
    Layout *layout = &reading->layout;
    if (layout->wanted) {
        array_push(reading->of_file, &layout->statements, statement);
        if (script->data.end > script->data.start) {
            array_push(reading->of_file, &layout->data, script->data);
        }
    }
}

static void read_suppressions(Reading *reading, Arena *arena, Str text)
{
    const Layout *layout = &reading->layout;
    if (layout->wanted) {
        ScriptLayout where = {.statements = layout->statements.at,
                              .statement_count = layout->statements.count,
                              .data = layout->data.at,
                              .data_count = layout->data.count};
        reading->facts->suppressions = suppress_read(arena, text, &reading->lines, &where);
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

static void add_statement(Reading *reading, Statement statement)
{
    gathering_count(reading, &statement);
    array_push(reading->of_file, &reading->statements, statement);
}

/* An include that cannot be followed: a statement that was not understood. */
static void refuse_include(Reading *reading, const ScriptStatement *part, Str reason)
{
    Place place = {.start = lines_position(&reading->lines, part->in_text.start),
                   .end = lines_position(&reading->lines, part->in_text.end)};
    add_statement(reading, (Statement){.place = place,
                                       .command = "",
                                       .refusal = reason,
                                       .refused_at = place});
}

/* A path that only the run knows. */
static void note_include(Reading *reading, const ScriptStatement *part)
{
    Arena *arena = reading->gather->gathered->arenas[reading->worker];
    Place place = {.start = lines_position(&reading->lines, part->in_text.start),
                   .end = lines_position(&reading->lines, part->in_text.end)};
    Notice *notice = ARENA_NEW(arena, Notice);
    *notice = (Notice){.kind = NOTICE_DYNAMIC_SQL,
                       .place = place,
                       .subject = STR("the name of the included file holds a variable that the "
                                      "script does not set")};
    add_statement(reading, (Statement){.place = place,
                                       .command = "",
                                       .notices = notice,
                                       .notice_count = 1});
}

static bool is_including(const Reading *reading, Str path, size_t *depth)
{
    for (; reading; reading = reading->outer, ++*depth) {
        if (str_equal(reading->facts->file.path, path)) {
            return true;
        }
    }
    return false;
}

static void read_text(Reading *reading, Str text);

/* Reads the included file as a part of this session. */
static void follow(Reading *reading, const ScriptStatement *part, Str path, Str text)
{
    Gather *gather = reading->gather;
    Arena *arena = gather->gathered->arenas[reading->worker];
    FileFacts *facts = ARENA_NEW(arena, FileFacts);
    *facts = (FileFacts){.file = {.path = path, .language = "sql"},
                         .coverage = {.files = 1, .sql_files = 1, .bytes = text.len},
                         .inside = true};
    facts->file.service = ownership_of_path(gather->manifest->ownership, path, &facts->tied);
    facts->aside = aside_is(gather->sources, path);
    Reading inner = {.gather = gather,
                     .worker = reading->worker,
                     .number = 0x80000000u | (uint32_t)str_hash(path),
                     .facts = facts,
                     .variables = reading->variables,
                     .included = reading->included,
                     .outer = reading};
    if (source_is_binary(text)) {
        refuse_include(reading, part, STR("the included file is a binary file"));
        return;
    }
    read_text(&inner, text);
    array_push(arena, &reading->inclusions,
               (Inclusion){.before = reading->statements.count, .facts = facts});
}

static void read_include(Reading *reading, const ScriptStatement *part)
{
    Gather *gather = reading->gather;
    Arena *arena = gather->gathered->arenas[reading->worker];
    SourceText source;
    Str path;
    size_t depth = 0;
    reading->facts->includes = true;
    int given = (int)(part->path.len < 200 ? part->path.len : 200);
    bool relative = part->kind == SCRIPT_INCLUDE_RELATIVE;
    if (!part->known) {
        note_include(reading, part);
    } else if (!include_open(arena, gather->root, reading->facts->file.path, part->path, relative,
                             &path, &source)) {
        refuse_include(reading, part,
                       arena_format(arena, "no file %.*s to include was found", given,
                                    part->path.at));
    } else {
        if (is_including(reading, path, &depth)) {
            refuse_include(reading, part,
                           arena_format(arena, "%.*s includes itself", given, part->path.at));
        } else if (depth >= DEEPEST_INCLUDE || ++*reading->included > MOST_INCLUDED) {
            refuse_include(reading, part, STR("too many files are included, one by the other"));
        } else {
            follow(reading, part, path, source.text);
        }
        source_close(&source);
    }
}

/* A dbt model makes the relation that is called like its file. */
static void declare_model(Reading *reading, const Script *script)
{
    Arena *arena = reading->gather->gathered->arenas[reading->worker];
    if (!script->dbt || reading->statements.count != 1 ||
        strcmp(reading->statements.at[0].command, "SELECT") != 0) {
        return;
    }
    Declaration *declaration = ARENA_NEW(arena, Declaration);
    *declaration = (Declaration){.kind = KIND_RELATION,
                                 .name = {.name = arena_copy(arena, script->model)}};
    reading->statements.at[0].declarations = declaration;
    reading->statements.at[0].declaration_count = 1;
}

/* A statement without holes that is read for what it declares; its text keeps its length. */
static void leave_out_bodies(const Reading *reading, ScriptStatement *part)
{
    if (!part->draft->splices.count) {
        part->sql.sql = declaring_without_bodies(reading->scratch, part->sql.sql);
    }
}

static void read_statements(Reading *reading, Script *script)
{
    ScriptStatement part;
    while (arena_reset(reading->scratch), script_next(script, reading->scratch, &part)) {
        if (part.kind != SCRIPT_SQL) {
            read_include(reading, &part);
            continue;
        }
        if (reading->facts->aside && !reading->whole) {
            if (!aside_needs(script, &part)) {
                continue;
            }
            leave_out_bodies(reading, &part);
        }
        Statement statement = gathering_read(reading, &part);
        statement.fingerprint = part.fingerprint;
        statement.connected = part.connected;
        add_statement(reading, statement);
        note_layout(reading, script, part.in_text);
    }
    declare_model(reading, script);
}

static void read_text(Reading *reading, Str text)
{
    FileFacts *facts = reading->facts;
    Arena *arena = reading->gather->gathered->arenas[reading->worker];
    Arena *own = reading->outer ? arena_new() : reading->gather->of_file[reading->worker];
    Arena *own_scratch = reading->outer ? arena_new() : reading->gather->scratch[reading->worker];
    reading->lines = lines_index(own, text);
    reading->of_file = own;
    reading->scratch = own_scratch;
    Str head = str_slice(text, 0, token_next(text, script_open(text, NULL).at).start);
    bool plain = reading->gather->texts != NULL;
    gathering_claim(arena, head, &reading->lines, &facts->file, reading->gather->manifest);
    /* What it includes may be asked about, and share its transaction. */
    reading->whole = reading->outer || str_find(text, STR("\\i")) < text.len;
    Script script = script_open(plain ? text : marker_apply(own, text), reading->variables);
    script.plain = plain;
    script.model = include_stem(facts->file.path);
    reading->layout.wanted = suppress_is_worth(text);
    read_statements(reading, &script);
    read_suppressions(reading, arena, text);
    facts->coverage.fragments++;
    if (facts->aside) {
        facts->coverage = (Coverage){0};
    }
    facts->file.statements = ARRAY_KEEP(arena, reading->statements);
    facts->file.statement_count = reading->statements.count;
    facts->inclusions = reading->inclusions.at;
    facts->inclusion_count = reading->inclusions.count;
    if (reading->outer) {
        arena_free(own);
        arena_free(own_scratch);
    }
}

static void read_script(Gather *gather, size_t worker, size_t index, Str text)
{
    size_t included = 0;
    arena_reset(gather->of_file[worker]);
    PsqlVariables variables = {.arena = gather->of_file[worker]};
    Reading reading = {.gather = gather,
                       .worker = worker,
                       .number = (uint32_t)index,
                       .facts = &gather->gathered->at[index],
                       .variables = &variables,
                       .included = &included};
    read_text(&reading, text);
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
    coverage_count(&facts->coverage, statement);
}

static bool open_entry(const Gather *gather, size_t worker, const SourceEntry *entry,
                       SourceText *source, Str *reason)
{
    if (entry->text.at) {
        *source = (SourceText){.text = entry->text};
        return true;
    }
    return source_open(gather->gathered->arenas[worker], gather->root, entry->path, source, reason);
}

static void read_file(void *context, size_t worker, size_t index)
{
    Gather *gather = context;
    FileFacts *facts = &gather->gathered->at[index];
    SourceText source;
    Str reason = {0};
    const SourceEntry *entry = &gather->sources->entries.at[index];
    Str path = entry->path;
    Arena *arena = gather->gathered->arenas[worker];
    if (gather->twin && twin_copy(gather->twin, gather->root, entry, arena, facts)) {
        return;
    }
    *facts = (FileFacts){.file = {.path = path, .language = "sql"}};
    facts->aside = entry->aside;
    facts->file.service =
        ownership_of_path(gather->manifest->ownership, path, &facts->tied);
    if (!open_entry(gather, worker, entry, &source, &reason)) {
        facts->unreadable = reason;
        return;
    }
    const Language *language = language_of_file(path, source.text);
    if (entry->aside && !credentials_in_file(path) && !credentials_are_likely(source.text) &&
        !(language ? declaring_in_source(source.text) : shard_needs_text(source.text))) {
        source_close(&source);
        return;
    }
    if (credentials_in_file(path)) {
        settings_read(gather, worker, index, source.text);
        source_close(&source);
        return;
    }
    if (language) {
        host_read(gather, worker, index, language, source.text);
        source_close(&source);
        return;
    }
    facts->coverage = (Coverage){.files = 1, .sql_files = 1, .bytes = source.text.len};
    if (source_is_binary(source.text)) {
        read_binary(gather, worker, index);
    } else {
        read_script(gather, worker, index, source.text);
    }
    if (facts->aside) {
        facts->coverage = (Coverage){0};
    }
    source_close(&source);
}

static void read_given(void *context, size_t worker, size_t index)
{
    Gather *gather = context;
    const GatherText *text = &gather->texts[index];
    gather->gathered->at[index] = (FileFacts){
        .file = {.path = text->path, .service = text->service, .language = "sql"},
        .coverage = {.files = 1, .sql_files = 1, .bytes = text->text.len}};
    read_script(gather, worker, index, text->text);
}

/* Lets `read` fill in the facts of `count` items. */
static Gathered gather_items(Arena *arena, Gather *shared, size_t count, size_t jobs,
                             void (*read)(void *context, size_t worker, size_t index))
{
    size_t most = supervisor_most_workers(shared->supervisor);
    jobs = jobs < most ? jobs : most;
    Gathered gathered = {.count = count, .arena_count = jobs};
    gathered.at = ARENA_ARRAY(arena, FileFacts, gathered.count);
    gathered.arenas = ARENA_ARRAY(arena, Arena *, jobs);
    shared->gathered = &gathered;
    shared->fault = getenv("RINGFENCE_FAULT");
    for (size_t i = 0; i < jobs; i++) {
        gathered.arenas[i] = arena_new();
        shared->scratch[i] = arena_new();
        shared->of_file[i] = arena_new();
    }
    tree_prepare();
    pool_run(jobs, gathered.count, read, shared);
    for (size_t i = 0; i < jobs; i++) {
        arena_free(shared->scratch[i]);
        arena_free(shared->of_file[i]);
    }
    return gathered;
}

Gathered gather(Arena *arena, const SourceRoot *root, const SourceList *sources,
                const Manifest *manifest, size_t jobs, Supervisor *supervisor,
                const GatherTwin *twin)
{
    Gather shared = {.root = root,
                     .sources = sources,
                     .manifest = manifest,
                     .prefilter = prefilter_new(arena),
                     .supervisor = supervisor,
                     .twin = twin};
    return gather_items(arena, &shared, sources->entries.count, jobs, read_file);
}

Gathered gather_texts(Arena *arena, const GatherText *texts, size_t count,
                      const Manifest *manifest, size_t jobs, Supervisor *supervisor)
{
    Gather shared = {.texts = texts, .manifest = manifest, .supervisor = supervisor};
    return gather_items(arena, &shared, count, jobs, read_given);
}

void gather_free(Gathered *gathered)
{
    for (size_t i = 0; i < gathered->arena_count; i++) {
        arena_free(gathered->arenas[i]);
    }
}
