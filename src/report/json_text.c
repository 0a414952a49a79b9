#include "report/json_text.h"

#include <stdio.h>

#include "base/utf8.h"

#include "base/banned.h"

json_t *json_text(Str text)
{
    if (!text.len || utf8_is_valid(text)) {
        return json_stringn(text.at ? text.at : "", text.len);
    }
    Buffer clean = {0};
    utf8_append_clean(&clean, text);
    json_t *json = json_stringn(clean.at, clean.len);
    buffer_free(&clean);
    return json;
}

json_t *json_text_or_null(Str text)
{
    return text.len ? json_text(text) : json_null();
}

json_t *json_fingerprint(uint64_t fingerprint)
{
    char digits[17];
    snprintf(digits, sizeof digits, "%016llx", (unsigned long long)fingerprint);
    return json_string(digits);
}
