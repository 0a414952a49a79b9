/* Any bytes as a JSON file with connectors: it is read without a crash, and ends. */
#include "extract/debezium.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Arena *scratch = arena_new();
    Str text = arena_copy(arena, (Str){.at = (const char *)data, .len = size});
    LineIndex lines = lines_index(arena, text);
    DebeziumConnectors connectors = debezium_read(arena, scratch, text, &lines);
    for (size_t i = 0; i < connectors.count; i++) {
        const Statement *statement = &connectors.at[i];
        fuzz_require(statement->notice_count <= 1);
        for (size_t j = 0; j < statement->access_count; j++) {
            fuzz_require(statement->accesses[j].place.start.line >= statement->place.start.line);
        }
    }
    arena_free(scratch);
    arena_free(arena);
    return 0;
}
