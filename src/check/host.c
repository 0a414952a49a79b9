#include "check/host.h"

#include "embedded/call.h"
#include "embedded/mapping.h"
#include "embedded/text.h"

#include "base/banned.h"

/* The statements of one text, at the end of the file's. False when one of them could not be read.
 */
static bool read_fragment(Reading *reading, const SqlFragment *sql)
{
    Script script = script_open_embedded(sql);
    ScriptStatement part;
    bool read = true;
    bool first = true;
    while (arena_reset(reading->scratch), script_next(&script, reading->scratch, &part)) {
        Statement statement = gathering_read(reading, &part);
        statement.fingerprint = part.fingerprint;
        statement.connected = first;
        first = false;
        read &= statement.refusal.len == 0;
        array_push(reading->of_file, &reading->statements, statement);
    }
    return read;
}

static void read_text(Reading *reading, const HostText *text)
{
    size_t before = reading->statements.count;
    if (!read_fragment(reading, &text->sql) && text->straight) {
        reading->statements.count = before;
        read_fragment(reading, text->straight);
    }
    for (size_t i = before; i < reading->statements.count; i++) {
        if (!text->again || reading->statements.at[i].refusal.len) {
            gathering_count(reading, &reading->statements.at[i]);
        }
    }
    reading->facts->coverage.fragments += !text->again;
}

static void read_texts(Reading *reading, const LexFile *file)
{
    HostTexts texts =
        text_read(reading->of_file, file, &reading->lines, &reading->gather->manifest->sql_calls);
    for (size_t i = 0; i < texts.count; i++) {
        if (texts.at[i].kind == CALL_SQL) {
            read_text(reading, &texts.at[i]);
        }
    }
}

static void read_mappings(Reading *reading, Arena *arena, const LexFile *file)
{
    if (!mapping_is_likely(file->language, file->text)) {
        return;
    }
    Mappings mappings = mapping_read(arena, reading->of_file, file, &reading->lines);
    for (size_t i = 0; i < mappings.count; i++) {
        gathering_count(reading, &mappings.at[i]);
        array_push(reading->of_file, &reading->statements, mappings.at[i]);
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
    facts->coverage = (Coverage){.files = 1, .host_files = 1, .bytes = text.len};
    reading.lines = lines_index(reading.of_file, text);
    LexFile file = lexer_read(reading.of_file, language, text);
    read_texts(&reading, &file);
    read_mappings(&reading, arena, &file);
    facts->file.statements = ARRAY_KEEP(arena, reading.statements);
    facts->file.statement_count = reading.statements.count;
}
