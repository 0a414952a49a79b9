#include "embedded/document_cells.h"

#include "base/banned.h"

enum { DEEPEST = 256 };

typedef struct {
    Arena *arena;
    Str text;
    size_t at;
    bool failed;
    unsigned depth;
    DocumentCells out;
} Json;

typedef void ReadMember(Json *json, Str key, void *context);

static char next_byte(Json *json)
{
    while (json->at < json->text.len && char_is_space(json->text.at[json->at])) {
        json->at++;
    }
    return json->at < json->text.len ? json->text.at[json->at] : '\0';
}

static bool take(Json *json, char c)
{
    bool found = !json->failed && next_byte(json) == c;
    json->at += found;
    return found;
}

static void expect(Json *json, char c)
{
    json->failed = !take(json, c);
}

/* A string, with its quotes. */
static Range read_string(Json *json)
{
    Range range = {0};
    if (next_byte(json) != '"') {
        json->failed = true;
        return range;
    }
    range.start = (uint32_t)json->at++;
    while (json->at < json->text.len && json->text.at[json->at] != '"') {
        json->at += json->text.at[json->at] == '\\' ? 2 : 1;
    }
    json->failed |= json->at >= json->text.len;
    range.end = (uint32_t)++json->at;
    return range;
}

static Str inside(const Json *json, Range string)
{
    return str_slice(json->text, string.start + 1, string.end - 1);
}

static void read_object(Json *json, ReadMember *read, void *context);

/* Any value; the members of an object go to `read`. */
static void read_value(Json *json, ReadMember *read, void *context)
{
    char c = next_byte(json);
    json->failed |= ++json->depth > DEEPEST;
    if (json->failed) {
        return;
    }
    if (c == '{') {
        read_object(json, read, context);
    } else if (c == '[') {
        json->at++;
        while (!json->failed && next_byte(json) != ']') {
            read_value(json, read, context);
            if (!take(json, ',')) {
                break;
            }
        }
        expect(json, ']');
    } else if (c == '"') {
        read_string(json);
    } else {
        size_t start = json->at;
        while (json->at < json->text.len &&
               (char_is_word(json->text.at[json->at]) || json->text.at[json->at] == '-' ||
                json->text.at[json->at] == '+' || json->text.at[json->at] == '.')) {
            json->at++;
        }
        json->failed = json->at == start;
    }
    json->depth--;
}

static void read_object(Json *json, ReadMember *read, void *context)
{
    expect(json, '{');
    while (!json->failed && next_byte(json) != '}') {
        Range key = read_string(json);
        expect(json, ':');
        if (!json->failed) {
            read(json, inside(json, key), context);
        }
        if (!take(json, ',')) {
            break;
        }
    }
    if (!json->failed) {
        expect(json, '}');
    }
}

static void skip_member(Json *json, Str key, void *context)
{
    (void)key;
    read_value(json, skip_member, context);
}

/* `source` of a cell: a string, or a list of them. */
static void read_source(Json *json, DocumentCell *cell)
{
    bool list = take(json, '[');
    while (!json->failed && next_byte(json) == '"') {
        Range string = read_string(json);
        if (!json->failed) {
            array_push(json->arena, &cell->lines, string);
        }
        if (!list || !take(json, ',')) {
            break;
        }
    }
    if (list && !json->failed) {
        expect(json, ']');
    }
}

static void read_cell_member(Json *json, Str key, void *context)
{
    DocumentCell *cell = context;
    char c = next_byte(json);
    if (str_equal(key, STR("source")) && (c == '"' || c == '[')) {
        read_source(json, cell);
    } else if (str_equal(key, STR("cell_type")) && c == '"') {
        cell->code = str_equal(inside(json, read_string(json)), STR("code"));
    } else {
        skip_member(json, key, NULL);
    }
}

/* metadata.kernelspec.language, metadata.language_info.name */
static void read_metadata(Json *json, Str key, void *context)
{
    (void)context;
    bool language = str_equal(key, STR("language")) || str_equal(key, STR("name"));
    if (language && next_byte(json) == '"' && !json->out.kernel && !json->out.kernel_sql) {
        json->out.kernel =
            document_language(inside(json, read_string(json)), &json->out.kernel_sql);
    } else {
        read_value(json, read_metadata, NULL);
    }
}

static void read_cells(Json *json)
{
    while (!json->failed && next_byte(json) == '{') {
        DocumentCell cell = {0};
        read_object(json, read_cell_member, &cell);
        if (cell.code && cell.lines.count) {
            array_push(json->arena, &json->out.cells, cell);
        }
        if (!take(json, ',')) {
            break;
        }
    }
    if (!json->failed) {
        expect(json, ']');
    }
}

static void read_top(Json *json, Str key, void *context)
{
    if (str_equal(key, STR("metadata"))) {
        read_value(json, read_metadata, NULL);
    } else if (str_equal(key, STR("cells")) && take(json, '[')) {
        read_cells(json);
    } else {
        skip_member(json, key, context);
    }
}

DocumentCells document_cells(Arena *arena, Str text)
{
    Json json = {.arena = arena, .text = text};
    json.at = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    read_object(&json, read_top, NULL);
    json.out.failed = json.failed;
    json.out.failed_at = (uint32_t)(json.at < text.len ? json.at : text.len);
    if (!json.out.kernel && !json.out.kernel_sql) {
        json.out.kernel = language_named(STR("python"));
    }
    return json.out;
}
