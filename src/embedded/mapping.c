#include "embedded/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "embedded/compose.h"
#include "embedded/mapping_match.h"
#include "embedded/mapping_name.h"

#include "base/banned.h"

typedef struct {
    Arena *arena, *scratch;
    const LexFile *file;
    const LineIndex *lines;
    HostNames names;
    Composer composer;
    MatchCode code;
    const uint32_t *places; /* bytes of the file where a mapping may stand */
    size_t place_count;
    ARRAY(const MappingRow *) rows; /* of the file's language */
    ARRAY(Statement) statements;
    ARRAY(Range) ranges;
    const Access *table; /* what the class or migration's step read last is about, or NULL */
    uint32_t table_at;   /* its anchor */
    uint32_t behind;     /* what was read last: withSchema('a').createTable( is one */
} Mapper;

/* The value of an expression: a text and its positions. */
typedef struct {
    SqlFragment text;
    bool holes;
} Value;

/* Bytes of the file as they are. */
static SqlFragment literal_text(Mapper *mapper, Range range)
{
    Span *span = ARENA_NEW(mapper->scratch, Span);
    span->file = range.start;
    return (SqlFragment){
        .sql = arena_copy(mapper->scratch, str_slice(mapper->file->text, range.start, range.end)),
        .spans = span,
        .span_count = 1,
        .lines = mapper->lines};
}

static bool read_value(Mapper *mapper, uint32_t at, Value *value)
{
    Expression expression;
    *value = (Value){0};
    if (at >= mapper->code.count ||
        !expression_read(mapper->scratch, mapper->file, mapper->names.style, mapper->code.code[at],
                         true, &expression)) {
        return false;
    }
    ComposeNotes notes = {0};
    value->text = compose_text(&mapper->composer, &expression, NULL, &notes);
    value->holes = notes.holes;
    return true;
}

/* Diesel's inventory.orders, behind `use …;` and attributes. */
static bool read_path(Mapper *mapper, uint32_t at, Value *value)
{
    const MatchCode *code = &mapper->code;
    const LexFile *file = mapper->file;
    while (at < code->count && (lexer_is(file, code->code[at], STR("use")) ||
                                lexer_is(file, code->code[at], STR("#")))) {
        Str end = lexer_is(file, code->code[at], STR("use")) ? STR(";") : STR("]");
        while (at < code->count && !lexer_is(file, code->code[at], end)) {
            at++;
        }
        at++;
    }
    if (at >= code->count || file->tokens[code->code[at]].kind != LEX_NAME) {
        return false;
    }
    Range range = {file->tokens[code->code[at]].start, file->tokens[code->code[at]].end};
    while (at + 2 < code->count && lexer_is(file, code->code[at + 1], STR("."))) {
        at += 2;
        range.end = file->tokens[code->code[at]].end;
    }
    *value = (Value){.text = literal_text(mapper, range)};
    return true;
}

/* What follows `mark` in a tag: `bun:"table:inventory.orders,alias:o"`. */
static bool read_tag(Mapper *mapper, uint32_t at, Str mark, Value *value)
{
    Value tag;
    if (!read_value(mapper, at, &tag)) {
        return false;
    }
    size_t start = str_find(tag.text.sql, mark) + mark.len;
    if (start >= tag.text.sql.len) {
        return false;
    }
    size_t end = start;
    while (end < tag.text.sql.len && !strchr(",\"`; ", tag.text.sql.at[end])) {
        end++;
    }
    Range range = {(uint32_t)start, (uint32_t)end};
    *value = (Value){.text = fragment_of_range(mapper->scratch, &tag.text, range)};
    return true;
}

static bool read_at(Mapper *mapper, const char *where, uint32_t at, Value *value)
{
    if (where[0] == '#') {
        return read_path(mapper, at, value);
    }
    if (where[0] == ':') {
        return read_tag(mapper, at, str_from(where + 1), value);
    }
    if (at >= mapper->code.count) {
        return false; /* the file ends behind the key */
    }
    const LexFile *file = mapper->file;
    LexToken token = file->tokens[mapper->code.code[at]];
    bool symbol = lexer_is(file, mapper->code.code[at], STR(":")) && at + 1 < mapper->code.count;
    bool keyword = symbol && at > 0 && token.joined &&
                   file->tokens[mapper->code.code[at - 1]].kind == LEX_NAME;
    if (keyword) {
        return false; /* schema: "orders", a pair of something else */
    }
    if (symbol || (token.kind == LEX_NAME && strstr(where, "NAME"))) {
        token = file->tokens[mapper->code.code[at + symbol]];
        *value = (Value){.text = literal_text(mapper, (Range){token.start, token.end})};
        return true;
    }
    return read_value(mapper, at, value);
}

/* May it mean something else than a table? */
static bool is_weak(const MappingRow *row, Str schema)
{
    return row->flags & MAPPING_ALWAYS_WEAK || (row->flags & MAPPING_WEAK && !schema.len);
}

