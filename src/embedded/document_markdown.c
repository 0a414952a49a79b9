/* Fenced code blocks, also in lists and quotes. Source: CommonMark 0.31, "Fenced code blocks";
 * https://quarto.org for ```{python}. */
#include "embedded/document_parts.h"

#include "base/banned.h"

/* The block that the lines are in. */
typedef struct {
    char mark; /* ` or ~; NUL: in none */
    size_t length;
    bool sql;
    const Language *language; /* NULL: SQL, or nothing that is read */
    uint32_t start;
} Fence;

/* Behind a line's indentation and the marks of quotes around it. */
static size_t skip_marks(Str text, size_t at, size_t end)
{
    while (at < end && (text.at[at] == ' ' || text.at[at] == '\t' || text.at[at] == '>')) {
        at++;
    }
    return at;
}

/* Behind a list's mark, too: "- ```sql", "1. ```sql". */
static size_t skip_bullet(Str text, size_t at, size_t end)
{
    size_t from = at;
    while (at < end && char_is_digit(text.at[at])) {
        at++;
    }
    bool bullet =
        at < end && (at > from ? text.at[at] == '.' || text.at[at] == ')'
                               : text.at[at] == '-' || text.at[at] == '*' || text.at[at] == '+');
    return bullet && at + 1 < end && text.at[at + 1] == ' ' ? skip_marks(text, at + 1, end) : from;
}

static size_t run_length(Str text, size_t at, size_t end)
{
    size_t behind = at;
    while (behind < end && text.at[behind] == text.at[at]) {
        behind++;
    }
    return behind - at;
}

static bool is_word_byte(char c)
{
    return char_is_word(c) || c == '+' || c == '#' || c == '-';
}

/* The first word of what stands behind a fence: sql of "sql", "{.sql}", "{sql connection=c}". */
static Str info_word(Str info)
{
    size_t at = 0;
    while (at < info.len &&
           (char_is_space(info.at[at]) || info.at[at] == '{' || info.at[at] == '.')) {
        at++;
    }
    size_t end = at;
    while (end < info.len && is_word_byte(info.at[end])) {
        end++;
    }
    return str_slice(info, at, end);
}

/* PHP in a block often begins without its tag, which fits over the fence: ```php. */
static void open_php(DocumentParts *parts, const Fence *fence, size_t line_end)
{
    static const Str tag = STR("<?php");
    Str rest = str_slice(parts->source, line_end, parts->source.len);
    bool tagged = str_starts_with(str_trim(str_slice(rest, 0, 64)), STR("<?"));
    if (fence->language && str_equal(fence->language->name, STR("php")) && !tagged) {
        for (size_t i = 0; i < tag.len; i++) {
            document_keep(parts, fence->language, line_end - tag.len - 1 + i, tag.at[i]);
        }
    }
}

/* Does the line open a block? */
static Fence open_fence(DocumentParts *parts, size_t at, size_t end)
{
    Str text = parts->source;
    Fence fence = {0};
    at = skip_bullet(text, skip_marks(text, at, end), end);
    size_t length =
        at < end && (text.at[at] == '`' || text.at[at] == '~') ? run_length(text, at, end) : 0;
    Str info = str_slice(text, at + length, end);
    if (length < 3 || (text.at[at] == '`' && str_find_byte(info, '`', 0) < info.len)) {
        return fence;
    }
    fence = (Fence){.mark = text.at[at], .length = length, .start = (uint32_t)end};
    fence.language = document_language(info_word(info), &fence.sql);
    open_php(parts, &fence, end);
    return fence;
}

static bool closes(const Fence *fence, Str text, size_t at, size_t end)
{
    at = skip_marks(text, at, end);
    size_t length = at < end && text.at[at] == fence->mark ? run_length(text, at, end) : 0;
    return length >= fence->length && !str_trim(str_slice(text, at + length, end)).len;
}

static void keep_line(DocumentParts *parts, const Fence *fence, size_t at, size_t end)
{
    if (!fence->sql && !fence->language) {
        return;
    }
    size_t first = at; /* a quote's marks are no code, indentation is */
    while (first < end && (parts->source.at[first] == ' ' || parts->source.at[first] == '\t')) {
        first++;
    }
    at = first < end && parts->source.at[first] == '>' ? skip_marks(parts->source, first, end) : at;
    document_keep_range(parts, fence->language, (Range){(uint32_t)at, (uint32_t)end});
}

static void close_fence(DocumentParts *parts, Fence *fence, size_t at)
{
    if (fence->sql) {
        array_push(parts->arena, &parts->document->sql, (Range){fence->start, (uint32_t)at});
    }
    *fence = (Fence){0};
}

/* Behind an HTML comment that the line at `at` begins; 0: it begins none. Once one is not closed,
 * none is looked for. */
static size_t read_comment(DocumentParts *parts, size_t at, bool *unclosed)
{
    Str rest = str_slice(parts->source, at, parts->source.len);
    if (*unclosed || !str_starts_with(rest, STR("<!--"))) {
        return 0;
    }
    size_t end = str_find(rest, STR("-->"));
    *unclosed = end == rest.len;
    if (*unclosed) {
        return 0;
    }
    Range range = {(uint32_t)at, (uint32_t)(at + end + 3)};
    document_keep_range(parts, NULL, range);
    array_push(parts->arena, &parts->document->comments, range);
    return range.end;
}

void document_read_markdown(DocumentParts *parts)
{
    Str text = parts->source;
    Fence fence = {0};
    bool unclosed = false;
    for (size_t at = 0; at < text.len;) {
        size_t start = skip_marks(text, at, text.len);
        size_t comment = fence.mark ? 0 : read_comment(parts, start, &unclosed);
        size_t end = str_find_byte(text, '\n', comment ? comment : at);
        size_t line = end > at && text.at[end - 1] == '\r' ? end - 1 : end;
        if (!comment && !fence.mark) {
            fence = open_fence(parts, at, line);
        } else if (fence.mark && closes(&fence, text, at, line)) {
            close_fence(parts, &fence, at);
        } else if (fence.mark) {
            keep_line(parts, &fence, at, line);
        }
        at = end + 1;
    }
    close_fence(parts, &fence, text.len);
}
