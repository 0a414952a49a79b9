#include "extract/psql.h"

#include <string.h>

#include "base/buffer.h"
#include "sql/token.h"

#include "base/banned.h"

enum {
    LONGEST_VALUE = 65536,
    DEEPEST_VALUE = 16,
    MOST_REFERENCES = 1000,
    MOST_SPENT = 4 * 1024 * 1024
};

/* variable_char of psqlscan.l. */
static bool is_variable_byte(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

static PsqlVariable *find_or_add(PsqlVariables *variables, Str name)
{
    PsqlVariable *variable = map_get(&variables->by_name, name);
    if (!variable) {
        variable = ARENA_NEW(variables->arena, PsqlVariable);
        variable->name = arena_copy(variables->arena, name);
        map_put(variables->arena, &variables->by_name, variable->name, variable);
        variables->count++;
        return variable;
    }
    return variable;
}

static uint32_t current_branch(const PsqlVariables *variables)
{
    size_t depth = variables->branches.count;
    return depth ? variables->branches.at[depth - 1] : 0;
}

void psql_set(PsqlVariables *variables, Str name, Str value, bool known)
{
    size_t before = variables->count;
    PsqlVariable *variable = find_or_add(variables, name);
    bool added = variables->count > before;
    uint32_t branch = current_branch(variables);
    bool differs = variable->known != known || !str_equal(variable->value, value);
    if (!added && branch && variable->branch != branch && differs) {
        array_push(variables->arena, &variables->contested,
                   (PsqlContest){.variable = variable, .branch = branch});
    }
    variable->known = known && value.len <= LONGEST_VALUE;
    variable->value = variable->known ? arena_copy(variables->arena, value) : (Str){0};
    variable->branch = branch;
}

void psql_branch_open(PsqlVariables *variables)
{
    array_push(variables->arena, &variables->branches, ++variables->last_branch);
}

static void end_branch(PsqlVariables *variables)
{
    uint32_t branch = current_branch(variables);
    while (variables->contested.count &&
           variables->contested.at[variables->contested.count - 1].branch == branch) {
        PsqlVariable *variable = variables->contested.at[--variables->contested.count].variable;
        variable->known = false;
        variable->value = (Str){0};
    }
}

void psql_branch_next(PsqlVariables *variables)
{
    if (variables->branches.count) {
        end_branch(variables);
        variables->branches.at[variables->branches.count - 1] = ++variables->last_branch;
    }
}

void psql_branch_close(PsqlVariables *variables)
{
    if (variables->branches.count) {
        end_branch(variables);
        variables->branches.count--;
    }
}

void psql_gset(PsqlVariables *variables, Str sql, Str prefix)
{
    char name[128];
    if (!variables->count || prefix.len > 63) {
        return;
    }
    memcpy(name, prefix.at ? prefix.at : "", prefix.len);
    for (Token token = token_next(sql, 0); token.kind != TOKEN_END;
         token = token_next(sql, token.end)) {
        bool quoted = token.kind == TOKEN_QUOTED_NAME;
        Str word = str_slice(sql, token.start + quoted, token.end - quoted);
        if (!token_is_name(token) || word.len > 63) {
            continue;
        }
        for (size_t i = 0; i < word.len; i++) {
            name[prefix.len + i] = quoted ? word.at[i] : char_to_lower(word.at[i]);
        }
        Str column = {.at = name, .len = prefix.len + word.len};
        if (map_get(&variables->by_name, column)) {
            psql_set(variables, column, (Str){0}, false);
        }
    }
}

PsqlReference psql_reference(Str text, size_t at)
{
    size_t start = at + 1;
    bool test = str_starts_with(str_slice(text, start, text.len), STR("{?"));
    char quote = start < text.len && (text.at[start] == '\'' || text.at[start] == '"')
                     ? text.at[start]
                     : '\0';
    start += test ? 2 : quote != '\0';
    size_t end = start;
    while (end < text.len && is_variable_byte(text.at[end])) {
        end++;
    }
    char close = test ? '}' : quote;
    if (end == start || (close && (end >= text.len || text.at[end] != close))) {
        return (PsqlReference){0};
    }
    return (PsqlReference){.name = str_slice(text, start, end),
                           .quote = test ? '?' : quote,
                           .end = end + (close != '\0')};
}

/* A quoted name or, as PQescapeLiteral writes it, a string. */
static Str quote_value(Arena *arena, Str value, char quote)
{
    bool escapes = quote == '\'' && str_find_byte(value, '\\', 0) < value.len;
    char *text = arena_take_raw(arena, value.len * 2 + 5);
    size_t length = 0;
    if (escapes) {
        text[length++] = ' ';
        text[length++] = 'E';
    }
    text[length++] = quote;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] == quote || (escapes && value.at[i] == '\\')) {
            text[length++] = value.at[i];
        }
        text[length++] = value.at[i];
    }
    text[length++] = quote;
    return (Str){.at = text, .len = length};
}

