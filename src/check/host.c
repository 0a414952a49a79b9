#include "check/host.h"

#include <string.h>

#include "embedded/call.h"
#include "embedded/text.h"

#include "base/banned.h"

/* The statements of one text, at the end of the file's. False when one of them could not be read. */
static bool read_fragment(Reading *reading, const SqlFragment *sql)
{
    Script script = script_open_embedded(sql);
    ScriptStatement part;
    bool read = true;
    bool first = true;
    while (arena_reset(reading->scratch), script_next(&script, reading->scratch, &part)) {
        Statement statement = gathering_read(reading, &part);
        statement.fingerprint = part.fingerprint;
        statement.connected = statement.same_program = first;
        first = false;
        read &= statement.refusal.len == 0;
        array_push(reading->of_file, &reading->statements, statement);
        array_push(reading->of_file, &reading->layout.statements, part.in_text);
    }
    return read;
}

static Effect *effects_with(Arena *arena, const Statement *statement, Effect more, bool before)
{
    Effect *effects = ARENA_ARRAY(arena, Effect, statement->effect_count + 1);
    if (statement->effect_count) {
        memcpy(effects + before, statement->effects, statement->effect_count * sizeof *effects);
    }
    effects[before ? 0 : statement->effect_count] = more;
    return effects;
}

/* The server runs all statements of one text in one transaction, if they do not say otherwise.
 * Source: PostgreSQL, "Multiple Statements in a Simple Query". */
static void wrap_transaction(Arena *arena, Statement *statements, size_t count)
{
    Statement *first = &statements[0];
    Statement *last = &statements[count - 1];
    first->effects = effects_with(arena, first, (Effect){.kind = EFFECT_BEGIN}, true);
    first->effect_count++;
    last->effects = effects_with(arena, last, (Effect){.kind = EFFECT_COMMIT}, false);
    last->effect_count++;
}

/* What the comments in a text, or before it, are for: all of it, between its statements. */
static void widen_layout(Range *ranges, size_t count, Range in_file)
{
    ranges[0].start = in_file.start < ranges[0].start ? in_file.start : ranges[0].start;
    ranges[count - 1].end =
        in_file.end > ranges[count - 1].end ? in_file.end : ranges[count - 1].end;
}

static void read_text(Reading *reading, const HostText *text)
{
    FileFacts *facts = reading->facts;
    size_t before = reading->statements.count;
    if (!read_fragment(reading, &text->sql) && text->straight) {
        reading->statements.count = reading->layout.statements.count = before;
        read_fragment(reading, text->straight);
    }
    size_t count = reading->statements.count - before;
    Statement *statements = reading->statements.at + before;
    if (count > 0) {
        widen_layout(reading->layout.statements.at + before, count, text->in_file);
    }
    if (count > 1) {
        wrap_transaction(reading->gather->gathered->arenas[reading->worker], statements, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (!text->again || statements[i].refusal.len) {
            gathering_count(reading, &statements[i]);
        }
    }
    facts->coverage.fragments += !text->again;
    facts->coverage.host_fragments[reading->language] += !text->again;
}

static void read_texts(Reading *reading, const LexFile *file)
{
    HostTexts texts = text_read(reading->of_file, file, &reading->lines,
                                &reading->gather->manifest->sql_calls);
    for (size_t i = 0; i < texts.count; i++) {
        if (texts.at[i].kind == CALL_SQL) {
            read_text(reading, &texts.at[i]);
        }
    }
}

static void read_comments(Reading *reading, Arena *arena, const LexFile *file)
{
    FileFacts *facts = reading->facts;
    Str head = str_slice(file->text, 0, file->count ? file->tokens[0].start : file->text.len);
    gathering_claim(arena, head, &reading->lines, &facts->file, reading->gather->manifest);
    if (suppress_is_worth(file->text)) {
        ScriptLayout layout = {.statements = reading->layout.statements.at,
                               .statement_count = reading->layout.statements.count};
        facts->suppressions = suppress_read_host(arena, file->text, &reading->lines, &layout,
                                                 file->comments, file->comment_count);
    }
}

void host_read(Gather *gather, size_t worker, size_t index, const Language *language, Str text)
{
    FileFacts *facts = &gather->gathered->at[index];
    Arena *arena = gather->gathered->arenas[worker];
    Reading reading = {.gather = gather,
                       .worker = worker,
                       .number = (uint32_t)index,
                       .facts = facts,
                       .of_file = gather->of_file[worker],
                       .scratch = gather->scratch[worker]};
    arena_reset(reading.of_file);
    facts->file.language = language->name.at;
    reading.language = language_index(language);
    facts->coverage = (Coverage){.files = 1, .host_files = 1, .bytes = text.len};
    reading.lines = lines_index(reading.of_file, text);
    LexFile file = lexer_read(reading.of_file, language, text);
    read_texts(&reading, &file);
    read_comments(&reading, arena, &file);
    facts->file.statements = ARRAY_KEEP(arena, reading.statements);
    facts->file.statement_count = reading.statements.count;
}
