/* Any bytes as a script with suppressions in its comments, and as a baseline: read without a crash,
 * and in order. */
#include "check/baseline.h"
#include "check/suppress.h"
#include "extract/script.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

static bool in_order(Position a, Position b)
{
    return a.line < b.line || (a.line == b.line && a.column <= b.column);
}

static void read_comments(Arena *arena, Str text)
{
    LineIndex lines = lines_index(arena, text);
    ARRAY(Range) statements = {0};
    PsqlVariables variables = {.arena = arena};
    Script script = script_open(text, &variables);
    ScriptStatement part;
    while (script_next(&script, arena, &part)) {
        array_push(arena, &statements, part.in_text);
    }
    ScriptLayout layout = {.statements = statements.at, .statement_count = statements.count};
    Suppressions found = suppress_read(arena, text, &lines, &layout);
    for (size_t i = 0; i < found.count; i++) {
        const Suppression *suppression = &found.at[i];
        fuzz_require(in_order(suppression->place.start, suppression->place.end));
        fuzz_require(in_order(suppression->from, suppression->to));
        fuzz_require(suppression->mistake.len ||
                     (suppression->reason.len && suppression->rule_count));
        fuzz_require(i == 0 || in_order(found.at[i - 1].place.end, suppression->place.start));
    }
    fuzz_require(found.count == 0 || suppress_is_worth(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Str text = arena_copy(arena, (Str){.at = (const char *)data, .len = size});
    Baseline baseline;
    Error error;
    read_comments(arena, text);
    if (!baseline_parse(arena, text, STR("baseline"), &baseline, &error)) {
        fuzz_require(error.text[0] != '\0');
    }
    arena_free(arena);
    return 0;
}
