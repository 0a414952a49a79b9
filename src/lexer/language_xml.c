#include "lexer/language_xml.h"

#include "base/banned.h"

/* The offset behind `end`, which is looked for from `at` on; or the text's length. */
static size_t behind(Str text, size_t at, Str end)
{
    size_t found = at + str_find(str_slice(text, at, text.len), end);
    return found < text.len ? found + end.len : text.len;
}

/* The offset of the document type or the first element: behind white space, comments, and
 * processing instructions. */
static size_t skip_prologue(Str text)
{
    size_t at = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    for (;;) {
        Str rest = str_slice(text, at, text.len);
        if (rest.len && char_is_space(*rest.at)) {
            at++;
        } else if (str_starts_with(rest, STR("<!--"))) {
            at = behind(text, at + 4, STR("-->"));
        } else if (str_starts_with(rest, STR("<?"))) {
            at = behind(text, at + 2, STR("?>"));
        } else {
            return at;
        }
    }
}

static bool holds(Str text, Str word)
{
    return str_find(text, word) < text.len;
}

bool language_is_mapper(Str head)
{
    Str rest = str_slice(head, skip_prologue(head), head.len);
    Str tag = str_slice(rest, 0, str_find_byte(rest, '>', 0));
    if (str_starts_with(tag, STR("<!DOCTYPE"))) {
        Str name = str_trim(str_slice(tag, STR("<!DOCTYPE").len, tag.len));
        return str_starts_with(name, STR("mapper")) &&
               (holds(name, STR("mybatis.org")) || holds(name, STR("ibatis.apache.org")) ||
                holds(rest, STR("<mapper ")));
    }
    return str_starts_with(tag, STR("<mapper")) && tag.len > 7 && char_is_space(tag.at[7]) &&
           holds(tag, STR("namespace"));
}

size_t language_value_end(Str text, size_t quote)
{
    size_t end = str_find_byte(text, text.at[quote], quote + 1);
    Str value = str_slice(text, quote + 1, end);
    size_t less = str_find_byte(value, '<', 0);
    bool tags = less < value.len && (holds(value, STR("</")) || holds(value, STR("\n")));
    return end < text.len && !tags ? end : 0;
}
