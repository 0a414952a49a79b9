#include <string.h>

#include "embedded/liquibase_write.h"

#include "base/banned.h"

enum { LONGEST_END = 16 };

/* What the regular expression stands for, if it is but a text: \n and \\ are escapes in it. Its
 * length; 0: it is more. */
static size_t plain_text(Str pattern, char text[LONGEST_END])
{
    size_t length = 0;
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.at[i];
        bool escaped = c == '\\' && i + 1 < pattern.len;
        c = escaped ? pattern.at[++i] : c;
        bool special = escaped ? char_is_alpha(c) && c != 'n' : strchr(".*+?[](){}|^\\", c) != NULL;
        if (special || length == LONGEST_END) {
            return 0;
        }
        text[length++] = escaped && c == 'n' ? '\n' : c;
    }
    return length;
}

/* A word, or a single slash, ends a statement on a line of its own only. */
static bool stands_alone(Str sql, size_t at, size_t length)
{
    char first = sql.at[at];
    if (!char_is_word(first) && (first != '/' || length > 1)) {
        return true;
    }
    size_t end = at + length;
    while (at > 0 && (sql.at[at - 1] == ' ' || sql.at[at - 1] == '\t')) {
        at--;
    }
    while (end < sql.len && char_is_space(sql.at[end]) && sql.at[end] != '\n') {
        end++;
    }
    return (at == 0 || sql.at[at - 1] == '\n') && (end == sql.len || sql.at[end] == '\n');
}

bool liquibase_cut(SqlFragment *sql, Str end)
{
    char buffer[LONGEST_END];
    Str text = {.at = buffer, .len = plain_text(end, buffer)};
    size_t breaks = 0;
    while (breaks < text.len && buffer[breaks] == '\n') {
        breaks++;
    }
    text = str_slice(text, breaks, text.len);
    if (!text.len || str_equal(text, STR(";"))) {
        return text.len || breaks;
    }
    char *bytes = (char *)sql->sql.at; /* the fragment's own, made by liquibase_write */
    for (size_t at = 0; at + text.len <= sql->sql.len; at++) {
        if (str_equal_nocase(str_slice(sql->sql, at, at + text.len), text) &&
            stands_alone(sql->sql, at, text.len)) {
            memset(bytes + at, ' ', text.len);
            bytes[at] = ';';
            at += text.len - 1;
        }
    }
    return true;
}
