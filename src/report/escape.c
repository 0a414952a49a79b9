#include "report/escape.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

#include "base/banned.h"

typedef struct {
    char byte;
    const char *instead;
} Replacement;

/* Appends the printable form of `text` with each byte of the table replaced; it ends with a zero
 * byte. */
static void replace_bytes(Buffer *out, Str text, const Replacement *table)
{
    Buffer printable = {0};
    text_append_printable(&printable, text);
    for (size_t i = 0; i < printable.len; i++) {
        const Replacement *row = table;
        while (row->byte && row->byte != printable.at[i]) {
            row++;
        }
        if (row->byte) {
            buffer_append(out, str_from(row->instead));
        } else {
            buffer_append_byte(out, printable.at[i]);
        }
    }
    buffer_free(&printable);
}

/* U+FFFE and U+FFFF are no characters of XML 1.0 (section 2.2); everything else that is none, is
 * not printable. */
static void mask_noncharacters(Buffer *out, Str text)
{
    for (size_t i = 0; i < text.len;) {
        Str rest = str_slice(text, i, text.len);
        bool none = str_starts_with(rest, STR("\xef\xbf\xbe")) ||
                    str_starts_with(rest, STR("\xef\xbf\xbf"));
        if (none) {
            buffer_append(out,
                          rest.at[2] == '\xbe' ? STR("\\xef\\xbf\\xbe") : STR("\\xef\\xbf\\xbf"));
            i += 3;
        } else {
            buffer_append_byte(out, text.at[i++]);
        }
    }
}

void escape_markup(Buffer *out, Str text)
{
    static const Replacement table[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"},
                                        {'"', "&quot;"}, {'\'', "&#39;"}, {'\t', "&#9;"},
                                        {0, NULL}};
    Buffer characters = {0};
    mask_noncharacters(&characters, text);
    replace_bytes(out, buffer_str(&characters), table);
    buffer_free(&characters);
}

/* What stands for the byte at `i`, or NULL for itself. A zero width space keeps GitHub from making
 * a mention or a reference of what follows, a backslash keeps its autolinks away. */
static const char *markdown_byte(Str text, size_t i)
{
    Str rest = str_slice(text, i + 1, text.len);
    switch (text.at[i]) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\t':
        return " ";
    case '@':
        return "@&#8203;";
    case '#':
        return "\\#&#8203;";
    case ':':
        return str_starts_with(rest, STR("//")) ? "\\:" : NULL;
    case '.':
        return i > 0 && char_to_lower(text.at[i - 1]) == 'w' ? "\\." : NULL;
    default:
        return NULL;
    }
}

void escape_markdown(Buffer *out, Str text)
{
    Buffer printable = {0};
    text_append_printable(&printable, text);
    Str shown = buffer_str(&printable);
    for (size_t i = 0; i < shown.len; i++) {
        const char *instead = markdown_byte(shown, i);
        if (instead) {
            buffer_append(out, str_from(instead));
            continue;
        }
        if (memchr("\\`*_{}[]|~!$^=", shown.at[i], 14)) {
            buffer_append_byte(out, '\\');
        }
        buffer_append_byte(out, shown.at[i]);
    }
    buffer_free(&printable);
}

static size_t longest_run(Str text, char byte)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.at[i] == byte ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* A code span cannot be empty, and loses one space at both ends if both are there. A table's cells
 * are cut before their code spans are looked for. */
void escape_code_span(Buffer *out, Str text, bool in_table)
{
    static const Replacement line[] = {{'\t', " "}, {0, NULL}};
    static const Replacement cell[] = {{'\t', " "}, {'|', "\\|"}, {0, NULL}};
    Buffer content = {0};
    replace_bytes(&content, text.len ? text : STR(" "), in_table ? cell : line);
    Str shown = buffer_str(&content);
    size_t fence = longest_run(shown, '`') + 1;
    bool padded = fence > 1 || shown.at[0] == ' ' || shown.at[shown.len - 1] == ' ';
    for (size_t i = 0; i < fence; i++) {
        buffer_append_byte(out, '`');
    }
    buffer_append(out, padded ? STR(" ") : STR(""));
    buffer_append(out, shown);
    buffer_append(out, padded ? STR(" ") : STR(""));
    for (size_t i = 0; i < fence; i++) {
        buffer_append_byte(out, '`');
    }
    buffer_free(&content);
}

void escape_uri(Buffer *out, Str path)
{
    for (size_t i = 0; i < path.len; i++) {
        char c = path.at[i];
        bool plain = char_is_alpha(c) || char_is_digit(c) || (c && strchr("-._~/", c));
        if (plain) {
            buffer_append_byte(out, c);
        } else {
            buffer_format(out, "%%%02X", (unsigned char)c);
        }
    }
}

void escape_command_data(Buffer *out, Str text)
{
    static const Replacement table[] = {{'%', "%25"}, {0, NULL}};
    replace_bytes(out, text, table);
}

void escape_command_property(Buffer *out, Str text)
{
    static const Replacement table[] = {{'%', "%25"}, {':', "%3A"}, {',', "%2C"}, {0, NULL}};
    replace_bytes(out, text, table);
}

void escape_sarif_message(Buffer *out, Str text)
{
    static const Replacement braces[] = {{'{', "{{"}, {'}', "}}"}, {0, NULL}};
    static const Replacement links[] = {{'{', "{{"},  {'}', "}}"},    {'[', "\\["},
                                        {']', "\\]"}, {'\\', "\\\\"}, {0, NULL}};
    replace_bytes(out, text, str_find(text, STR("](")) < text.len ? links : braces);
}

void escape_cut(Buffer *out, Str text, size_t most)
{
    size_t end = utf8_offset(text, most);
    buffer_append(out, str_slice(text, 0, end));
    if (end < text.len) {
        buffer_append(out, STR("…"));
    }
}
