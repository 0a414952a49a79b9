#include "check/sql_file.h"

#include <string.h>

#include "check/aside.h"
#include "check/declaring.h"
#include "check/include.h"
#include "embedded/credentials.h"
#include "extract/marker.h"
#include "sql/token.h"

#include "base/banned.h"

enum { MOST_INCLUDED = 1000, DEEPEST_INCLUDE = 32 };

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

static void read_suppressions(Reading *reading, Str text)
{
    if (reading->layout.wanted) {
        ScriptLayout layout = gathering_layout(reading);
        reading->facts->suppressions =
            suppress_read(reading->arena, text, &reading->lines, &layout);
    }
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
    add_statement(
        reading,
        (Statement){.place = place, .command = "", .refusal = reason, .refused_at = place});
}

/* A path that only the run knows. */
static void note_include(Reading *reading, const ScriptStatement *part)
{
    Place place = {.start = lines_position(&reading->lines, part->in_text.start),
                   .end = lines_position(&reading->lines, part->in_text.end)};
    Notice *notice = ARENA_NEW(reading->arena, Notice);
    *notice = (Notice){.kind = NOTICE_DYNAMIC_SQL,
                       .place = place,
                       .subject = STR("the name of the included file holds a variable that the "
                                      "script does not set")};
    add_statement(reading,
                  (Statement){.place = place, .command = "", .notices = notice, .notice_count = 1});
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
static void follow(Reading *reading, Str path, Str text)
{
    Gather *gather = reading->gather;
    FileFacts *facts = ARENA_NEW(reading->arena, FileFacts);
    *facts = (FileFacts){.file = {.path = path, .language = "sql"},
                         .coverage = {.files = 1, .sql_files = 1, .bytes = text.len},
                         .inside = true};
    facts->file.service = ownership_of_path(gather->manifest->ownership, path, &facts->tied);
    facts->aside = aside_is(gather->sources, path);
    Reading inner = {.gather = gather,
                     .worker = reading->worker,
                     .number = 0x80000000u | (uint32_t)str_hash(path),
                     .facts = facts,
                     .arena = reading->arena,
                     .of_file = arena_new(),
                     .scratch = arena_new(),
                     .variables = reading->variables,
                     .included = reading->included,
                     .outer = reading};
    read_text(&inner, text);
    array_push(reading->arena, &reading->inclusions,
               (Inclusion){.before = reading->statements.count, .facts = facts});
    arena_free(inner.of_file);
    arena_free(inner.scratch);
}

static void read_include(Reading *reading, const ScriptStatement *part)
{
    Gather *gather = reading->gather;
    Arena *arena = reading->arena;
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
        refuse_include(
            reading, part,
            arena_format(arena, "no file %.*s to include was found", given, part->path.at));
    } else {
        if (is_including(reading, path, &depth)) {
            refuse_include(reading, part,
                           arena_format(arena, "%.*s includes itself", given, part->path.at));
        } else if (depth >= DEEPEST_INCLUDE || ++*reading->included > MOST_INCLUDED) {
            refuse_include(reading, part, STR("too many files are included, one by the other"));
        } else if (source_is_binary(source.text)) {
            refuse_include(reading, part, STR("the included file is a binary file"));
        } else {
            follow(reading, path, source.text);
        }
        source_close(&source);
    }
}

/* A dbt model makes the relation that is called like its file. */
static void declare_model(Reading *reading, const Script *script)
{
    if (!script->dbt || reading->statements.count != 1 ||
        strcmp(reading->statements.at[0].command, "SELECT") != 0) {
        return;
    }
    Declaration *declaration = ARENA_NEW(reading->arena, Declaration);
    *declaration = (Declaration){.kind = KIND_RELATION,
                                 .name = {.name = arena_copy(reading->arena, script->model)}};
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

/* Whom the script connects as; each a statement of its own, in the session that there is. */
static void add_credentials(Reading *reading, const Script *script, Credentials found)
{
    for (size_t i = 0; i < found.count; i++) {
        add_statement(reading, found.at[i]);
        note_layout(reading, script, found.ranges[i]);
    }
}

/* The \connects before byte `before`; *next is the first one that is left. */
static void read_connects(Reading *reading, const Script *script, size_t *next, uint32_t before)
{
    const Ownership *ownership = reading->gather->manifest->ownership;
    for (; *next < script->connects.count && script->connects.at[*next].start < before; ++*next) {
        add_credentials(reading, script,
                        credentials_read_connect(reading->arena, script->text,
                                                 script->connects.at[*next], &reading->lines,
                                                 ownership));
    }
}

/* CREATE SUBSCRIPTION … CONNECTION '…' */
static void read_connection(Reading *reading, const Script *script, const Statement *statement,
                            Range range)
{
    if (str_ends_with(str_from(statement->command), STR(" SUBSCRIPTION"))) {
        add_credentials(reading, script,
                        credentials_read_range(reading->arena, script->text, range, &reading->lines,
                                               reading->gather->manifest->ownership));
    }
}

static void read_statements(Reading *reading, Script *script)
{
    ScriptStatement part;
    size_t connects = 0;
    while (arena_reset(reading->scratch), script_next(script, reading->scratch, &part)) {
        read_connects(reading, script, &connects, part.in_text.start);
        if (part.kind != SCRIPT_SQL) {
            read_include(reading, &part);
            continue;
        }
        if (reading->partly) {
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
        read_connection(reading, script, &statement, part.in_text);
    }
    read_connects(reading, script, &connects, UINT32_MAX);
    declare_model(reading, script);
}

static void read_text(Reading *reading, Str text)
{
    FileFacts *facts = reading->facts;
    const Gather *gather = reading->gather;
    const SourceText *source = reading->source;
    reading->lines = lines_index_gaps(reading->of_file, text, source ? source->gaps : NULL,
                                      source ? source->gap_count : 0);
    Str head = str_slice(text, 0, token_next(text, script_open(text, NULL).at).start);
    bool plain = gather->texts != NULL;
    gathering_claim(reading->arena, head, &reading->lines, &facts->file, gather->manifest);
    /* What it includes may be asked about, and share its transaction. */
    reading->partly = facts->aside && !reading->outer && str_find(text, STR("\\i")) == text.len;
    Script script =
        script_open(plain ? text : marker_apply(reading->of_file, text), reading->variables);
    script.plain = plain;
    script.model = include_stem(facts->file.path);
    reading->layout.wanted = suppress_is_worth(text);
    read_statements(reading, &script);
    read_suppressions(reading, text);
    facts->coverage.fragments++;
    if (facts->aside) {
        facts->coverage = (Coverage){0};
    }
    gathering_keep(reading);
    facts->inclusions = reading->inclusions.at;
    facts->inclusion_count = reading->inclusions.count;
}

void sql_file_read(Gather *gather, size_t worker, size_t index, const SourceText *source)
{
    size_t included = 0;
    Reading reading = gathering_begin(gather, worker, index);
    PsqlVariables variables = {.arena = reading.of_file};
    reading.variables = &variables;
    reading.included = &included;
    reading.source = source;
    read_text(&reading, source->text);
}