static Place place_of(const SqlFragment *name)
{
    return fragment_place(name, (Range){0, (uint32_t)name->sql.len});
}

static void add_statement(Mapper *mapper, const SqlFragment *name, Statement statement)
{
    Range all = {0, (uint32_t)name->sql.len};
    Range in_file = {fragment_offset(name, 0), fragment_behind(name, all)};
    statement.place = place_of(name);
    array_push(mapper->scratch, &mapper->ranges, in_file);
    statement.command = "MAPPING";
    array_push(mapper->arena, &mapper->statements, statement);
}

static void add_dynamic(Mapper *mapper, const SqlFragment *text)
{
    Notice *notice = ARENA_NEW(mapper->arena, Notice);
    *notice = (Notice){.kind = NOTICE_DYNAMIC_SQL,
                       .place = place_of(text),
                       .subject = STR("the table that it maps is put together at run time")};
    add_statement(mapper, text, (Statement){.notices = notice, .notice_count = 1});
}

/* What a step of a migration does with the table; a mapping reads it. */
static const struct {
    unsigned flag;
    AccessSet set;
    Context context;
} steps[] = {
    {MAPPING_CREATES, ACCESS_CREATE, CONTEXT_DEFINITION},
    {MAPPING_ALTERS, ACCESS_ALTER, CONTEXT_DEFINITION},
    {MAPPING_DROPS, ACCESS_DROP, CONTEXT_DEFINITION},
    {MAPPING_REFERENCES, ACCESS_REFERENCES, CONTEXT_FOREIGN_KEY},
    {0, ACCESS_SELECT, CONTEXT_MAPPING},
};

/* The table whose foreign key stands at `match`: the boundary is between the two tables, whoever's
 * migration says so. NULL: it is the code's. */
static const Access *table_near(const Mapper *mapper, const Match *match)
{
    return mapper->table && match_shares_class(&mapper->code, mapper->table_at, match->anchor)
               ? mapper->table
               : NULL;
}

static void add_access(Mapper *mapper, const MappingRow *row, const Match *match,
                       const SqlFragment *text, ObjectName name)
{
    Str source = fragment_source(text, (Range){0, (uint32_t)text->sql.len});
    size_t step = 0;
    while (steps[step].flag && !(row->flags & steps[step].flag)) {
        step++;
    }
    bool refers = row->flags & MAPPING_REFERENCES;
    const Access *of = refers ? table_near(mapper, match) : NULL;
    bool weak = is_weak(row, name.schema);
    Access *accesses = ARENA_ARRAY(mapper->arena, Access, 2);
    Access *access = of ? &accesses[1] : &accesses[0];
    if (of) {
        accesses[0] = *of;
    }
    *access = (Access){.kind = KIND_RELATION,
                       .context = steps[step].context,
                       .set = steps[step].set,
                       .written = name,
                       .spelling = arena_copy(mapper->arena, source),
                       .place = place_of(text),
                       .subject = of != NULL};
    if (!refers) {
        mapper->table = weak || row->flags & MAPPING_DROPS ? NULL : access;
        mapper->table_at = match->anchor;
    }
    add_statement(mapper, text,
                  (Statement){.fingerprint = str_hash(source),
                              .uncertain = weak,
                              .accesses = accesses,
                              .access_count = of ? 2 : 1});
}

/* The schema that the mapping names, in *schema; false when it names one that cannot be known. */
static bool read_schema(Mapper *mapper, const MappingRow *row, const Match *match, Str *schema)
{
    Value value;
    uint32_t at = 0;
    *schema = (Str){0};
    if (!match_value(&mapper->code, match, row->schema, &at) ||
        !read_at(mapper, row->schema, at, &value)) {
        return true;
    }
    ObjectName name;
    if (value.holes ||
        !mapping_name(mapper->arena, value.text.sql, row->flags & MAPPING_FOLDS, &name)) {
        return !value.holes;
    }
    *schema = name.name;
    return true;
}

/* Is it surely about a table, whatever it is called: does a step of a migration name a schema? */
static bool is_surely(const MappingRow *row, bool known, Str table)
{
    const unsigned all = MAPPING_CREATES | MAPPING_ALTERS | MAPPING_DROPS | MAPPING_REFERENCES;
    bool step = row->flags & all && !(row->flags & MAPPING_ALWAYS_WEAK);
    return step && (!known || str_find_byte(table, '.', 0) < table.len);
}

static void read_match(Mapper *mapper, const MappingRow *row, const Match *match)
{
    uint32_t at = 0;
    Value table;
    ObjectName name;
    Str schema;
    if (!match_value(&mapper->code, match, row->table, &at) ||
        !read_at(mapper, row->table, at, &table)) {
        return;
    }
    bool known = read_schema(mapper, row, match, &schema);
    if (!known || table.holes) {
        mapper->table = row->flags & MAPPING_REFERENCES ? mapper->table : NULL;
        if ((!is_weak(row, schema) || is_surely(row, known, table.text.sql)) &&
            !(row->flags & MAPPING_NEEDS_SCHEMA)) {
            add_dynamic(mapper, &table.text);
        }
    } else if (mapping_name(mapper->arena, table.text.sql, row->flags, &name)) {
        name.schema = schema.len ? schema : name.schema;
        if (name.schema.len || !(row->flags & MAPPING_NEEDS_SCHEMA)) {
            add_access(mapper, row, match, &table.text, name);
        }
    }
}

