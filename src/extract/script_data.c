/* The data behind COPY … FROM STDIN: where they end, and that no line of them is read as SQL. */
#include "extract/script_data.h"

#include "base/banned.h"

uint32_t script_next_line(Str text, uint32_t at)
{
    size_t end = str_find_byte(text, '\n', at);
    return (uint32_t)(end < text.len ? end + 1 : end);
}

/* The start of the next line behind `at` that begins with one of the texts, or text.len. Lines of
 * data are short and many: looking for their ends is faster than looking for a text. */
static size_t find_line(Str text, size_t at, const Str *texts, size_t count)
{
    for (;;) {
        at = str_find_byte(text, '\n', at) + 1;
        if (at >= text.len) {
            return text.len;
        }
        for (size_t i = 0; i < count; i++) {
            if (text.at[at] == texts[i].at[0] &&
                str_starts_with(str_slice(text, at, text.len), texts[i])) {
                return at;
            }
        }
    }
}

/* The offset of the first line "\." at or after the start of line `at`, or text.len. */
static uint32_t find_copy_end(Script *script, uint32_t at)
{
    if (script->copy_end_known && script->copy_end >= at) {
        return script->copy_end;
    }
    static const Str end = STR("\\.");
    Str text = script->text;
    while (at < text.len) {
        Str rest = str_slice(text, at, text.len);
        if (str_starts_with(rest, STR("\\.\n")) || str_starts_with(rest, STR("\\.\r\n")) ||
            str_equal(str_trim(rest), STR("\\."))) {
            break;
        }
        at = (uint32_t)find_line(text, at, &end, 1);
    }
    script->copy_end = at;
    script->copy_end_known = true;
    return at;
}

/* Skips the data lines of a COPY … FROM STDIN, which begin at `start`. A script may hold such a
 * statement without data (it was meant to fail): then the next COPY or the end comes before any
 * "\.", and nothing is skipped. */
static void skip_copy_data(Script *script, uint32_t start)
{
    static const Str copies[] = {STR("COPY "), STR("copy "), STR("\\copy "), STR("\\COPY ")};
    uint32_t end = find_copy_end(script, start);
    if (script->next_copy < start) {
        uint32_t from = start ? start - 1 : 0;
        Str data = str_slice(script->text, from, end);
        script->next_copy =
            from + (uint32_t)find_line(data, 0, copies, sizeof copies / sizeof *copies);
    }
    if (end >= script->text.len || script->next_copy < end) {
        return;
    }
    script->data.end = script_next_line(script->text, end);
}

void script_skip_copies(Script *script, uint32_t start)
{
    script->data = (Range){.start = start, .end = start};
    script->copies_at = script->copies == 1 ? start : 0;
    for (; script->copies; script->copies--) {
        skip_copy_data(script, script->data.end);
    }
}

void script_extend(Script *script, Str text)
{
    bool at_data = script->copies_at && script->copies_at == script->text.len;
    script->text = text;
    script->copy_end_known = false;
    script->next_copy = 0;
    if (at_data) {
        script->copies = 1;
        script_skip_copies(script, script->copies_at);
    }
}
