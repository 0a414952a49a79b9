#include "extract/debezium.h"

#include "base/array.h"
#include "base/glob.h"
#include "extract/name_pattern.h"

#include "base/banned.h"

/* Objects nest deeper in no connector's configuration. */
enum { DEEPEST = 64, LONGEST_PATTERN = 256, MOST_PATTERNS = 4096 };

typedef enum {
    SETTING_CLASS,
    SETTING_TABLES,
    SETTING_SCHEMAS,
    SETTING_NOT_TABLES,
    SETTING_NOT_SCHEMAS,
    SETTING_COUNT
} Setting;

static const struct {
    Str key;
    Setting setting;
} keys[] = {
    {STR("connector.class"), SETTING_CLASS},
    {STR("table.include.list"), SETTING_TABLES},
    {STR("table.whitelist"), SETTING_TABLES},
    {STR("schema.include.list"), SETTING_SCHEMAS},
    {STR("schema.whitelist"), SETTING_SCHEMAS},
    {STR("table.exclude.list"), SETTING_NOT_TABLES},
    {STR("table.blacklist"), SETTING_NOT_TABLES},
    {STR("schema.exclude.list"), SETTING_NOT_SCHEMAS},
    {STR("schema.blacklist"), SETTING_NOT_SCHEMAS},
};

static const Str postgres_class = STR("io.debezium.connector.postgresql.PostgresConnector");

/* The settings of one JSON object: where their values stand, quotes included. Empty: not given. */
typedef struct {
    Range values[SETTING_COUNT];
} Settings;

typedef struct {
    Arena *arena, *scratch;
    Str text;
    const LineIndex *lines;
    ARRAY(Statement) statements;
    ARRAY(Access) accesses; /* of the connector being read */
    ARRAY(Notice) notices;
    uint32_t patterns, dynamic;
} Reader;

/* A string of JSON without its escapes. */
typedef struct {
    Str text;
    const uint32_t *offsets; /* where each byte, and the end, stands in the file */
} Decoded;

bool debezium_is_likely(Str text)
{
    return str_find(text, postgres_class) < text.len;
}

static Range string_at(Str text, uint32_t at)
{
    uint32_t end = at + 1;
    while (end < text.len && text.at[end] != '"') {
        end += text.at[end] == '\\' ? 2 : 1;
    }
    return (Range){at, end < text.len ? end + 1 : (uint32_t)text.len};
}

static uint32_t skip_space(Str text, uint32_t at)
{
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    return at;
}

/* The character that an escape of JSON stands for; names hold no other ones. */
static char unescaped(char c)
{
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'u' ? '?' : c;
}

static Decoded decode(Reader *reader, Range string)
{
    uint32_t most = string.end - string.start;
    char *text = arena_take_raw(reader->scratch, most + 1);
    uint32_t *offsets = ARENA_ARRAY(reader->scratch, uint32_t, most + 1);
    uint32_t length = 0;
    for (uint32_t i = string.start + 1; i + 1 < string.end; i++) {
        offsets[length] = i;
        char c = reader->text.at[i];
        if (c == '\\' && i + 2 < string.end) {
            c = unescaped(reader->text.at[++i]);
            i += c == '?' && reader->text.at[i] == 'u' ? 4 : 0;
        }
        text[length++] = c;
    }
    offsets[length] = string.end ? string.end - 1 : 0;
    return (Decoded){.text = {.at = text, .len = length}, .offsets = offsets};
}

static Place place_of(const Reader *reader, Range in_file)
{
    return (Place){.start = lines_position(reader->lines, in_file.start),
                   .end = lines_position(reader->lines, in_file.end)};
}

/* A glob over schema.table, or over a schema: its access. A `*` before any dot may reach past it.
 */
static void add_glob(Reader *reader, Str glob, bool tables, AccessSet set, Range in_file)
{
    size_t dot = tables ? str_find_byte(glob, '.', 0) : glob.len;
    Str schema = str_slice(glob, 0, dot);
    Str name = dot < glob.len ? str_slice(glob, dot + 1, glob.len) : tables ? STR("*") : STR("");
    bool pattern = glob_is_pattern(glob) || (tables && dot == glob.len);
    array_push(reader->arena, &reader->accesses,
               (Access){.kind = tables ? KIND_RELATION : KIND_SCHEMA,
                        .context = CONTEXT_CAPTURE,
                        .set = set,
                        .certainty = pattern ? CERTAINTY_DYNAMIC : CERTAINTY_EXACT,
                        .written = {.schema = arena_copy(reader->arena, schema),
                                    .name = arena_copy(reader->arena, name)},
                        .spelling = arena_copy(reader->arena,
                                               str_slice(reader->text, in_file.start, in_file.end)),
                        .place = place_of(reader, in_file)});
}

static void add_pattern(Reader *reader, const Decoded *list, Range item, bool tables, AccessSet set)
{
    PatternGlobs globs;
    while (item.start < item.end && char_is_space(list->text.at[item.start])) {
        item.start++;
    }
    while (item.end > item.start && char_is_space(list->text.at[item.end - 1])) {
        item.end--;
    }
    if (item.start == item.end) {
        return;
    }
    Range in_file = {list->offsets[item.start], list->offsets[item.end]};
    Str pattern = str_slice(list->text, item.start, item.end);
    if (pattern.len > LONGEST_PATTERN || ++reader->patterns > MOST_PATTERNS ||
        !name_pattern_globs(reader->scratch, pattern, &globs)) {
        reader->dynamic++;
        return;
    }
    for (size_t i = 0; i < globs.count; i++) {
        add_glob(reader, globs.at[i], tables, set, in_file);
    }
}