/* Appends `value` with the references in it replaced; those inside quotes are left alone. */
static bool expand(const PsqlVariables *variables, Str value, unsigned depth, unsigned *budget,
                   Buffer *out)
{
    size_t copied = 0;
    for (Token token = token_next(value, 0); token.kind != TOKEN_END;
         token = token_next(value, token.end)) {
        bool colon = token_is_symbol(value, token, ':') &&
                     (!token.start || value.at[token.start - 1] != ':');
        PsqlReference reference = colon ? psql_reference(value, token.start) : (PsqlReference){0};
        const PsqlVariable *variable =
            reference.end ? map_get(&variables->by_name, reference.name) : NULL;
        if (!variable || reference.quote) {
            continue;
        }
        buffer_append(out, str_slice(value, copied, token.start));
        if (!variable->known || depth == DEEPEST_VALUE || out->len > LONGEST_VALUE ||
            (*budget)-- == 0 || !expand(variables, variable->value, depth + 1, budget, out)) {
            return false;
        }
        copied = reference.end;
        token.end = (uint32_t)reference.end;
    }
    buffer_append(out, str_slice(value, copied, value.len));
    return out->len <= LONGEST_VALUE;
}

bool psql_value(Arena *arena, PsqlVariables *variables, PsqlReference reference, Str *value)
{
    const PsqlVariable *variable = map_get(&variables->by_name, reference.name);
    if (!variable || !variable->known || variables->spent > MOST_SPENT) {
        return false;
    }
    variables->spent += variable->value.len;
    if (reference.quote) {
        *value = reference.quote == '?' ? STR("TRUE")
                                        : quote_value(arena, variable->value, reference.quote);
        return true;
    }
    if (str_find_byte(variable->value, ':', 0) == variable->value.len) {
        *value = variable->value;
        return true;
    }
    Buffer buffer = {0};
    unsigned budget = MOST_REFERENCES;
    bool known = expand(variables, variable->value, 0, &budget, &buffer);
    *value = arena_copy(arena, buffer_str(&buffer));
    variables->spent += buffer.len;
    buffer_free(&buffer);
    return known;
}

/* One escape of a single-quoted argument, at the backslash. */
static char argument_escape(Str text, uint32_t *at)
{
    static const char letters[] = "ntbrf";
    static const char meanings[] = "\n\t\b\r\f";
    char c = ++*at < text.len ? text.at[*at] : '\\';
    const char *letter = c ? strchr(letters, c) : NULL;
    return letter ? meanings[letter - letters] : c;
}

/* Reads a quoted part of an argument; double quotes stay, as psql keeps them. */
static void argument_quoted(Str text, uint32_t *at, Buffer *out)
{
    char quote = text.at[(*at)++];
    if (quote == '"') {
        buffer_append_byte(out, quote);
    }
    for (; *at < text.len && text.at[*at] != '\n'; ++*at) {
        char c = text.at[*at];
        if (c == quote) {
            bool doubled = quote == '\'' && *at + 1 < text.len && text.at[*at + 1] == quote;
            if (!doubled) {
                break;
            }
            ++*at;
        } else if (c == '\\' && quote == '\'') {
            c = argument_escape(text, at);
        }
        buffer_append_byte(out, c);
    }
    if (quote == '"') {
        buffer_append_byte(out, quote);
    }
    *at += *at < text.len && text.at[*at] == quote;
}

static bool is_argument_end(char c)
{
    return char_is_space(c) || c == '\\';
}

bool psql_argument(Arena *arena, PsqlVariables *variables, Str text, uint32_t *at,
                   PsqlArgument *argument)
{
    Buffer out = {0};
    while (*at < text.len && char_is_space(text.at[*at]) && text.at[*at] != '\n') {
        ++*at;
    }
    *argument = (PsqlArgument){.known = true, .range.start = *at};
    while (*at < text.len && !is_argument_end(text.at[*at])) {
        char c = text.at[*at];
        PsqlReference reference = c == ':' ? psql_reference(text, *at) : (PsqlReference){0};
        if (reference.end) {
            Str value = {0};
            argument->known &= psql_value(arena, variables, reference, &value);
            buffer_append(&out, value);
            *at = (uint32_t)reference.end;
        } else if (c == '\'' || c == '"') {
            argument_quoted(text, at, &out);
        } else if (c == '`') {
            argument->known = false;
            *at = (uint32_t)str_find_byte(text, '`', *at + 1);
            *at += *at < text.len;
        } else {
            buffer_append_byte(&out, c);
            ++*at;
        }
    }
    argument->range.end = *at;
    argument->text = arena_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return argument->range.end > argument->range.start;
}
