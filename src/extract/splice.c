#include "extract/splice.h"

#include <string.h>

#include "base/array.h"

#include "base/banned.h"

typedef struct {
    Arena *arena;
    const SqlFragment *from;
    char *sql;
    uint32_t length;
    size_t span; /* the next one of `from` to copy */
    ARRAY(Span) spans;
} Splicing;

static size_t spliced_length(const SqlFragment *from, const Splice *splices, size_t count)
{
    size_t length = from->sql.len;
    for (size_t i = 0; i < count; i++) {
        length += splices[i].text.len - (splices[i].range.end - splices[i].range.start);
    }
    return length;
}

static void push_span(Splicing *splicing, Span span)
{
    size_t count = splicing->spans.count;
    if (count && splicing->spans.at[count - 1].sql == span.sql) {
        splicing->spans.at[count - 1] = span; /* nothing came from the one before */
    } else {
        array_push(splicing->arena, &splicing->spans, span);
    }
}

/* Bytes [start, end) stay as they are. */
static void keep(Splicing *splicing, uint32_t start, uint32_t end)
{
    const SqlFragment *from = splicing->from;
    while (splicing->span + 1 < from->span_count && from->spans[splicing->span + 1].sql <= start) {
        splicing->span++;
    }
    Span span = from->spans[splicing->span];
    span.file += span.hole ? 0 : start - span.sql;
    span.sql = splicing->length;
    push_span(splicing, span);
    for (size_t i = splicing->span + 1; i < from->span_count && from->spans[i].sql < end; i++) {
        span = from->spans[i];
        span.sql = splicing->length + (span.sql - start);
        push_span(splicing, span);
    }
    memcpy(splicing->sql + splicing->length, from->sql.at + start, end - start);
    splicing->length += end - start;
}

static void replace(Splicing *splicing, const Splice *splice)
{
    if (!splice->text.len) {
        return;
    }
    uint32_t file = fragment_offset(splicing->from, splice->range.start);
    uint32_t end = fragment_behind(splicing->from, splice->range);
    push_span(splicing,
              (Span){.sql = splicing->length, .file = file, .hole = end > file ? end - file : 1});
    memcpy(splicing->sql + splicing->length, splice->text.at, splice->text.len);
    splicing->length += (uint32_t)splice->text.len;
}

SqlFragment splice_all(Arena *arena, const SqlFragment *from, const Splice *splices, size_t count)
{
    size_t length = spliced_length(from, splices, count);
    Splicing splicing = {.arena = arena, .from = from, .sql = arena_take_raw(arena, length + 1)};
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        keep(&splicing, at, splices[i].range.start);
        replace(&splicing, &splices[i]);
        at = splices[i].range.end;
    }
    keep(&splicing, at, (uint32_t)from->sql.len);
    splicing.sql[splicing.length] = '\0';
    return (SqlFragment){.sql = {.at = splicing.sql, .len = splicing.length},
                         .spans = splicing.spans.at,
                         .span_count = splicing.spans.count,
                         .lines = from->lines};
}
