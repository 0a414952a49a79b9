#include "source/lines.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

/* A line has a mark in every MARK_STRIDE bytes. */
enum { MARK_STRIDE = 1024 };

/* The line of every 256th byte is known. */
enum { NEAR_SHIFT = 8 };

static size_t count_lines(Str text)
{
    size_t count = 1;
    for (size_t i = str_find_byte(text, '\n', 0); i < text.len; count++) {
        i = str_find_byte(text, '\n', i + 1);
    }
    return count;
}

/* The number, from 0, of the line that holds byte `offset`. */
static size_t line_of(const LineIndex *lines, size_t offset)
{
    size_t low = lines->near[offset >> NEAR_SHIFT];
    size_t high = lines->near[(offset >> NEAR_SHIFT) + 1] + 1u;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->starts[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Where the line's first column is: behind a BOM. */
static size_t first_column(const LineIndex *lines, size_t line)
{
    return line == 0 && str_starts_with(lines->text, STR("\xef\xbb\xbf")) ? 3 : lines->starts[line];
}

/* Where the line's bytes end: at the next one's. */
static size_t line_end(const LineIndex *lines, size_t line)
{
    return line + 1 < lines->count ? lines->starts[line + 1] : lines->text.len;
}

/* Goes on from `mark` to the code point that holds byte `offset`. */
static LineMark advance(Str text, LineMark mark, size_t offset)
{
    while (mark.offset < offset) {
        uint32_t code_point;
        bool plain = (unsigned char)text.at[mark.offset] < 0x80;
        size_t length =
            plain ? 1 : utf8_decode(str_slice(text, mark.offset, text.len), &code_point);
        if (mark.offset + length > offset) {
            break;
        }
        mark.offset += (uint32_t)length;
        mark.column++;
    }
    return mark;
}

/* Appends the marks of one line; there is room for them. */
static void mark_line(LineIndex *lines, size_t line)
{
    LineMark mark = {.offset = (uint32_t)first_column(lines, line), .column = 1};
    size_t end = line_end(lines, line);
    for (size_t at = mark.offset + (size_t)MARK_STRIDE; at < end; at += MARK_STRIDE) {
        mark = advance(lines->text, mark, at);
        lines->marks[lines->mark_count++] = mark;
    }
}

static bool is_ascii(Str text)
{
    uint64_t all = 0;
    size_t i = 0;
    for (uint64_t eight; i + sizeof eight <= text.len; i += sizeof eight) {
        memcpy(&eight, text.at + i, sizeof eight);
        all |= eight;
    }
    for (; i < text.len; i++) {
        all |= (unsigned char)text.at[i];
    }
    return !(all & 0x8080808080808080u);
}

/* Notes the line of every byte that near has a place for, and that of the text's end behind them.
 */
static void note_near(Arena *arena, LineIndex *lines)
{
    size_t count = (lines->text.len >> NEAR_SHIFT) + 1;
    size_t line = 0;
    lines->near = arena_take_raw(arena, (count + 1) * sizeof *lines->near);
    for (size_t i = 0; i < count; i++) {
        while (line + 1 < lines->count && lines->starts[line + 1] <= i << NEAR_SHIFT) {
            line++;
        }
        lines->near[i] = (uint32_t)line;
    }
    lines->near[count] = (uint32_t)lines->count - 1;
}

LineIndex lines_index(Arena *arena, Str text)
{
    assert(text.len <= UINT32_MAX);
    LineIndex lines = {.text = text, .count = count_lines(text), .ascii = is_ascii(text)};
    lines.starts = arena_take_raw(arena, lines.count * sizeof *lines.starts);
    lines.starts[0] = 0;
    for (size_t i = 1; i < lines.count; i++) {
        lines.starts[i] = (uint32_t)str_find_byte(text, '\n', lines.starts[i - 1]) + 1;
    }
    note_near(arena, &lines);
    if (!lines.ascii) {
        lines.marks = arena_take_raw(arena, (text.len / MARK_STRIDE + 1) * sizeof *lines.marks);
        for (size_t i = 0; i < lines.count; i++) {
            mark_line(&lines, i);
        }
    }
    return lines;
}

LineIndex lines_index_gaps(Arena *arena, Str text, const LineGap *gaps, size_t gap_count)
{
    LineIndex lines = lines_index(arena, text);
    lines.gaps = gaps;
    lines.gap_count = gap_count;
    return lines;
}

/* How many lines are left out before byte `offset`. */
static size_t left_out_before(const LineIndex *lines, size_t offset)
{
    size_t low = 0;
    for (size_t high = lines->gap_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (lines->gaps[middle].at <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? lines->gaps[low - 1].lines : 0;
}

/* The line of the text, from 1, that is line `line` of the file; 0 when it is left out. */
static uint32_t line_in_text(const LineIndex *lines, uint32_t line)
{
    size_t low = 0;
    for (size_t high = lines->gap_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        const LineGap *gap = &lines->gaps[middle];
        if (line_of(lines, gap->at) + 1 + gap->lines <= line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    line -= low ? lines->gaps[low - 1].lines : 0;
    bool left_out = low < lines->gap_count && line > line_of(lines, lines->gaps[low].at);
    return left_out ? 0 : line;
}

/* The last mark at or before `offset`, or the line's start. */
static LineMark nearest_mark(const LineIndex *lines, size_t line, size_t offset)
{
    LineMark nearest = {.offset = (uint32_t)first_column(lines, line), .column = 1};
    size_t low = 0;
    size_t high = lines->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lines->marks[middle].offset <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low > 0 && lines->marks[low - 1].offset > nearest.offset) {
        nearest = lines->marks[low - 1];
    }
    return nearest;
}

Position lines_position(const LineIndex *lines, size_t offset)
{
    offset = offset < lines->text.len ? offset : lines->text.len;
    size_t line = line_of(lines, offset);
    uint32_t number = (uint32_t)(line + 1 + left_out_before(lines, offset));
    if (lines->ascii) {
        return (Position){.line = number, .column = (uint32_t)offset - lines->starts[line] + 1};
    }
    LineMark mark = advance(lines->text, nearest_mark(lines, line, offset), offset);
    return (Position){.line = number, .column = mark.column};
}

Str lines_line(const LineIndex *lines, uint32_t line)
{
    line = line_in_text(lines, line);
    if (line == 0 || line > lines->count) {
        return (Str){0};
    }
    size_t start = first_column(lines, line - 1);
    size_t end = line < lines->count ? lines->starts[line] - 1u : lines->text.len;
    if (line < lines->count && end > start && lines->text.at[end - 1] == '\r') {
        end--;
    }
    return str_slice(lines->text, start, end);
}
