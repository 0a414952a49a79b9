/* What format() gives: its text, with its specifiers filled in. */
#include "sql/computing.h"

#include "base/banned.h"

/* The unsigned number at *at of `text`, or 0. */
static size_t read_number(Str text, uint32_t *at)
{
    size_t number = 0;
    for (; *at < text.len && char_is_digit(text.at[*at]); (*at)++) {
        number = number < 10000 ? number * 10 + (size_t)(text.at[*at] - '0') : number;
    }
    return number;
}

/* One format specifier: % [position$] [flags] [width] type. Source: PostgreSQL's manual, "format".
 */
typedef struct {
    size_t position; /* from 1; 0: the next one */
    bool star;       /* a width from the arguments, which cannot be known */
    char type;       /* '\0': a mistake */
} Specifier;

static Specifier read_specifier(Str format, uint32_t *at)
{
    Specifier specifier = {0};
    uint32_t start = ++*at;
    size_t number = read_number(format, at);
    if (*at > start && *at < format.len && format.at[*at] == '$') {
        specifier.position = number;
        (*at)++;
    }
    for (; *at < format.len && !char_is_alpha(format.at[*at]) && format.at[*at] != '%'; (*at)++) {
        specifier.star |= format.at[*at] == '*';
    }
    specifier.type = *at < format.len ? format.at[(*at)++] : '\0';
    return specifier;
}

/* Forgets what was built behind `length` bytes. */
static void truncate_draft(FragmentDraft *draft, size_t length)
{
    draft->sql.count = length;
    while (draft->spans.count && draft->spans.at[draft->spans.count - 1].sql >= length) {
        draft->spans.count--;
    }
}

/* What stands in the text for a specifier at `range` of `format`, filled by `argument`. A hole and
 * what a variable holds are shown where the specifier stands. */
static void append_argument(Computing *computing, Specifier specifier, const Node *argument,
                            const SqlFragment *format, Range range)
{
    FragmentDraft *draft = &computing->draft;
    size_t before = draft->sql.count;
    if (specifier.type == 's' && !specifier.star) {
        computing_append(computing, argument);
    } else {
        computing_quoted(computing, argument, specifier.type == 'I' ? '"' : '\'',
                         computing_range(computing, argument));
    }
    Str built = {.at = draft->sql.at + before, .len = draft->sql.count - before};
    char hole = computed_only_hole(built);
    Range file = {fragment_offset(format, range.start), fragment_behind(format, range)};
    if (hole) {
        truncate_draft(draft, before);
        computing_hole_at(computing, hole, file.start, file.end - file.start);
    } else if (computed_variable(argument).len) {
        built = arena_copy(computing->arena, built);
        truncate_draft(draft, before);
        fragment_append_hole(draft, built, file);
    }
}

/* What format() fills in: a constant, or what is put together of known texts. False where a part of
 * it may be any text, and so may have specifiers. */
static bool read_format(const Computing *computing, const Node *argument, SqlFragment *format)
{
    if (computing_string(computing, argument, format)) {
        return true;
    }
    ComputedText computed =
        computed_text(computing->arena, computing->from, argument, computing->names);
    *format = computed.text;
    return computed.known && !computed.any_texts;
}

void computing_format(Computing *computing, const Node *call)
{
    const Node *arguments = node_get(call, KEY_args);
    SqlFragment format;
    if (!read_format(computing, node_item(arguments, 0), &format)) {
        computing_hole(computing, HOLE_TEXT, computing_range(computing, node_item(arguments, 0)));
        return;
    }
    size_t next = 1;
    computing->result.known = true;
    for (uint32_t at = 0; at < format.sql.len;) {
        uint32_t percent = (uint32_t)str_find_byte(format.sql, '%', at);
        fragment_append(&computing->draft, &format, (Range){at, percent});
        at = percent;
        if (at >= format.sql.len) {
            break;
        }
        Specifier specifier = read_specifier(format.sql, &at);
        if (specifier.type == '%') {
            fragment_append(&computing->draft, &format, (Range){percent, percent + 1});
            continue;
        }
        next = specifier.position ? specifier.position : next;
        append_argument(computing, specifier, node_item(arguments, next++), &format,
                        (Range){percent, at});
    }
}
