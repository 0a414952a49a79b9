#include "manifest/encoding.h"

#include "base/utf8.h"

#include "base/banned.h"

enum { LARGEST_MANIFEST = 64 << 20 };

static bool is_line_end(Str text, size_t i)
{
    return text.at[i] == '\n' ||
           (text.at[i] == '\r' && !(i + 1 < text.len && text.at[i + 1] == '\n'));
}

Position encoding_position(PositionCursor *cursor, size_t offset)
{
    Str text = cursor->text;
    offset = offset < text.len ? offset : text.len;
    if (cursor->at.line == 0 || offset < cursor->line_start) {
        *cursor = (PositionCursor){.text = text, .at = {.line = 1, .column = 1}};
    } else if (offset < cursor->offset) {
        cursor->offset = cursor->line_start;
        cursor->at.column = 1;
    }
    while (cursor->offset < offset) {
        size_t i = cursor->offset;
        if (is_line_end(text, i)) {
            cursor->at = (Position){.line = cursor->at.line + 1, .column = 1};
            cursor->offset = cursor->line_start = i + 1;
        } else {
            uint32_t code_point;
            cursor->offset += utf8_decode(str_slice(text, i, text.len), &code_point);
            cursor->at.column++;
        }
    }
    return cursor->at;
}

static bool is_utf16(Str text)
{
    return str_starts_with(text, STR("\xff\xfe")) || str_starts_with(text, STR("\xfe\xff"));
}

static size_t first_invalid(Str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point;
        size_t length = utf8_decode(str_slice(text, i, text.len), &code_point);
        if (code_point == UTF8_INVALID || code_point == 0) {
            return i;
        }
        i += length;
    }
    return text.len;
}

static bool check_bytes(Str text, Mistakes *mistakes)
{
    size_t bad = first_invalid(text);
    if (bad == text.len) {
        return true;
    }
    PositionCursor cursor = {.text = text};
    Position at = encoding_position(&cursor, bad);
    if (text.at[bad] == '\0') {
        mistakes_add(mistakes, at, "a NUL byte: the manifest must be text");
    } else {
        mistakes_add(mistakes, at, "the byte 0x%02x is not valid UTF-8: save the file as UTF-8",
                     (unsigned char)text.at[bad]);
    }
    return false;
}

bool encoding_check(Str *text, Mistakes *mistakes)
{
    Position start = {.line = 1, .column = 1};
    if (text->len > LARGEST_MANIFEST) {
        mistakes_add(mistakes, start, "the manifest is larger than 64 MiB");
        return false;
    }
    if (is_utf16(*text)) {
        mistakes_add(mistakes, start, "the file is UTF-16: save it as UTF-8");
        return false;
    }
    if (str_starts_with(*text, STR("\xef\xbb\xbf"))) {
        *text = str_slice(*text, 3, text->len);
    }
    return check_bytes(*text, mistakes);
}

Position encoding_indenting_tab(Str text, uint32_t line)
{
    Position at = {.line = 1, .column = 1};
    bool indenting = true;
    for (size_t i = 0; i < text.len && at.line <= line + 1; i++, at.column++) {
        if (is_line_end(text, i)) {
            at = (Position){.line = at.line + 1};
            indenting = true;
        } else if (indenting && text.at[i] == '\t' && at.line + 1 >= line) {
            return at;
        } else {
            indenting = indenting && text.at[i] == ' ';
        }
    }
    return (Position){0};
}
