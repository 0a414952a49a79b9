#include "manifest/mistakes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

#include "base/banned.h"

void mistakes_add(Mistakes *mistakes, Position at, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    ManifestMistake mistake = {.at = at, .text = arena_copy(mistakes->arena, str_from(text))};
    array_push(mistakes->arena, &mistakes->list, mistake);
}

static int mistake_compare(const void *left, const void *right)
{
    const ManifestMistake *a = left, *b = right;
    if (a->at.line != b->at.line) {
        return a->at.line < b->at.line ? -1 : 1;
    }
    if (a->at.column != b->at.column) {
        return a->at.column < b->at.column ? -1 : 1;
    }
    return str_compare(a->text, b->text);
}

ManifestMistakes mistakes_sorted(Mistakes *mistakes)
{
    ManifestMistakes sorted = {.at = mistakes->list.at};
    if (mistakes->list.count) {
        qsort(sorted.at, mistakes->list.count, sizeof *sorted.at, mistake_compare);
    }
    /* An aliased value is read once for each alias: its mistakes are one. */
    for (size_t i = 0; i < mistakes->list.count; i++) {
        if (!sorted.count || mistake_compare(&sorted.at[sorted.count - 1], &sorted.at[i]) != 0) {
            sorted.at[sorted.count++] = sorted.at[i];
        }
    }
    return sorted;
}

void manifest_print_mistakes(Str path, const ManifestMistakes *mistakes)
{
    Error error;
    for (size_t i = 0; i < mistakes->count; i++) {
        error_set(&error, path, mistakes->at[i].at, "%.*s", STR_ARGS(mistakes->at[i].text));
        error_print(&error);
    }
}

const char *mistakes_quote(Arena *arena, Str text)
{
    enum { LONGEST = 80 };
    Buffer quoted = {0};
    Str shown = str_slice(text, 0, utf8_offset(text, LONGEST));
    char quote = str_find_byte(shown, '"', 0) < shown.len ? '\'' : '"';
    buffer_append_byte(&quoted, quote);
    text_append_printable(&quoted, shown);
    buffer_append(&quoted, shown.len < text.len ? STR("…") : STR(""));
    buffer_append_byte(&quoted, quote);
    Str copy = arena_copy(arena, buffer_str(&quoted));
    buffer_free(&quoted);
    return copy.at;
}

/* How many edits still look like a slip of the finger. */
static unsigned tolerance(Str word)
{
    return word.len < 3 ? 0 : word.len < 6 ? 1 : word.len < 9 ? 2 : 3;
}

static size_t length_gap(Str a, Str b)
{
    return a.len > b.len ? a.len - b.len : b.len - a.len;
}

const char *mistakes_suggest(Arena *arena, Str word, StrList candidates)
{
    unsigned best = tolerance(word) + 1;
    const Str *nearest = NULL;
    for (size_t i = 0; i < candidates.count && best; i++) {
        if (str_equal_nocase(word, candidates.at[i])) {
            nearest = &candidates.at[i];
            break;
        }
        if (length_gap(word, candidates.at[i]) >= best) {
            continue;
        }
        unsigned distance = str_distance(word, candidates.at[i], best - 1);
        if (distance < best) {
            best = distance;
            nearest = &candidates.at[i];
        }
    }
    return nearest ? arena_format(arena, "; did you mean %s?", mistakes_quote(arena, *nearest)).at
                   : "";
}

const char *mistakes_choices(Arena *arena, StrList choices)
{
    Buffer text = {0};
    for (size_t i = 0; i < choices.count; i++) {
        if (i) {
            buffer_append(&text, i + 1 == choices.count ? STR(" or ") : STR(", "));
        }
        buffer_append(&text, choices.at[i]);
    }
    Str copy = arena_copy(arena, buffer_str(&text));
    buffer_free(&text);
    return copy.at;
}
