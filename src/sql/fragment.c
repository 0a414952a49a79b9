#include "sql/fragment.h"

#include "base/array.h"

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
    return span->file + (offset - span->sql);
}

/* An end is the byte behind the last one: what follows may stand somewhere else. */
static uint32_t end_offset(const SqlFragment *fragment, Range range)
{
    return range.end > range.start ? fragment_offset(fragment, range.end - 1) + 1
                                   : fragment_offset(fragment, range.end);
}

Place fragment_place(const SqlFragment *fragment, Range range)
{
    uint32_t start = fragment_offset(fragment, range.start);
    return (Place){.start = lines_position(fragment->lines, start),
                   .end = lines_position(fragment->lines, end_offset(fragment, range))};
}

Str fragment_source(const SqlFragment *fragment, Range range)
{
    return str_slice(fragment->lines->text, fragment_offset(fragment, range.start),
                     end_offset(fragment, range));
}

/* A fragment being written, byte by byte, from another one. */
typedef struct {
    Arena *arena;
    const SqlFragment *from;
    char *sql;
    uint32_t length;
    ARRAY(Span) spans;
} Draft;

/* Appends `byte`, which stands at byte `offset` of the other fragment. */
static void draft_append(Draft *draft, char byte, uint32_t offset)
{
    uint32_t file = fragment_offset(draft->from, offset);
    const Span *last = draft->spans.count ? &draft->spans.at[draft->spans.count - 1] : NULL;
    if (!last || last->file + (draft->length - last->sql) != file) {
        array_push(draft->arena, &draft->spans, (Span){.sql = draft->length, .file = file});
    }
    draft->sql[draft->length++] = byte;
}

static SqlFragment draft_close(Draft *draft, uint32_t offset)
{
    if (!draft->spans.count) {
        array_push(draft->arena, &draft->spans,
                   (Span){.sql = 0, .file = fragment_offset(draft->from, offset)});
    }
    draft->sql[draft->length] = '\0';
    return (SqlFragment){.sql = {.at = draft->sql, .len = draft->length},
                         .spans = draft->spans.at,
                         .span_count = draft->spans.count,
                         .lines = draft->from->lines};
}

static Draft draft_open(Arena *arena, const SqlFragment *from, size_t most)
{
    return (Draft){.arena = arena, .from = from, .sql = arena_take_raw(arena, most + 1)};
}

SqlFragment fragment_of_range(Arena *arena, const SqlFragment *fragment, Range range)
{
    Draft draft = draft_open(arena, fragment, range.end - range.start);
    for (uint32_t i = range.start; i < range.end; i++) {
        draft_append(&draft, fragment->sql.at[i], i);
    }
    return draft_close(&draft, range.start);
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
        unsigned digit = char_is_digit(c) ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 99;
        if (digit >= base) {
            break;
        }
        number = number * base + digit;
    }
    return number;
}

static void append_code_point(Draft *draft, uint32_t code_point, uint32_t offset)
{
    if (code_point < 0x80) {
        draft_append(draft, code_point ? (char)code_point : ' ', offset);
        return;
    }
    unsigned more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    draft_append(draft, (char)(lead[more] | code_point >> (6 * more)), offset);
    while (more-- > 0) {
        draft_append(draft, (char)(0x80 | (code_point >> (6 * more) & 0x3f)), offset);
    }
}

/* Decodes the escape at *at of an E'' string. Source: PostgreSQL's manual, "String Constants with C-Style
 * Escapes". */
static void append_escape(Draft *draft, uint32_t *at, uint32_t end)
{
    Str sql = draft->from->sql;
    uint32_t start = (*at)++;
    char c = *at < end ? sql.at[(*at)++] : '\\';
    switch (c) {
    case 'b':
        draft_append(draft, '\b', start);
        break;
    case 'f':
        draft_append(draft, '\f', start);
        break;
    case 'n':
        draft_append(draft, '\n', start);
        break;
    case 'r':
        draft_append(draft, '\r', start);
        break;
    case 't':
        draft_append(draft, '\t', start);
        break;
    case 'x':
        draft_append(draft, (char)read_digits(sql, at, end, 16, 2), start);
        break;
    case 'u':
    case 'U':
        append_code_point(draft, read_digits(sql, at, end, 16, c == 'u' ? 4 : 8), start);
        break;
    default:
        if (c >= '0' && c <= '7') {
            (*at)--;
            draft_append(draft, (char)read_digits(sql, at, end, 8, 3), start);
        } else {
            draft_append(draft, c, *at - 1);
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
    Draft draft = draft_open(arena, fragment, (contents.end - contents.start) * 4u);
    for (uint32_t i = contents.start; i < contents.end;) {
        if (escapes && sql.at[i] == '\\') {
            append_escape(&draft, &i, contents.end);
        } else {
            draft_append(&draft, sql.at[i], i);
            i += sql.at[i] == '\'' ? 2 : 1;
        }
    }
    return draft_close(&draft, contents.start);
}