/* Patterns are separated by commas; one inside braces, brackets or behind a backslash belongs to
 * its pattern. */
static void add_list(Reader *reader, Range string, bool tables, AccessSet set)
{
    Decoded list = decode(reader, string);
    Range item = {0};
    size_t open = 0;
    for (uint32_t i = 0; i < list.text.len; i++) {
        char c = list.text.at[i];
        i += c == '\\';
        open += c == '{' || c == '[';
        open -= open && (c == '}' || c == ']');
        if (c == ',' && !open) {
            item.end = i;
            add_pattern(reader, &list, item, tables, set);
            item.start = i + 1;
        }
    }
    item.end = (uint32_t)list.text.len;
    add_pattern(reader, &list, item, tables, set);
}

static bool is_given(const Settings *settings, Setting setting)
{
    return settings->values[setting].end > 0;
}

/* Tables must be in both lists, so the narrower one tells. */
static void read_lists(Reader *reader, const Settings *settings)
{
    if (is_given(settings, SETTING_TABLES)) {
        add_list(reader, settings->values[SETTING_TABLES], true, ACCESS_SELECT);
    } else if (is_given(settings, SETTING_SCHEMAS)) {
        add_list(reader, settings->values[SETTING_SCHEMAS], false, ACCESS_SELECT);
    } else {
        Range class = settings->values[SETTING_CLASS];
        array_push(reader->arena, &reader->notices,
                   (Notice){.kind = NOTICE_CAPTURE_ALL,
                            .place = place_of(reader, (Range){class.start + 1, class.end - 1}),
                            .subject = postgres_class});
    }
    if (is_given(settings, SETTING_NOT_TABLES)) {
        add_list(reader, settings->values[SETTING_NOT_TABLES], true, 0);
    }
    if (is_given(settings, SETTING_NOT_SCHEMAS)) {
        add_list(reader, settings->values[SETTING_NOT_SCHEMAS], false, 0);
    }
}

/* What stands between the quotes, escapes and all. */
static Str contents(const Reader *reader, Range string)
{
    return str_slice(reader->text, string.start + 1, string.end ? string.end - 1 : 0);
}

static void set_value(Reader *reader, Settings *settings, Range key, Range value)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (str_equal(contents(reader, key), keys[i].key)) {
            settings->values[keys[i].setting] = value;
        }
    }
}

static void read_connector(Reader *reader, const Settings *settings, Range object)
{
    Range class = settings->values[SETTING_CLASS];
    if (!class.end || !str_equal(contents(reader, class), postgres_class)) {
        return;
    }
    reader->accesses.count = reader->accesses.capacity = 0;
    reader->notices.count = reader->notices.capacity = 0;
    read_lists(reader, settings);
    array_push(reader->arena, &reader->statements,
               (Statement){.place = place_of(reader, object),
                           .command = "CONNECTOR",
                           .fingerprint = str_hash(postgres_class),
                           .accesses = reader->accesses.at,
                           .access_count = reader->accesses.count,
                           .notices = reader->notices.at,
                           .notice_count = reader->notices.count});
}

/* Reads the string at `at`, and its value where it is a key; returns what is behind. */
static uint32_t read_string(Reader *reader, Settings *settings, uint32_t at)
{
    Range key = string_at(reader->text, at);
    uint32_t colon = skip_space(reader->text, key.end);
    if (colon >= reader->text.len || reader->text.at[colon] != ':') {
        return key.end;
    }
    uint32_t value = skip_space(reader->text, colon + 1);
    if (value >= reader->text.len || reader->text.at[value] != '"') {
        return value;
    }
    Range string = string_at(reader->text, value);
    if (settings) {
        set_value(reader, settings, key, string);
    }
    return string.end;
}

DebeziumConnectors debezium_read(Arena *arena, Arena *scratch, Str text, const LineIndex *lines)
{
    Reader reader = {.arena = arena, .scratch = scratch, .text = text, .lines = lines};
    struct {
        Settings settings;
        uint32_t start;
    } open[DEEPEST];
    size_t depth = 0;
    for (uint32_t at = 0; at < text.len;) {
        char c = text.at[at];
        if (c == '"') {
            bool known = depth > 0 && depth <= DEEPEST;
            at = read_string(&reader, known ? &open[depth - 1].settings : NULL, at);
            continue;
        }
        if (c == '{' && depth++ < DEEPEST) {
            open[depth - 1].settings = (Settings){0};
            open[depth - 1].start = at;
        } else if (c == '}' && depth > 0 && --depth < DEEPEST) {
            read_connector(&reader, &open[depth].settings, (Range){open[depth].start, at + 1});
        }
        at++;
    }
    return (DebeziumConnectors){
        .at = reader.statements.at, .count = reader.statements.count, .dynamic = reader.dynamic};
}