static void read_anchor(Mapper *mapper, uint32_t at)
{
    Str word = lexer_source(mapper->file, mapper->code.code[at]);
    for (size_t i = 0; i < mapper->rows.count && at >= mapper->behind; i++) {
        const MappingRow *row = mapper->rows.at[i];
        Match match;
        if (str_equal(row->anchor, word) && match_row(&mapper->code, row, at, &match)) {
            size_t before = mapper->statements.count;
            read_match(mapper, row, &match);
            if (mapper->statements.count > before && !(row->flags & MAPPING_ALSO)) {
                mapper->behind = match.end;
                return;
            }
        }
    }
}

static int compare_places(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static bool is_place(const Mapper *mapper, uint32_t start)
{
    return mapper->place_count > 0 &&
           bsearch(&start, mapper->places, mapper->place_count, sizeof start, compare_places);
}

/* Does a name that is no part of a string stand at one of the places? */
static bool has_anchor(const Mapper *mapper, const LexFile *file)
{
    for (uint32_t i = 0; i < file->count; i = lexer_next(file, i)) {
        if (file->tokens[i].kind == LEX_NAME && is_place(mapper, file->tokens[i].start)) {
            return true;
        }
    }
    return false;
}

/* Reads `file` by the rows of `language`. */
static void read_file(Mapper *mapper, const LexFile *file, Str language)
{
    const HostStyle *style = style_of(file->language);
    Arena *scratch = mapper->scratch;
    if (!has_anchor(mapper, file)) {
        return;
    }
    mapper->file = file;
    mapper->names = names_open(scratch, file, style);
    mapper->composer = (Composer){.arena = scratch,
                                  .file = file,
                                  .lines = mapper->lines,
                                  .style = style,
                                  .names = &mapper->names,
                                  .taken = ARENA_ARRAY(scratch, uint8_t, file->count + 1),
                                  .spent = ARENA_NEW(scratch, size_t),
                                  .consumed = ARENA_ARRAY(scratch, uint8_t, file->count + 1)};
    mapper->code = match_code(&mapper->names);
    mapper->rows.count = 0;
    mapper->table = NULL;
    mapper->behind = 0;
    for (unsigned i = 0; i < mapping_row_count; i++) {
        if (str_in_list(mapping_rows[i].languages, language)) {
            array_push(scratch, &mapper->rows, &mapping_rows[i]);
        }
    }
    for (uint32_t i = 0; i < mapper->code.count; i++) {
        LexToken token = file->tokens[mapper->code.code[i]];
        if (token.kind == LEX_NAME && is_place(mapper, token.start)) {
            read_anchor(mapper, i);
        }
    }
}

/* Doctrine's annotations: the comments of a PHP file that hold one, lexed as Java, whose
 * annotations look the same. */
static void read_comments(Mapper *mapper, const LexFile *file)
{
    static const Str marks[] = {STR("@ORM\\Table"), STR("@ORM\\JoinTable"), STR("@Table(")};
    char *text = NULL;
    for (uint32_t i = 0; i < file->comment_count; i++) {
        Range range = file->comments[i];
        Str comment = str_slice(file->text, range.start, range.end);
        for (size_t j = 0; j < sizeof marks / sizeof *marks; j++) {
            if (str_find(comment, marks[j]) < comment.len && comment.len > 4) {
                text = text ? text
                            : memset(arena_take_raw(mapper->scratch, file->text.len), ' ',
                                     file->text.len);
                memcpy(text + range.start + 2, comment.at + 2, comment.len - 4);
                break;
            }
        }
    }
    if (text) {
        LexFile *inner = ARENA_NEW(mapper->scratch, LexFile);
        *inner = lexer_read(mapper->scratch, language_named(STR("java")),
                            (Str){.at = text, .len = file->text.len});
        read_file(mapper, inner, STR("php-comment"));
    }
}

Mappings mapping_read(Arena *arena, Arena *scratch, const LexFile *file, const LineIndex *lines,
                      const uint32_t *places, size_t place_count)
{
    Mapper mapper = {.arena = arena,
                     .scratch = scratch,
                     .lines = lines,
                     .places = places,
                     .place_count = place_count};
    read_file(&mapper, file, file->language->name);
    if (str_equal(file->language->name, STR("php"))) {
        read_comments(&mapper, file);
    }
    return (Mappings){
        .at = mapper.statements.at, .ranges = mapper.ranges.at, .count = mapper.statements.count};
}
