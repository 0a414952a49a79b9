#include "manifest/yaml.h"

#include "base/banned.h"

const YamlPair *yaml_pair(const YamlNode *mapping, Str key)
{
    for (size_t i = 0; i < mapping->count; i++) {
        if (str_equal(mapping->pairs[i].key, key)) {
            return &mapping->pairs[i];
        }
    }
    return NULL;
}

const char *yaml_describe(Arena *arena, const YamlNode *node)
{
    switch (node->kind) {
    case YAML_NULL:
        return "nothing";
    case YAML_LIST:
        return node->count ? "a list" : "an empty list";
    case YAML_MAPPING:
        return "a mapping";
    case YAML_STRING:
        return arena_format(arena, "the text %s", mistakes_quote(arena, node->text)).at;
    case YAML_BOOLEAN:
        return arena_format(arena, "the boolean %.*s", (int)node->text.len, node->text.at).at;
    default:
        return arena_format(arena, "the number %.*s",
                            (int)(node->text.len < 40 ? node->text.len : 40), node->text.at)
            .at;
    }
}

static bool is_one_of(Str text, const char *const *words)
{
    for (; *words; words++) {
        if (str_equal(text, str_from(*words))) {
            return true;
        }
    }
    return false;
}

static size_t skip_digits(Str text, size_t from)
{
    while (from < text.len && char_is_digit(text.at[from])) {
        from++;
    }
    return from;
}

static size_t skip_sign(Str text, size_t from)
{
    return from < text.len && (text.at[from] == '+' || text.at[from] == '-') ? from + 1 : from;
}

/* [0x…] and [0o…]. */
static bool is_based_integer(Str text)
{
    if (text.len < 3 || text.at[0] != '0' || (text.at[1] != 'x' && text.at[1] != 'o')) {
        return false;
    }
    for (size_t i = 2; i < text.len; i++) {
        char c = char_to_lower(text.at[i]);
        bool fits =
            text.at[1] == 'o' ? c >= '0' && c <= '7' : char_is_digit(c) || (c >= 'a' && c <= 'f');
        if (!fits) {
            return false;
        }
    }
    return true;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_float(Str text)
{
    size_t start = skip_sign(text, 0);
    size_t i = skip_digits(text, start);
    size_t digits = i - start;
    if (i < text.len && text.at[i] == '.') {
        size_t fraction = skip_digits(text, i + 1);
        digits += fraction - (i + 1);
        i = fraction;
    }
    if (!digits) {
        return false;
    }
    if (i < text.len && char_to_lower(text.at[i]) == 'e') {
        size_t exponent = skip_sign(text, i + 1);
        i = skip_digits(text, exponent);
        return i > exponent && i == text.len;
    }
    return i == text.len;
}

YamlKind yaml_scalar_kind(Str text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const booleans[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};
    static const char *const floats[] = {".inf",  ".Inf",  ".INF",  "+.inf", "-.inf",
                                         "+.Inf", "-.Inf", "+.INF", "-.INF", ".nan",
                                         ".NaN",  ".NAN",  NULL};
    if (is_one_of(text, nulls)) {
        return YAML_NULL;
    }
    if (is_one_of(text, booleans)) {
        return YAML_BOOLEAN;
    }
    size_t sign = skip_sign(text, 0);
    if ((sign < text.len && skip_digits(text, sign) == text.len) || is_based_integer(text)) {
        return YAML_INTEGER;
    }
    return is_float(text) || is_one_of(text, floats) ? YAML_FLOAT : YAML_STRING;
}
