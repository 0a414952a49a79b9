#include "grants/quote.h"

#include <stdio.h>

#include "base/banned.h"

/* Between two `quote`s, with each quote and each `escape` doubled. */
static void append_quoted(Buffer *out, Str text, char quote, char escape)
{
    buffer_append_byte(out, quote);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == quote || c == escape) {
            buffer_append_byte(out, c);
        }
        buffer_append_byte(out, c);
    }
    buffer_append_byte(out, quote);
}

void quote_literal(Buffer *out, Str text)
{
    if (str_find_byte(text, '\\', 0) < text.len) {
        buffer_append_byte(out, 'E');
        append_quoted(out, text, '\'', '\\');
    } else {
        append_quoted(out, text, '\'', '\'');
    }
}

void quote_literal_or_null(Buffer *out, Str text)
{
    if (text.len) {
        quote_literal(out, text);
    } else {
        buffer_append(out, STR("NULL::text"));
    }
}

void quote_name(Buffer *out, Str text)
{
    append_quoted(out, text, '"', '"');
}

void quote_comment(Buffer *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        buffer_append_byte(out, c < 0x20 || c == 0x7f ? ' ' : (char)c);
    }
}

void quote_dollar(Buffer *out, Str body)
{
    char tag[40] = "$ringfence$";
    for (unsigned i = 1; str_find(body, str_from(tag)) < body.len; i++) {
        snprintf(tag, sizeof tag, "$ringfence%u$", i);
    }
    buffer_append(out, str_from(tag));
    buffer_append(out, body);
    buffer_append(out, str_from(tag));
}
