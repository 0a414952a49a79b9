#include "report/json_text.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include "base/banned.h"

json_t *json_text(Str text)
{
    if (!text.len || utf8_is_valid(text)) {
        return json_stringn(text.at ? text.at : "", text.len);
    }
    Buffer clean = {0};
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point;
        size_t length = utf8_decode(str_slice(text, i, text.len), &code_point);
        buffer_append(&clean, code_point == UTF8_INVALID ? STR("\xef\xbf\xbd")
                                                         : str_slice(text, i, i + length));
        i += length;
    }
    json_t *json = json_stringn(clean.at, clean.len);
    buffer_free(&clean);
    return json;
}

json_t *json_text_or_null(Str text)
{
    return text.len ? json_text(text) : json_null();
}
