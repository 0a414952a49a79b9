#include "check/suppress_parse.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/date.h"
#include "base/utf8.h"

#include "base/banned.h"

/* The rest of the line; each reader takes what it understands from its front. */
typedef struct {
    Arena *arena;
    Str rest;
    Suppression *into;
} Reader;

static bool is_word_byte(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '-' || c == '_';
}

static void skip(Reader *reader, size_t count)
{
    reader->rest = str_trim(str_slice(reader->rest, count, reader->rest.len));
}

/* The word at the front, which stays there. */
static Str peek_word(const Reader *reader)
{
    size_t end = 0;
    while (end < reader->rest.len && is_word_byte(reader->rest.at[end])) {
        end++;
    }
    return str_slice(reader->rest, 0, end);
}

__attribute__((format(printf, 2, 3))) static bool fail(Reader *reader, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reader->into->mistake = arena_copy(reader->arena, str_from(text));
    return false;
}

/* What a message quotes of the comment. */
static Str excerpt(Str text)
{
    return str_slice(text, 0, utf8_offset(text, 60));
}

static bool add_rule(Reader *reader, Str id)
{
    size_t rule = rules_find(id);
    if (rule == RULE_COUNT) {
        const Rule *near = rules_nearest(id);
        return fail(reader, "no rule is called \"%.*s\"%s%s%s", STR_ARGS(excerpt(id)),
                    near ? " (did you mean " : "", near ? near->id.at : "", near ? "?)" : "");
    }
    for (size_t i = 0; i < reader->into->rule_count; i++) {
        if (reader->into->rules[i] == rule) {
            return fail(reader, "the rule %.*s is named twice", STR_ARGS(excerpt(id)));
        }
    }
    reader->into->rules[reader->into->rule_count++] = rule;
    return true;
}

static bool read_rules(Reader *reader)
{
    for (bool more = true; more;) {
        Str word = peek_word(reader);
        bool key = word.len < reader->rest.len && reader->rest.at[word.len] == '=';
        if (!word.len || key) {
            return fail(reader, "a rule's name is missing before \"%.*s\"",
                        STR_ARGS(excerpt(reader->rest)));
        }
        if (!add_rule(reader, word)) {
            return false;
        }
        skip(reader, word.len);
        more = str_starts_with(reader->rest, STR(","));
        skip(reader, more);
    }
    return true;
}

static bool read_reason(Reader *reader)
{
    size_t end = str_find_byte(reader->rest, '"', 1);
    if (!str_starts_with(reader->rest, STR("\"")) || end == reader->rest.len) {
        return fail(reader, "the reason must stand in double quotes, not as %.*s",
                    STR_ARGS(excerpt(reader->rest)));
    }
    reader->into->reason = arena_copy(reader->arena, str_trim(str_slice(reader->rest, 1, end)));
    skip(reader, end + 1);
    return true;
}

static bool read_until(Reader *reader)
{
    Str word = peek_word(reader);
    reader->into->until = date_parse(word);
    reader->into->until_text = arena_copy(reader->arena, word);
    skip(reader, word.len);
    return reader->into->until ||
           fail(reader, "until must be a day of the calendar, YYYY-MM-DD, not \"%.*s\"",
                STR_ARGS(excerpt(word)));
}

static bool read_keys(Reader *reader)
{
    static const struct {
        Str key;
        bool (*read)(Reader *reader);
    } keys[] = {{STR("reason="), read_reason}, {STR("until="), read_until}};
    while (reader->rest.len) {
        size_t i = 0;
        while (i < sizeof keys / sizeof *keys && !str_starts_with(reader->rest, keys[i].key)) {
            i++;
        }
        if (i == sizeof keys / sizeof *keys) {
            return fail(reader, "\"%.*s\" is not understood; reason=\"…\" and until=YYYY-MM-DD are",
                        STR_ARGS(excerpt(reader->rest)));
        }
        skip(reader, keys[i].key.len);
        if (!keys[i].read(reader)) {
            return false;
        }
    }
    return true;
}

bool suppress_parse(Arena *arena, Str line, Suppression *suppression, bool *whole_file)
{
    static const Str marker = STR("ringfence:allow");
    Reader reader = {.arena = arena, .rest = str_trim(line), .into = suppression};
    if (!str_starts_with(reader.rest, marker)) {
        return false;
    }
    size_t end = marker.len;
    while (end < reader.rest.len && is_word_byte(reader.rest.at[end])) {
        end++;
    }
    Str suffix = str_slice(reader.rest, marker.len, end);
    *whole_file = str_equal(suffix, STR("-file"));
    skip(&reader, end);
    if (suffix.len && !*whole_file) {
        fail(&reader,
             "there is no ringfence:allow%.*s; ringfence:allow and ringfence:allow-file are",
             STR_ARGS(excerpt(suffix)));
    } else if (read_rules(&reader) && read_keys(&reader) && !suppression->reason.len) {
        suppression->mistake = STR("a suppression needs a reason: reason=\"…\"");
    }
    return true;
}
