#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

#include "base/banned.h"

bool error_set(Error *error, Str path, Position at, const char *format, ...)
{
    va_list arguments;
    snprintf(error->path, sizeof error->path, "%.*s", (int)path.len, path.at ? path.at : "");
    error->at = at;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return false;
}

void error_print(const Error *error)
{
    Buffer line = {0};
    if (error->path[0]) {
        text_append_printable(&line, str_from(error->path));
        if (error->at.line) {
            buffer_format(&line, ":%u:%u", error->at.line, error->at.column);
        }
    } else {
        buffer_append(&line, STR("ringfence"));
    }
    buffer_append(&line, STR(": error: "));
    text_append_printable(&line, str_from(error->text));
    buffer_append_byte(&line, '\n');
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
}

/* C0, DEL, C1, and the bidirectional controls that can make a terminal show another text than
 * the file holds (CVE-2021-42574). */
static bool is_control(uint32_t code_point)
{
    return (code_point < 0x20 && code_point != '\t') || (code_point >= 0x7f && code_point < 0xa0) ||
           (code_point >= 0x202a && code_point <= 0x202e) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

void text_append_printable(Buffer *buffer, Str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point;
        size_t length = utf8_decode(str_slice(text, i, text.len), &code_point);
        if (code_point == UTF8_INVALID || is_control(code_point)) {
            for (size_t j = i; j < i + length; j++) {
                buffer_format(buffer, "\\x%02x", (unsigned char)text.at[j]);
            }
        } else {
            buffer_append(buffer, str_slice(text, i, i + length));
        }
        i += length;
    }
}
