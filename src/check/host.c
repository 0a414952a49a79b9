#include "check/host.h"

#include "embedded/call.h"
#include "embedded/text.h"

#include "base/banned.h"

/* The statements of one text. */
static void read_text(Reading *reading, Arena *arena, const HostText *text)
{
    Script script = script_open_embedded(&text->sql);
    ScriptStatement part;
    bool first = true;
    while (script_next(&script, arena, &part)) {
        Statement statement = gathering_read(reading, &part);
        statement.fingerprint = part.fingerprint;
        statement.connected = first;
        first = false;
        gathering_add(reading, statement);
    }
    reading->facts->coverage.fragments++;
}

static void read_texts(Reading *reading, const LexFile *file)
{
    const StrList *extra = &reading->gather->manifest->sql_calls;
    HostTexts texts = text_open(file, &reading->lines);
    HostText text;
    while (arena_reset(reading->scratch), text_next(&texts, reading->scratch, &text)) {
        if (call_kind(file, text.first, text.behind, extra) == CALL_SQL) {
            read_text(reading, reading->scratch, &text);
        }
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
    facts->file.statements = ARRAY_KEEP(arena, reading.statements);
    facts->file.statement_count = reading.statements.count;
}
