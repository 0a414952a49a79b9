#include "extract/fixture.h"

#include "base/banned.h"

static const Str opening = STR("--!");
static const Str word = STR("include");

bool fixture_is_likely(Str text)
{
    return str_find(text, opening) < text.len && str_find(text, word) < text.len;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(Str line, size_t at)
{
    while (at < line.len && is_blank(line.at[at])) {
        at++;
    }
    return at;
}

/* The path in line [start, end) of `text`, which begins with `--!`. */
static bool read_line(Str text, size_t start, size_t end, Range *path)
{
    Str line = str_slice(text, 0, end);
    size_t at = skip_blanks(line, start + opening.len);
    if (!str_starts_with(str_slice(line, at, end), word)) {
        return false;
    }
    size_t first = skip_blanks(line, at + word.len);
    while (end > first && char_is_space(line.at[end - 1])) {
        end--;
    }
    *path = (Range){(uint32_t)first, (uint32_t)end};
    return first > at + word.len && str_ends_with(str_slice(line, first, end), STR(".sql"));
}

bool fixture_find(Str text, size_t from, Range *path)
{
    while (from < text.len) {
        size_t at = from + str_find(str_slice(text, from, text.len), opening);
        size_t end = str_find_byte(text, '\n', at);
        bool begins = at == 0 || (at < text.len && text.at[at - 1] == '\n');
        if (begins && read_line(text, at, end, path)) {
            return true;
        }
        from = at + opening.len;
    }
    return false;
}
