#include "embedded/call_escape.h"

#include <string.h>

#include "base/banned.h"

static const Str call = STR("call");

static size_t skip_space(Str text, size_t at)
{
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    return at;
}

/* Behind the parameter that a function's result goes to: ? $1 :name. */
static size_t skip_parameter(Str text, size_t at)
{
    size_t mark = at;
    while (at < text.len && (char_is_word(text.at[at]) || strchr("?$:@%", text.at[at]))) {
        at++;
    }
    return mark < text.len && strchr("?$:@%", text.at[mark]) ? at : mark;
}

/* The offset of the word `call`, which a brace is before; 0: it begins otherwise. */
static size_t find_call(Str text, bool *returns)
{
    size_t at = skip_space(text, 0);
    if (at >= text.len || text.at[at] != '{') {
        return 0;
    }
    at = skip_space(text, at + 1);
    size_t behind = skip_parameter(text, at);
    *returns = behind > at;
    if (*returns) {
        at = skip_space(text, behind);
        if (at >= text.len || text.at[at] != '=') {
            return 0;
        }
        at = skip_space(text, at + 1);
    }
    size_t end = at + call.len;
    bool word = end >= text.len || !char_is_name(text.at[end]);
    return word && str_equal_nocase(str_slice(text, at, end), call) ? at : 0;
}

bool call_escape_is(Str text)
{
    bool returns;
    return find_call(text, &returns) > 0;
}

/* What is called: from `start` on, without the closing brace. */
static Range called(Str text, size_t start)
{
    start = skip_space(text, start);
    size_t end = start + str_trim(str_slice(text, start, text.len)).len;
    if (end > start && text.at[end - 1] == '}') {
        end = start + str_trim(str_slice(text, start, end - 1)).len;
    }
    return (Range){(uint32_t)start, (uint32_t)end};
}

void call_escape_replace(Arena *arena, SqlFragment *sql)
{
    bool returns;
    size_t word = find_call(sql->sql, &returns);
    if (!word) {
        return;
    }
    Range routine = called(sql->sql, word + call.len);
    Str text = str_slice(sql->sql, routine.start, routine.end);
    Range before = {fragment_offset(sql, skip_space(sql->sql, 0)), fragment_offset(sql, word)};
    uint32_t end = fragment_behind(sql, routine);
    FragmentDraft draft = fragment_begin(arena, sql, text.len + 16);
    fragment_append_hole(&draft, returns ? STR("SELECT ") : STR("CALL "), before);
    fragment_append(&draft, sql, routine);
    if (str_find_byte(text, '(', 0) == text.len) {
        fragment_append_hole(&draft, STR("()"), (Range){end, end});
    }
    *sql = fragment_end(&draft, end);
}
