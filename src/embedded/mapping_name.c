#include "embedded/mapping_name.h"

#include "embedded/mapping_table.h"

#include "base/banned.h"

/* What can stand in a name that nobody quoted. */
static bool is_name_byte(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '$' || c == '-' ||
           (unsigned char)c >= 0x80;
}

bool mapping_name(Arena *arena, Str text, unsigned flags, ObjectName *name)
{
    bool folds = flags & MAPPING_FOLDS;
    char *parts = arena_take_raw(arena, text.len + 1);
    size_t starts[4] = {0};
    size_t count = 1;
    size_t length = 0;
    bool quoted = false;
    text = str_trim(text);
    for (size_t i = 0; i < text.len && !char_is_space(text.at[i]); i++) {
        char c = text.at[i];
        if (c == '.' && length > starts[count - 1] && count < 3) {
            starts[count++] = length;
        } else if (c == '"' || c == '[' || c == ']' || c == '`') {
            quoted = true;
        } else if (is_name_byte(c)) {
            parts[length++] = c;
        } else {
            return false;
        }
    }
    starts[count] = length;
    if (flags & MAPPING_COLUMN) {
        length = count > 1 ? starts[--count] : 0;
    }
    for (size_t i = 0; i < length && folds && !quoted; i++) {
        parts[i] = char_to_lower(parts[i]);
    }
    Str all = {.at = parts, .len = length};
    name->name = str_slice(all, starts[count - 1], length);
    name->schema = count > 1 ? str_slice(all, starts[count - 2], starts[count - 1]) : (Str){0};
    return name->name.len > 0 && !char_is_digit(name->name.at[0]);
}
