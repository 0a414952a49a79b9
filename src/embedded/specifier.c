#include "embedded/specifier.h"

#include <string.h>

#include "base/banned.h"

enum { LONGEST_NAME = 200, LONGEST_FORMAT = 200 };

/* Is argument `argument` called `name`? Then *argument becomes its value. */
static bool is_argument(const LexFile *file, Range *argument, Str name)
{
    uint32_t at = argument->start;
    if (argument->end < at + 3) {
        return false;
    }
    Str key = lexer_source(file, at);
    if (file->tokens[at].kind == LEX_STRING) {
        uint32_t first;
        uint32_t behind;
        Range inside = lexer_contents(file, at, &first, &behind);
        key = str_slice(file->text, inside.start, inside.end);
    }
    bool binds = lexer_is(file, at + 1, STR("=")) || lexer_is(file, at + 1, STR(":")) ||
                 lexer_is(file, at + 1, STR("=>"));
    argument->start += 2;
    return binds && str_equal(key, name);
}

bool specifier_argument(const LexFile *file, const Format *format, Str name, uint32_t number,
                        Range *argument)
{
    uint32_t at = format->first;
    for (uint32_t i = 0; at < format->behind; i++) {
        if (!expression_next_argument(file, &at, format->behind, argument)) {
            return false;
        }
        if (name.len ? is_argument(file, argument, name) : i == number) {
            return true;
        }
    }
    return false;
}

/* A number at *at, less one, or the format's next. */
static uint32_t argument_number(Str text, uint32_t *at, Format *format)
{
    uint32_t number = 0;
    uint32_t start = *at;
    while (*at < text.len && char_is_digit(text.at[*at]) && *at - start < 6) {
        number = number * 10 + (uint32_t)(text.at[(*at)++] - '0');
    }
    return *at > start ? number : format->next++;
}

uint32_t specifier_percent(Str text, uint32_t at, Format *format, Str *name, uint32_t *number)
{
    uint32_t end = at + 1;
    *name = (Str){0};
    if (end < text.len && text.at[end] == '(') {
        Str rest = str_slice(text, end + 1, end + 1 + LONGEST_NAME);
        uint32_t length = (uint32_t)str_find_byte(rest, ')', 0);
        *name = str_slice(rest, 0, length);
        end += length + 2;
    } else {
        uint32_t digits = end;
        while (digits < text.len && char_is_digit(text.at[digits])) {
            digits++;
        }
        bool numbered = digits > end && digits < text.len && text.at[digits] == '$';
        bool indexed = end < text.len && text.at[end] == '[';
        if (numbered || indexed) {
            end += indexed;
            *number = argument_number(text, &end, format) - 1;
            end++;
        } else {
            *number = UINT32_MAX;
        }
    }
    while (end < text.len && (char_is_digit(text.at[end]) || strchr("-+ #.*lhzq", text.at[end]))) {
        end++;
    }
    if (end >= text.len || !(char_is_alpha(text.at[end]) || text.at[end] == '@')) {
        return 0;
    }
    if (!name->len && *number == UINT32_MAX) {
        *number = format->next++;
    }
    return end + 1;
}

uint32_t specifier_brace(Str text, uint32_t at, Format *format, Str *name, uint32_t *number)
{
    uint32_t end = at + 1;
    *name = (Str){0};
    if (end < text.len && (char_is_alpha(text.at[end]) || text.at[end] == '_')) {
        while (end < text.len && char_is_word(text.at[end])) {
            end++;
        }
        *name = str_slice(text, at + 1, end);
    } else {
        *number = argument_number(text, &end, format);
    }
    if (end < text.len && (text.at[end] == ':' || text.at[end] == '!')) {
        uint32_t most = end + LONGEST_FORMAT;
        while (end < text.len && end < most && text.at[end] != '}' && text.at[end] != '\n') {
            end++;
        }
    }
    return end < text.len && text.at[end] == '}' ? end + 1 : 0;
}
