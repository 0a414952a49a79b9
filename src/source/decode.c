#include "source/decode.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"

#include "base/banned.h"

typedef struct {
    const unsigned char *at, *end;
    bool little;
} Units;

enum { REPLACEMENT = 0xfffd };

static uint32_t peek_unit(const Units *units)
{
    unsigned first = units->at[0];
    unsigned second = units->at[1];
    return units->little ? second << 8 | first : first << 8 | second;
}

static bool has_unit(const Units *units)
{
    return units->end - units->at >= 2;
}

static uint32_t next_code_point(Units *units)
{
    uint32_t unit = peek_unit(units);
    units->at += 2;
    if (unit < 0xd800 || unit > 0xdfff) {
        return unit;
    }
    uint32_t low = has_unit(units) ? peek_unit(units) : 0;
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) {
        return REPLACEMENT;
    }
    units->at += 2;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

void source_decode(SourceText *text)
{
    bool little = str_starts_with(text->text, STR("\xff\xfe"));
    if ((!little && !str_starts_with(text->text, STR("\xfe\xff"))) ||
        text->text.len > UINT32_MAX / 3 * 2) {
        return;
    }
    const unsigned char *start = (const unsigned char *)text->text.at;
    Units units = {.at = start, .end = start + text->text.len, .little = little};
    char *out = memory_allocate(text->text.len / 2 * 3 + 4); /* three bytes a unit at most */
    size_t length = 0;
    while (has_unit(&units)) {
        length += utf8_encode(next_code_point(&units), out + length);
    }
    free(text->block);
    *text = (SourceText){.text = {.at = out, .len = length}, .block = out};
}
