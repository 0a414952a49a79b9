#include "extract/template_variable.h"

#include <string.h>

#include "base/banned.h"

static Range range_of(Str text, Str part)
{
    uint32_t start = (uint32_t)(part.at - text.at);
    return (Range){start, start + (uint32_t)part.len};
}

static Str part_of(Str text, Range range)
{
    return str_slice(text, range.start, range.end);
}

static TemplateVariable *find(TemplateMemo *memo, Str text, Str name)
{
    for (size_t i = 0; i < memo->variable_count; i++) {
        if (str_equal(part_of(text, memo->variables[i].name), name)) {
            return &memo->variables[i];
        }
    }
    return NULL;
}

static bool is_name(Str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!char_is_name(word.at[i])) {
            return false;
        }
    }
    return word.len > 0;
}

/* Another value for the name, or a first one. */
static void add(TemplateMemo *memo, Str text, Str name, Str value, bool unknown)
{
    TemplateVariable *known = find(memo, text, name);
    if (known) {
        known->unknown |= unknown || !str_equal(part_of(text, known->value), value);
    } else if (memo->variable_count < TEMPLATE_VARIABLES) {
        memo->variables[memo->variable_count++] = (TemplateVariable){
            .name = range_of(text, name), .value = range_of(text, value), .unknown = unknown};
    }
}

void template_variable_set(TemplateMemo *memo, Str text, Str body)
{
    static const Str set = STR("set ");
    static const Str loop = STR("for ");
    if (str_starts_with(body, loop)) { /* for a, b in … */
        Str names = str_slice(body, loop.len, str_find(body, STR(" in ")));
        for (size_t at = 0; at < names.len; at++) {
            size_t end = str_find_byte(names, ',', at);
            Str name = str_trim(str_slice(names, at, end));
            if (is_name(name)) {
                add(memo, text, name, name, true);
            }
            at = end;
        }
        return;
    }
    size_t equals = str_find_byte(body, '=', 0);
    Str name = str_trim(str_slice(body, set.len, equals));
    Str value = str_trim(str_slice(body, equals + 1, body.len));
    if (!str_starts_with(body, set) || equals == body.len || !is_name(name) || !value.len) {
        return;
    }
    add(memo, text, name, value, false);
}

Str template_variable(const TemplateMemo *memo, Str text, Str name)
{
    for (size_t i = 0; i < memo->variable_count; i++) {
        const TemplateVariable *variable = &memo->variables[i];
        if (!variable->unknown && str_equal(part_of(text, variable->name), name)) {
            return part_of(text, variable->value);
        }
    }
    return (Str){0};
}

/* The text between the quotes that `value` begins with; .at is NULL without them. */
static Str quoted_text(Str value)
{
    char quote = value.len ? value.at[0] : '\0';
    size_t end = quote == '\'' || quote == '"' ? str_find_byte(value, quote, 1) : value.len;
    return end < value.len ? str_slice(value, 1, end) : (Str){0};
}

/* The string argument `key = '…'` of a call; empty without it. */
static Str keyed_text(Str call, Str key)
{
    size_t at = str_find(call, key);
    Str rest = str_trim(str_slice(call, at + key.len, call.len));
    bool keyed =
        at > 0 && at < call.len && !char_is_name(call.at[at - 1]) && rest.len && rest.at[0] == '=';
    return keyed ? quoted_text(str_trim(str_slice(rest, 1, rest.len))) : (Str){0};
}

/* Text that means in SQL what it says, wherever it is put: names, numbers, lists of them. */
static bool is_plain(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_name(text.at[i]) && !strchr("., *", text.at[i])) {
            return false;
        }
    }
    return text.len > 0;
}

bool template_variable_sql(Arena *arena, Str value, Str *sql)
{
    Str literal = quoted_text(value);
    if (literal.len + 2 == value.len && is_plain(literal)) {
        *sql = arena_copy(arena, literal);
        return true;
    }
    bool relation = str_starts_with(value, STR("adapter.get_relation(")) ||
                    str_starts_with(value, STR("api.Relation.create("));
    Str schema = relation ? keyed_text(value, STR("schema")) : (Str){0};
    Str name = relation ? keyed_text(value, STR("identifier")) : (Str){0};
    if (!is_name(schema) || !is_name(name)) {
        return false;
    }
    *sql = arena_format(arena, "\"%.*s\".\"%.*s\"", (int)schema.len, schema.at, (int)name.len,
                        name.at);
    return true;
}
