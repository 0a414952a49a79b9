/* Any bytes as a program: the first byte picks its language, or all of them in turn where it is no
 * control character. Its texts are put together and read as SQL; every place is one of the file. */
#include "embedded/constants.h"
#include "embedded/likely.h"
#include "embedded/liquibase.h"
#include "embedded/mapping.h"
#include "embedded/mybatis.h"
#include "embedded/prefilter.h"
#include "embedded/text.h"
#include "extract/reading.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

static void require_place(const LineIndex *lines, Place place)
{
    bool ordered = place.start.line < place.end.line ||
                   (place.start.line == place.end.line && place.start.column <= place.end.column);
    fuzz_require(place.start.line > 0 && ordered && place.end.line <= lines->count);
}

static void read_statements(Arena *arena, const LineIndex *lines, const SqlFragment *sql)
{
    Arena *scratch = arena_new();
    PsqlVariables variables = {.arena = arena};
    Script script = script_open_embedded(sql, &variables, sql->sql.len % 2);
    ScriptStatement part;
    while (arena_reset(scratch), script_next(&script, scratch, &part)) {
        fuzz_require(part.kind == SCRIPT_SQL && part.in_text.end <= lines->text.len);
        Statement statement = reading_statement(arena, scratch, lines, &part);
        for (size_t i = 0; i < statement.access_count; i++) {
            require_place(lines, statement.accesses[i].place);
        }
        for (size_t i = 0; i < statement.notice_count; i++) {
            require_place(lines, statement.notices[i].place);
        }
    }
    arena_free(scratch);
}

/* Every neighbour is the file itself. */
static bool find(void *context, const OthersQuery *query, Str *value)
{
    Arena *scratch = arena_new();
    bool found = constants_find(scratch, context, query->owner, query->name, value);
    fuzz_require(!found || value->at[value->len] == '\0');
    arena_free(scratch);
    return found;
}

static void read_mapper(Arena *arena, const LexFile *file, const LineIndex *lines)
{
    enum { MOST = 4 };
    Mybatis mybatis = mybatis_read(arena, file, lines);
    for (size_t i = 0; i < mybatis.sql.count && i < MOST * MOST; i++) {
        MybatisNode *node = mybatis.sql.at[i];
        fuzz_require(node->in_file.start < node->in_file.end &&
                     node->in_file.end <= file->text.len);
        for (uint32_t j = 0; j < MOST * MYBATIS_ALL + 1; j++) {
            uint32_t choice = mybatis_choices(&mybatis, node) - 1;
            MybatisVariant variant = {
                .choice = j / 2 < choice ? j / 2 : choice, .ifs = j / MOST, .branch = j % MOST};
            SqlFragment sql = mybatis_compose(&mybatis, node, variant);
            fuzz_require(sql.span_count > 0 && sql.sql.at[sql.sql.len] == '\0');
            read_statements(arena, lines, &sql);
        }
    }
}

static void read_changelog(Arena *arena, const LexFile *file, const LineIndex *lines)
{
    enum { MOST = 64 };
    size_t read = 0;
    Liquibase changelog = liquibase_read(arena, file, lines);
    for (size_t i = 0; i < changelog.count; i++) {
        const LiquibaseGroup *group = &changelog.groups[i];
        for (size_t j = 0; j < group->doubts.count; j++) {
            Range at = group->doubts.at[j].at;
            fuzz_require(at.start < at.end && at.end <= file->text.len);
        }
        for (size_t j = 0; j < group->texts.count && read < MOST; j++, read++) {
            const LiquibaseText *text = &group->texts.at[j];
            fuzz_require(text->in_file.start < text->in_file.end);
            fuzz_require(text->sql.span_count > 0 && text->sql.sql.at[text->sql.sql.len] == '\0');
            read_statements(arena, lines, &text->sql);
        }
    }
}

static void read_program(const Language *language, Str text)
{
    Arena *arena = arena_new();
    LineIndex lines = lines_index(arena, text);
    StrList none = {0};
    Prefiltered filtered = prefilter_read(prefilter_new(arena), arena, language, text);
    LexFile file = lexer_read(arena, language, text);
    mapping_read(arena, arena, &file, &lines, filtered.places.at, filtered.places.count);
    HostConstants constants = constants_read(arena, arena, &file);
    Others others = {.find = find, .context = &constants, .path = STR("a/b/c")};
    HostTexts texts = text_read(arena, &file, &lines, &none, &others);
    for (size_t i = 0; i < texts.count; i++) {
        const HostText *found = &texts.at[i];
        fuzz_require(found->first < found->behind && found->behind <= file.count);
        fuzz_require(found->in_file.start < found->in_file.end && found->in_file.end <= text.len);
        fuzz_require(found->sql.span_count > 0 && found->sql.sql.at[found->sql.sql.len] == '\0');
        if (likely_sql(found->sql.sql) >= LIKELY_VERB) {
            read_statements(arena, &lines, &found->sql);
        }
    }
    if (str_equal(language->name, STR("mybatis"))) {
        read_mapper(arena, &file, &lines);
    }
    if (str_equal(language->name, STR("liquibase"))) {
        read_changelog(arena, &file, &lines);
    }
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str text = {.at = (const char *)data, .len = size};
    tree_prepare();
    if (size > 0 && data[0] < ' ') {
        const Language *language = language_at(data[0]);
        read_program(language ? language : language_at(0), str_slice(text, 1, size));
        return 0;
    }
    for (size_t i = 0; language_at(i); i++) {
        read_program(language_at(i), text);
    }
    return 0;
}
