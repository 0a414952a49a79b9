#include "manifest/name.h"

#include "base/buffer.h"
#include "base/glob.h"

#include "base/banned.h"

typedef struct {
    Arena *arena;
    Str text;
    size_t at;
    const char *why;
} NameReader;

static bool refuse(NameReader *reader, const char *why)
{
    reader->why = why;
    return false;
}

static bool at_end(const NameReader *reader)
{
    return reader->at == reader->text.len;
}

static bool is_next(const NameReader *reader, char c)
{
    return !at_end(reader) && reader->text.at[reader->at] == c;
}

static bool starts_name(char c)
{
    return char_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool continues_name(char c)
{
    return starts_name(c) || char_is_digit(c) || c == '$';
}

static bool is_wildcard(char c)
{
    return c == '*' || c == '?';
}

static bool read_quoted(NameReader *reader, Buffer *name)
{
    for (reader->at++; !at_end(reader); reader->at++) {
        char c = reader->text.at[reader->at];
        if (c == '"') {
            reader->at++;
            if (!is_next(reader, '"')) {
                return true;
            }
        }
        if ((unsigned char)c < 0x20 || c == 0x7f) {
            return refuse(reader, "a name cannot hold control characters");
        }
        buffer_append_byte(name, c);
    }
    return refuse(reader, "the closing double quote is missing");
}

static bool read_unquoted(NameReader *reader, Buffer *name)
{
    for (; !at_end(reader); reader->at++) {
        char c = reader->text.at[reader->at];
        if (!is_wildcard(c) && !(name->len ? continues_name(c) : starts_name(c))) {
            break;
        }
        buffer_append_byte(name, char_to_lower(c));
    }
    return true;
}

static bool check_length(NameReader *reader, Str name)
{
    if (!name.len) {
        return refuse(reader, "a name is empty");
    }
    if (name.len > NAME_LONGEST) {
        return refuse(reader, arena_format(reader->arena,
                                           "the name has %zu bytes, PostgreSQL keeps 63", name.len)
                                  .at);
    }
    return true;
}

/* After a name only a dot, a parenthesis or the end can come. */
static bool check_next(NameReader *reader, unsigned syntax)
{
    if (at_end(reader) || is_next(reader, '.') ||
        ((syntax & NAME_ARGUMENTS) && is_next(reader, '('))) {
        return true;
    }
    if (is_next(reader, '(')) {
        return refuse(reader, "arguments belong to a routine only");
    }
    return refuse(reader, "a name is a letter or _, then letters, digits, _ and $; any other "
                          "needs double quotes, as in '\"order-items\"'");
}

static bool read_part(NameReader *reader, unsigned syntax, Str *part)
{
    Buffer name = {0};
    bool fine = is_next(reader, '"') ? read_quoted(reader, &name) : read_unquoted(reader, &name);
    *part = arena_copy(reader->arena, buffer_str(&name));
    buffer_free(&name);
    if (!fine) {
        return false;
    }
    return check_next(reader, syntax) && check_length(reader, *part);
}

/* Only what a list of types can hold, in one pair of parentheses: this text gets into a script. */
static bool is_argument_byte(char c)
{
    return continues_name(c) || c == ' ' || c == ',' || c == '.' || c == '[' || c == ']' ||
           c == '"';
}

static bool read_arguments(NameReader *reader, Str *arguments)
{
    size_t start = reader->at + 1, depth = 0;
    bool quoted = false;
    for (; !at_end(reader); reader->at++) {
        char c = reader->text.at[reader->at];
        quoted = quoted != (c == '"');
        if (quoted && (unsigned char)c >= 0x20) {
            continue;
        }
        depth += c == '(';
        depth -= c == ')';
        if (c != '(' && c != ')' && !is_argument_byte(c)) {
            return refuse(reader, "the arguments must be types, as in (bigint, text)");
        }
        if (depth == 0) {
            break;
        }
    }
    if (depth || reader->at + 1 != reader->text.len) {
        return refuse(reader, "the parentheses around the arguments do not match");
    }
    *arguments = arena_copy(reader->arena, str_trim(str_slice(reader->text, start, reader->at)));
    reader->at++;
    return true;
}

static bool refuse_wildcard(NameReader *reader, Str part, const char *why)
{
    return glob_is_pattern(part) ? refuse(reader, why) : true;
}

static bool parse_identifier(NameReader *reader, Str *name)
{
    if (!read_part(reader, NAME_PLAIN, name)) {
        return false;
    }
    if (!at_end(reader)) {
        return refuse(reader,
                      "one name without a dot was expected; a dot in it needs double quotes");
    }
    return refuse_wildcard(reader, *name, "no wildcard can stand here");
}

bool name_parse_identifier(Arena *arena, Str text, Str *name, const char **why)
{
    NameReader reader = {.arena = arena, .text = text};
    bool fine = parse_identifier(&reader, name);
    *why = reader.why;
    return fine;
}

static bool parse_qualified(NameReader *reader, unsigned syntax, ManifestName *name)
{
    if (!read_part(reader, syntax, &name->schema)) {
        return false;
    }
    if (!is_next(reader, '.')) {
        return refuse(reader, "the schema is missing: schema.name was expected");
    }
    reader->at++;
    if (!refuse_wildcard(reader, name->schema,
                         "a wildcard can stand in the name behind the dot only") ||
        !read_part(reader, syntax, &name->name)) {
        return false;
    }
    if (is_next(reader, '.')) {
        return refuse(reader, "one dot was expected, as in schema.name");
    }
    if (!(syntax & NAME_GLOB) &&
        !refuse_wildcard(reader, name->name, "one exact name was expected, not a wildcard")) {
        return false;
    }
    return at_end(reader) || read_arguments(reader, &name->arguments);
}

bool name_parse_qualified(Arena *arena, Str text, unsigned syntax, ManifestName *name,
                          const char **why)
{
    NameReader reader = {.arena = arena, .text = text};
    *name = (ManifestName){0};
    bool fine = parse_qualified(&reader, syntax, name);
    *why = reader.why;
    return fine;
}

bool name_is_reserved_schema(Str schema)
{
    return str_starts_with(schema, STR("pg_")) || str_equal(schema, STR("information_schema"));
}
