#include "sql/hole.h"

#include <string.h>

#include "sql/computed.h"

#include "base/banned.h"

static const Str prefix = STR("ringfence_hole_");

/* What surrounds a hole inside quotes, where the parser takes it for a part of the name. */
static const struct {
    Str open, close;
} marks[] = {
    {STR("{"), STR("}")},   {STR("<%"), STR("%>")}, {STR("$("), STR(")")},
    {STR("%("), STR(")s")}, {STR("%s"), STR("")},
};

Str hole_name(Arena *arena, Str text)
{
    return arena_format(arena, "%.*s%08x", (int)prefix.len, prefix.at,
                        (unsigned)(str_hash(text) & 0xffffffff));
}

bool hole_in_name(Str name)
{
    if (str_starts_with(name, prefix) || computed_has_hole(name)) {
        return true;
    }
    if (!name.len || (!memchr(name.at, '{', name.len) && !memchr(name.at, '%', name.len) &&
                      !memchr(name.at, '$', name.len))) {
        return false;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t open = str_find(name, marks[i].open);
        Str rest = str_slice(name, open + marks[i].open.len, name.len);
        if (open < name.len && (!marks[i].close.len || str_find(rest, marks[i].close) < rest.len)) {
            return true;
        }
    }
    return false;
}

bool hole_is(Str text)
{
    return str_starts_with(text, prefix) && str_find_byte(text, ' ', 0) == text.len;
}

bool hole_in_text(Str sql)
{
    return str_find(sql, prefix) < sql.len;
}
