#include "check/host.h"

#include <stdlib.h>

#include "check/declaring.h"
#include "check/host_liquibase.h"
#include "check/host_mybatis.h"
#include "check/host_text.h"
#include "check/settings.h"
#include "check/siblings.h"
#include "embedded/mapping.h"
#include "embedded/prefilter.h"

#include "base/banned.h"

/* The constants of the file's neighbours. */
static Siblings *siblings_for(Gather *gather, size_t worker)
{
    if (!gather->siblings[worker]) {
        gather->siblings[worker] = siblings_open(gather->root);
    }
    return gather->siblings[worker];
}

static void read_texts(Reading *reading, const LexFile *file, bool with_siblings)
{
    Siblings *siblings = with_siblings ? siblings_for(reading->gather, reading->worker) : NULL;
    Others others = {0};
    if (siblings) {
        others = siblings_of(siblings, reading->facts->file.path);
    }
    HostTexts texts = text_read(reading->of_file, file, &reading->lines,
                                &reading->gather->manifest->sql_calls, siblings ? &others : NULL);
    reading->facts->beside = siblings && siblings_were_asked(siblings);
    for (size_t i = 0; i < texts.count; i++) {
        host_text_read(reading, &texts.at[i]);
    }
    reading->facts->coverage.statements += texts.elsewhere;
    reading->facts->coverage.dynamic += texts.elsewhere;
}

static void read_mappings(Reading *reading, const LexFile *file, const Prefiltered *found)
{
    Mappings mappings = mapping_read(reading->arena, reading->of_file, file, &reading->lines,
                                     found->places.at, found->places.count);
    for (size_t i = 0; i < mappings.count; i++) {
        gathering_add(reading, mappings.at[i], mappings.ranges[i]);
    }
}

static int compare_ranges(const void *a, const void *b)
{
    uint32_t left = ((const Range *)a)->start;
    uint32_t right = ((const Range *)b)->start;
    return (left > right) - (left < right);
}

static void sort_ranges(Range *ranges, size_t count)
{
    if (count) {
        qsort(ranges, count, sizeof *ranges, compare_ranges);
    }
}

static void read_claim(Reading *reading, const LexFile *file)
{
    Str head = str_slice(file->text, 0, file->count ? file->tokens[0].start : file->text.len);
    gathering_claim(reading->arena, head, &reading->lines, &reading->facts->file,
                    reading->gather->manifest);
}

void host_read_comments(Reading *reading, Str text, const Range *comments, size_t count)
{
    if (suppress_is_worth(text)) {
        sort_ranges(reading->layout.statements.at, reading->layout.statements.count);
        sort_ranges(reading->layout.texts.at, reading->layout.texts.count);
        ScriptLayout layout = gathering_layout(reading);
        reading->facts->suppressions =
            suppress_read_host(reading->arena, text, &reading->lines, &layout, comments, count);
    }
}

/* SQL is all that these are for. */
static bool is_mapper(const Language *language)
{
    return str_equal(language->name, STR("mybatis"));
}

static bool is_changelog(const Language *language)
{
    return str_equal(language->name, STR("liquibase"));
}

bool host_may_declare(const Language *language, Str text)
{
    return is_changelog(language) || declaring_in_source(text);
}

LexFile host_read_program(Reading *reading, const Language *language, Str text,
                          const Prefiltered *found, bool with_siblings)
{
    LexFile file = {.text = text, .language = language};
    if (found->sql || found->places.count) {
        file = lexer_read(reading->of_file, language, text);
    }
    if (is_mapper(language)) {
        host_mybatis_read(reading, &file);
    } else if (is_changelog(language)) {
        host_liquibase_read(reading, &file);
    } else if (found->sql) {
        read_texts(reading, &file, with_siblings);
    }
    if (found->places.count) {
        read_mappings(reading, &file, found);
    }
    if (found->connections) {
        settings_read_connections(reading, text);
    }
    return file;
}

void host_read(Gather *gather, size_t worker, size_t index, const Language *language, Str text)
{
    Reading reading = gathering_begin(gather, worker, index);
    FileFacts *facts = reading.facts;
    facts->file.language = language->name.at;
    facts->coverage = (Coverage){.files = 1, .host_files = 1, .bytes = text.len};
    Prefiltered found = prefilter_read(gather->prefilters[worker], reading.of_file, language, text);
    found.sql |= is_mapper(language) || is_changelog(language);
    if (!found.sql && !found.places.count && !found.connections) {
        return;
    }
    reading.lines = lines_index(reading.of_file, text);
    LexFile file = host_read_program(&reading, language, text, &found, true);
    read_claim(&reading, &file);
    host_read_comments(&reading, text, file.comments, file.comment_count);
    gathering_keep(&reading);
}
