#include "sql/hole.h"

#include <string.h>

#include "sql/computed.h"

#include "base/banned.h"

static const Str prefix = STR("ringfence_hole_");

/* What surrounds a hole inside quotes, where the parser takes it for a part of the name. */
static const struct {
    Str open, close;
    bool word; /* only a word stands in it: JSON and arrays have braces, too */
} marks[] = {
    {STR("{{"), STR("}}"), false}, {STR("${"), STR("}"), false}, {STR("#{"), STR("}"), false},
    {STR("<%"), STR("%>"), false}, {STR("{"), STR("}"), true},   {STR("$("), STR(")"), true},
    {STR("%("), STR(")s"), true},  {STR("%s"), STR(""), false},
};

Str hole_name(Arena *arena, Str text)
{
    return arena_format(arena, "%.*s%08x", (int)prefix.len, prefix.at,
                        (unsigned)(str_hash(text) & 0xffffffff));
}

Str hole_raw_name(Arena *arena, Str text)
{
    return arena_format(arena, "%.*sr%08x", (int)prefix.len, prefix.at,
                        (unsigned)(str_hash(text) & 0xffffffff));
}

bool hole_is_raw(Str name)
{
    enum { DIGITS = 8 };
    while (str_starts_with(name, prefix) && name.len > prefix.len && name.at[prefix.len] == 'r') {
        name = str_slice(name, prefix.len + 1 + DIGITS, name.len);
        if (!name.len) {
            return true;
        }
    }
    return false;
}

static bool is_word(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (!char_is_alpha(c) && !char_is_digit(c) && c != '_' && c != '.') {
            return false;
        }
    }
    return text.len > 0;
}

/* A hole inside of a name may have been joined with what stands before it. */
bool hole_in_text(Str sql)
{
    return str_find(sql, prefix) < sql.len;
}

bool hole_in_name(Str name)
{
    if (hole_in_text(name) || computed_has_hole(name)) {
        return true;
    }
    if (!name.len || (!memchr(name.at, '{', name.len) && !memchr(name.at, '%', name.len) &&
                      !memchr(name.at, '$', name.len))) {
        return false;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t open = str_find(name, marks[i].open);
        Str rest = str_slice(name, open + marks[i].open.len, name.len);
        size_t close = marks[i].close.len ? str_find(rest, marks[i].close) : 0;
        bool closed = open < name.len && (close < rest.len || !marks[i].close.len);
        if (closed && (!marks[i].word || is_word(str_slice(rest, 0, close)))) {
            return true;
        }
    }
    return false;
}

bool hole_is(Str text)
{
    return str_starts_with(text, prefix) && str_find_byte(text, ' ', 0) == text.len;
}
