#include "source/lines.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

static size_t count_lines(Str text)
{
    size_t count = 1;
    for (size_t i = str_find_byte(text, '\n', 0); i < text.len; count++) {
        i = str_find_byte(text, '\n', i + 1);
    }
    return count;
}

LineIndex lines_index(Arena *arena, Str text)
{
    assert(text.len <= UINT32_MAX);
    LineIndex lines = {.text = text, .count = count_lines(text)};
    lines.starts = arena_take_raw(arena, lines.count * sizeof *lines.starts);
    lines.starts[0] = 0;
    for (size_t i = 1; i < lines.count; i++) {
        lines.starts[i] = (uint32_t)str_find_byte(text, '\n', lines.starts[i - 1]) + 1;
    }
    return lines;
}

/* The number, from 0, of the line that holds byte `offset`. */
static size_t line_of(const LineIndex *lines, size_t offset)
{
    size_t low = 0;
    size_t high = lines->count;
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

Position lines_position(const LineIndex *lines, size_t offset)
{
    offset = offset < lines->text.len ? offset : lines->text.len;
    size_t line = line_of(lines, offset);
    uint32_t column = 1;
    for (size_t i = first_column(lines, line); i < offset; column++) {
        uint32_t code_point;
        i += (unsigned char)lines->text.at[i] < 0x80
                 ? 1
                 : utf8_decode(str_slice(lines->text, i, lines->text.len), &code_point);
        if (i > offset) {
            break;
        }
    }
    return (Position){.line = (uint32_t)line + 1, .column = column};
}

Str lines_line(const LineIndex *lines, uint32_t line)
{
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
