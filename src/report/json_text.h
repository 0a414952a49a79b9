#ifndef RINGFENCE_REPORT_JSON_TEXT_H
#define RINGFENCE_REPORT_JSON_TEXT_H

#include <jansson.h>

#include "base/str.h"

/* `text` as a new JSON string; bytes that are no UTF-8 become U+FFFD. */
json_t *json_text(Str text);

/* The same, but null for an empty text. */
json_t *json_text_or_null(Str text);

/* A fingerprint as 16 hexadecimal digits. */
json_t *json_fingerprint(uint64_t fingerprint);

#endif
