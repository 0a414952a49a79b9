/* Any bytes as an SQL script: it is cut, parsed and read without a crash, and ends. */
#include "extract/marker.h"
#include "extract/reading.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

/* A place in a body went through strings in strings; it still is one of the file, and not upside
 * down. */
static void require_place(Place place)
{
    bool ordered = place.start.line < place.end.line ||
                   (place.start.line == place.end.line && place.start.column <= place.end.column);
    fuzz_require(place.start.line > 0 && ordered);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Arena *scratch = arena_new();
    Str text = arena_copy(arena, (Str){.at = (const char *)data, .len = size});
    LineIndex lines = lines_index(arena, text);
    PsqlVariables variables = {.arena = arena};
    Str marked = marker_apply(arena, text);
    fuzz_require(marked.len == text.len);
    Script script = script_open(marked, &variables);
    ScriptStatement part;
    uint32_t last = 0;
    tree_prepare();
    while (script_next(&script, scratch, &part)) {
        fuzz_require(part.in_text.start >= last && part.in_text.end <= text.len);
        if (part.kind == SCRIPT_SQL) {
            last = part.in_text.start;
            Statement statement = reading_statement(arena, scratch, &lines, &part);
            fuzz_require(statement.refusal.len || statement.command);
            for (size_t i = 0; i < statement.access_count; i++) {
                require_place(statement.accesses[i].place);
            }
            for (size_t i = 0; i < statement.notice_count; i++) {
                require_place(statement.notices[i].place);
            }
            fuzz_require(statement.inner_checked <= statement.inner_statements);
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
    arena_free(arena);
    return 0;
}
