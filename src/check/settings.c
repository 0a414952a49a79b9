#include "check/settings.h"

#include "embedded/credentials.h"
#include "extract/debezium.h"

#include "base/banned.h"

void settings_read_connections(Reading *reading, Str text)
{
    const Gather *gather = reading->gather;
    Arena *arena = gather->gathered->arenas[reading->worker];
    Credentials found = credentials_read(arena, text, &reading->lines, gather->manifest->ownership);
    for (size_t i = 0; i < found.count; i++) {
        if (!found.at[i].uncertain) {
            gathering_count(reading, &found.at[i]);
        }
        array_push(reading->of_file, &reading->statements, found.at[i]);
    }
}

static void read_connectors(Reading *reading, Str text)
{
    const Gather *gather = reading->gather;
    DebeziumConnectors connectors = debezium_read(gather->gathered->arenas[reading->worker],
                                                  reading->scratch, text, &reading->lines);
    for (size_t i = 0; i < connectors.count; i++) {
        array_push(reading->of_file, &reading->statements, connectors.at[i]);
    }
    reading->facts->coverage.dynamic += connectors.dynamic;
}

void settings_read(Gather *gather, size_t worker, size_t index, Str text)
{
    FileFacts *facts = &gather->gathered->at[index];
    bool json = str_ends_with(facts->file.path, STR(".json"));
    bool connectors = json && debezium_is_likely(text);
    bool connections = credentials_are_likely(text);
    if ((!connectors && !connections) || source_is_binary(text)) {
        facts->tied = NULL;
        return;
    }
    Reading reading = {.gather = gather,
                       .worker = worker,
                       .number = (uint32_t)index,
                       .facts = facts,
                       .of_file = gather->of_file[worker],
                       .scratch = gather->scratch[worker]};
    arena_reset(reading.of_file);
    arena_reset(reading.scratch);
    reading.lines = lines_index(reading.of_file, text);
    facts->file.language = json ? "json" : "settings";
    if (connectors) {
        read_connectors(&reading, text);
    }
    if (connections) {
        settings_read_connections(&reading, text);
    }
    facts->file.statements = ARRAY_KEEP(gather->gathered->arenas[worker], reading.statements);
    facts->file.statement_count = reading.statements.count;
    if (connectors || reading.statements.count) {
        facts->coverage.files = facts->coverage.host_files = 1;
        facts->coverage.bytes = text.len;
    } else {
        facts->tied = NULL;
    }
}
