#include "sql/fragment.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

/* The span that byte `offset` of the SQL is in. */
static const Span *span_at(const SqlFragment *fragment, uint32_t offset)
{
    size_t low = 0;
    size_t high = fragment->span_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (fragment->spans[middle].sql <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &fragment->spans[low];
}

uint32_t fragment_offset(const SqlFragment *fragment, uint32_t offset)
{
    const Span *span = span_at(fragment, offset);
    return span->hole ? span->file : span->file + (offset - span->sql);
}

/* More than an escape, or the quotes and comma between two arguments, takes. */
enum { WIDEST_GAP = 12 };

/* Behind the escape that the byte before `end` of the SQL has in the file at byte `at`: \" or a
 * doubled quote; 0: it has none. */
static uint32_t behind_escape(const SqlFragment *fragment, uint32_t end, uint32_t at)
{
    Str file = fragment->lines ? fragment->lines->text : STR("");
    char c = fragment->sql.at[end - 1];
    char next = at + 1 < file.len ? file.at[at + 1] : '\0';
    if (at + 1 >= file.len || (c != '"' && c != '\'')) {
        return 0;
    }
    bool doubled =
        file.at[at] == c && end < fragment->sql.len && fragment_offset(fragment, end) == at + 2;
    return next == c && (file.at[at] == '\\' || doubled) ? at + 2 : 0;
}

/* An end is the byte behind the last one: what follows may stand somewhere else. A name that was
 * put together from pieces of several places ends with the last piece that is near the first. */
uint32_t fragment_behind(const SqlFragment *fragment, Range range)
{
    uint32_t before = fragment_offset(fragment, range.start);
    uint32_t end = before;
    const Span *last = fragment->spans + fragment->span_count - 1;
    for (const Span *span = span_at(fragment, range.start); range.start < range.end; span++) {
        uint32_t start = fragment_offset(fragment, range.start);
        if (start < before || start > end + WIDEST_GAP) {
            break;
        }
        uint32_t stop = span < last && span[1].sql < range.end ? span[1].sql : range.end;
        uint32_t behind = start + (span->hole ? span->hole : stop - range.start);
        uint32_t escaped = span->hole || stop < range.end || behind <= start
                               ? 0
                               : behind_escape(fragment, stop, behind - 1);
        behind = escaped ? escaped : behind;
        end = behind > end ? behind : end; /* a quote put in stands on what it quotes */
        before = start;
        range.start = stop;
    }
    return end;
}

Place fragment_place(const SqlFragment *fragment, Range range)
{
    uint32_t start = fragment_offset(fragment, range.start);
    return (Place){.start = lines_position(fragment->lines, start),
                   .end = lines_position(fragment->lines, fragment_behind(fragment, range))};
}

Str fragment_source(const SqlFragment *fragment, Range range)
{
    return str_slice(fragment->lines->text, fragment_offset(fragment, range.start),
                     fragment_behind(fragment, range));
}

FragmentDraft fragment_begin(Arena *arena, const SqlFragment *from, size_t most)
{
    FragmentDraft draft = {.arena = arena, .lines = from->lines, .plain = from->plain};
    draft.sql.at = arena_take_raw(arena, most + 1);
    draft.sql.capacity = most + 1;
    return draft;
}

static void draft_reserve(FragmentDraft *draft, size_t more)
{
    size_t needed = draft->sql.count + more;
    if (needed > draft->sql.capacity) {
        size_t capacity = needed * 2;
        char *grown = arena_take_raw(draft->arena, capacity);
        memcpy(grown, draft->sql.at, draft->sql.count);
        draft->sql.at = grown;
        draft->sql.capacity = capacity;
    }
}

/* Appends `length` bytes that stand in the file from byte `place.file` on, or for the hole there.
 */
static void draft_append_bytes(FragmentDraft *draft, const char *bytes, size_t length, Span place)
{
    uint32_t at = (uint32_t)draft->sql.count;
    const Span *last = draft->spans.count ? &draft->spans.at[draft->spans.count - 1] : NULL;
    if (!last || last->hole != place.hole ||
        last->file + (place.hole ? 0 : at - last->sql) != place.file) {
        place.sql = at;
        array_push(draft->arena, &draft->spans, place);
    }
    draft_reserve(draft, length);
    memcpy(draft->sql.at + at, bytes, length);
    draft->sql.count += length;
}

void fragment_append(FragmentDraft *draft, const SqlFragment *from, Range range)
{
    const Span *end = from->spans + from->span_count;
    for (const Span *span = span_at(from, range.start); range.start < range.end; span++) {
        uint32_t stop = span + 1 < end && span[1].sql < range.end ? span[1].sql : range.end;
        draft_append_bytes(draft, from->sql.at + range.start, stop - range.start,
                           (Span){.file = fragment_offset(from, range.start), .hole = span->hole});
        range.start = stop;
    }
}

void fragment_append_text(FragmentDraft *draft, Str text, uint32_t file)
{
    draft_append_bytes(draft, text.at, text.len, (Span){.file = file});
}

void fragment_append_hole(FragmentDraft *draft, Str text, Range in_file)
{
    uint32_t length = in_file.end > in_file.start ? in_file.end - in_file.start : 1;
    draft_append_bytes(draft, text.at, text.len, (Span){.file = in_file.start, .hole = length});
}

SqlFragment fragment_end(FragmentDraft *draft, uint32_t file)
{
    if (!draft->spans.count) {
        array_push(draft->arena, &draft->spans, (Span){.sql = 0, .file = file});
    }
    draft_reserve(draft, 1);
    draft->sql.at[draft->sql.count] = '\0';
    return (SqlFragment){.sql = {.at = draft->sql.at, .len = draft->sql.count},
                         .spans = draft->spans.at,
                         .span_count = draft->spans.count,
                         .lines = draft->lines,
                         .plain = draft->plain};
}

SqlFragment fragment_of_range(Arena *arena, const SqlFragment *fragment, Range range)
{
    FragmentDraft draft = fragment_begin(arena, fragment, range.end - range.start);
    fragment_append(&draft, fragment, range);
    return fragment_end(&draft, fragment_offset(fragment, range.start));
}

/* A string constant being decoded. */
typedef struct {
    FragmentDraft draft;
    const SqlFragment *from;
} Decoder;

/* Appends `byte`, which stands at byte `offset` of the other fragment. */
static void append_byte(Decoder *decoder, char byte, uint32_t offset)
{
    Span place = {.file = fragment_offset(decoder->from, offset),
                  .hole = span_at(decoder->from, offset)->hole};
    draft_append_bytes(&decoder->draft, &byte, 1, place);
}

/* Where the contents of string constant `token` are, without quotes and prefix. */
static Range string_contents(Str sql, Token token, bool *escapes)
{
    uint32_t start = token.start;
    *escapes = false;
    if (sql.at[start] == '$') {
        uint32_t tag = (uint32_t)str_find_byte(sql, '$', start + 1) + 1 - start;
        return (Range){start + tag, token.unterminated ? token.end : token.end - tag};
    }
    while (sql.at[start] != '\'') {
        *escapes |= char_to_lower(sql.at[start]) == 'e';
        start++;
    }
    return (Range){start + 1, token.unterminated ? token.end : token.end - 1};
}

/* The number that up to `most` digits at *at spell; *at moves behind them. */
static uint32_t read_digits(Str sql, uint32_t *at, uint32_t end, unsigned base, unsigned most)
{
    uint32_t number = 0;
    for (; most > 0 && *at < end; most--, (*at)++) {
        char c = char_to_lower(sql.at[*at]);
        unsigned digit = char_is_digit(c)       ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 99;
        if (digit >= base) {
            break;
        }
        number = number * base + digit;
    }
    return number;
}

static void append_code_point(Decoder *decoder, uint32_t code_point, uint32_t offset)
{
    char bytes[UTF8_LONGEST];
    size_t count = utf8_encode(code_point ? code_point : ' ', bytes);
    for (size_t i = 0; i < count; i++) {
        append_byte(decoder, bytes[i], offset);
    }
}

/* Decodes the escape at *at of an E'' string. Source: PostgreSQL's manual, "String Constants with
 * C-Style Escapes". */
static void append_escape(Decoder *decoder, uint32_t *at, uint32_t end)
{
    Str sql = decoder->from->sql;
    uint32_t start = (*at)++;
    char c = *at < end ? sql.at[(*at)++] : '\\';
    switch (c) {
    case 'b':
        append_byte(decoder, '\b', start);
        break;
    case 'f':
        append_byte(decoder, '\f', start);
        break;
    case 'n':
        append_byte(decoder, '\n', start);
        break;
    case 'r':
        append_byte(decoder, '\r', start);
        break;
    case 't':
        append_byte(decoder, '\t', start);
        break;
    case 'x':
        append_byte(decoder, (char)read_digits(sql, at, end, 16, 2), start);
        break;
    case 'u':
    case 'U':
        append_code_point(decoder, read_digits(sql, at, end, 16, c == 'u' ? 4 : 8), start);
        break;
    default:
        if (c >= '0' && c <= '7') {
            (*at)--;
            append_byte(decoder, (char)read_digits(sql, at, end, 8, 3), start);
        } else {
            append_byte(decoder, c, *at - 1);
        }
    }
}

SqlFragment fragment_of_string(Arena *arena, const SqlFragment *fragment, Token token)
{
    bool escapes;
    Str sql = fragment->sql;
    Range contents = string_contents(sql, token, &escapes);
    if (sql.at[token.start] == '$') {
        return fragment_of_range(arena, fragment, contents);
    }
    Decoder decoder = {.draft = fragment_begin(arena, fragment, contents.end - contents.start),
                       .from = fragment};
    for (uint32_t i = contents.start; i < contents.end;) {
        if (escapes && sql.at[i] == '\\') {
            append_escape(&decoder, &i, contents.end);
        } else {
            append_byte(&decoder, sql.at[i], i);
            i += sql.at[i] == '\'' ? 2 : 1;
        }
    }
    return fragment_end(&decoder.draft, fragment_offset(fragment, contents.start));
}
