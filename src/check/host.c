#include "check/host.h"

#include "check/host_text.h"
#include "embedded/prefilter.h"

#include "base/banned.h"

static void read_texts(Reading *reading, const LexFile *file)
{
    HostTexts texts =
        text_read(reading->of_file, file, &reading->lines, &reading->gather->manifest->sql_calls);
    for (size_t i = 0; i < texts.count; i++) {
        host_text_read(reading, &texts.at[i]);
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
    if (!prefilter_wants(text)) {
        return;
    }
    reading.lines = lines_index(reading.of_file, text);
    LexFile file = lexer_read(reading.of_file, language, text);
    read_texts(&reading, &file);
    facts->file.statements = ARRAY_KEEP(arena, reading.statements);
    facts->file.statement_count = reading.statements.count;
}
