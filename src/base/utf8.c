#include "base/utf8.h"

#include "base/banned.h"

/* Length by first byte and the smallest code point that needs it, as in RFC 3629, section 4. */
static size_t sequence_length(unsigned char first)
{
    return first < 0x80   ? 1
           : first < 0xc2 ? 0
           : first < 0xe0 ? 2
           : first < 0xf0 ? 3
           : first < 0xf5 ? 4
                          : 0;
}

size_t utf8_decode(Str text, uint32_t *code_point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    size_t length = sequence_length((unsigned char)text.at[0]);
    *code_point = UTF8_INVALID;
    if (length == 0 || length > text.len) {
        return 1;
    }
    uint32_t value = (unsigned char)text.at[0] & first_bits[length];
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text.at[i] & 0xc0) != 0x80) {
            return 1;
        }
        value = value << 6 | ((unsigned char)text.at[i] & 0x3f);
    }
    if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
        return 1;
    }
    *code_point = value;
    return length;
}

size_t utf8_encode(uint32_t code_point, char *out)
{
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    size_t more = code_point < 0x80 ? 0 : code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    out[0] = (char)(first[more] | code_point >> (6 * more));
    for (size_t i = 1; i <= more; i++) {
        out[i] = (char)(0x80 | (code_point >> (6 * (more - i)) & 0x3f));
    }
    return more + 1;
}

bool utf8_is_valid(Str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point;
        i += utf8_decode(str_slice(text, i, text.len), &code_point);
        if (code_point == UTF8_INVALID) {
            return false;
        }
    }
    return true;
}

void utf8_append_clean(Buffer *out, Str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point;
        size_t length = utf8_decode(str_slice(text, i, text.len), &code_point);
        buffer_append(out, code_point == UTF8_INVALID ? STR("\xef\xbf\xbd")
                                                      : str_slice(text, i, i + length));
        i += length;
    }
}

size_t utf8_count(Str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; count++) {
        uint32_t code_point;
        if ((unsigned char)text.at[i] < 0x80) {
            i++;
            continue;
        }
        i += utf8_decode(str_slice(text, i, text.len), &code_point);
    }
    return count;
}

size_t utf8_offset(Str text, size_t index)
{
    size_t i = 0;
    for (; i < text.len && index > 0; index--) {
        uint32_t code_point;
        i += (unsigned char)text.at[i] < 0x80
                 ? 1
                 : utf8_decode(str_slice(text, i, text.len), &code_point);
    }
    return i;
}
