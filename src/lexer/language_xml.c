#include "lexer/language_xml.h"

#include <string.h>

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

/* What follows the prologue, so far as it is looked at. */
enum { LONGEST_START = 4096 };

/* The tag behind the prologue. True where all is there that is looked at. */
static bool first_tag(Str head, Str *rest, Str *tag)
{
    size_t start = skip_prologue(head);
    *rest = str_slice(head, start, start + LONGEST_START);
    size_t end = str_find_byte(*rest, '>', 0);
    *tag = str_slice(*rest, 0, end);
    return end < rest->len || rest->len == LONGEST_START;
}

static bool is_mapper_type(Str rest, Str name)
{
    return str_starts_with(name, STR("mapper")) &&
           (holds(name, STR("mybatis.org")) || holds(name, STR("ibatis.apache.org")) ||
            holds(rest, STR("<mapper ")));
}

LanguageGuess language_is_mapper(Str head)
{
    Str rest;
    Str tag;
    bool all = first_tag(head, &rest, &tag);
    bool typed = str_starts_with(tag, STR("<!DOCTYPE"));
    Str name = typed ? str_trim(str_slice(tag, STR("<!DOCTYPE").len, tag.len)) : (Str){0};
    bool is = typed ? is_mapper_type(rest, name)
                    : str_starts_with(tag, STR("<mapper")) && tag.len > 7 &&
                          char_is_space(tag.at[7]) && holds(tag, STR("namespace"));
    bool element = typed && str_starts_with(name, STR("mapper")); /* it may follow */
    bool settled = all && (!element || rest.len == LONGEST_START);
    return is ? LANGUAGE_IS : settled ? LANGUAGE_IS_NOT : LANGUAGE_WANTS_MORE;
}

LanguageGuess language_is_changelog(Str head)
{
    static const Str name = STR("databaseChangeLog");
    Str rest;
    Str tag;
    bool all = first_tag(head, &rest, &tag);
    size_t end = 1;
    while (end < tag.len && (char_is_name(tag.at[end]) || strchr(":-.", tag.at[end]))) {
        end++;
    }
    Str full = str_slice(tag, 1, end);
    size_t colon = str_find_byte(full, ':', 0);
    Str local = colon < full.len ? str_slice(full, colon + 1, full.len) : full;
    bool known = end < tag.len || all;
    bool is = str_equal(local, name);
    return known && is ? LANGUAGE_IS : known ? LANGUAGE_IS_NOT : LANGUAGE_WANTS_MORE;
}

size_t language_value_end(Str text, size_t quote)
{
    size_t end = str_find_byte(text, text.at[quote], quote + 1);
    Str value = str_slice(text, quote + 1, end);
    size_t less = str_find_byte(value, '<', 0);
    bool tags = less < value.len && (holds(value, STR("</")) || holds(value, STR("\n")));
    return end < text.len && !tags ? end : 0;
}
