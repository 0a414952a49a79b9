#include "check/settings.h"

#include "check/host_liquibase.h"
#include "embedded/credentials.h"
#include "embedded/liquibase.h"
#include "extract/debezium.h"

#include "base/banned.h"

void settings_read_connections(Reading *reading, Str text)
{
    Credentials found = credentials_read(reading->arena, text, &reading->lines,
                                         reading->gather->manifest->ownership);
    for (size_t i = 0; i < found.count; i++) {
        gathering_add(reading, found.at[i], found.ranges[i]);
    }
}

static void read_connectors(Reading *reading, Str text)
{
    DebeziumConnectors connectors =
        debezium_read(reading->arena, reading->scratch, text, &reading->lines);
    for (size_t i = 0; i < connectors.count; i++) {
        array_push(reading->of_file, &reading->statements, connectors.at[i]);
    }
    reading->facts->coverage.dynamic += connectors.dynamic;
}

/* The comments that may let findings pass: from a # or // to the end of its line. */
static void read_suppressions(Reading *reading, Str text)
{
    static const Str mark = STR("ringfence:");
    ARRAY(Range) comments = {0};
    for (size_t at = 0; at < text.len;) {
        size_t found = at + str_find(str_slice(text, at, text.len), mark);
        size_t end = str_find_byte(text, '\n', found);
        size_t start = found;
        while (start > at && text.at[start - 1] != '\n' && text.at[start - 1] != '#' &&
               text.at[start - 1] != '/') {
            start--;
        }
        if (found < text.len && start > at && text.at[start - 1] != '\n') {
            array_push(reading->of_file, &comments, (Range){(uint32_t)start - 1, (uint32_t)end});
        }
        at = end + 1;
    }
    ScriptLayout layout = gathering_layout(reading);
    reading->facts->suppressions = suppress_read_host(reading->arena, text, &reading->lines,
                                                      &layout, comments.at, comments.count);
}

static bool may_be_changelog(Str path)
{
    return str_ends_with(path, STR(".yaml")) || str_ends_with(path, STR(".yml")) ||
           str_ends_with(path, STR(".json"));
}

void settings_read(Gather *gather, size_t worker, size_t index, Str text)
{
    FileFacts *facts = &gather->gathered->at[index];
    bool json = str_ends_with(facts->file.path, STR(".json"));
    bool connectors = json && debezium_is_likely(text);
    bool connections = credentials_are_likely(text);
    Range changelog;
    bool changes = may_be_changelog(facts->file.path) && liquibase_is_key(text, &changelog);
    if ((!connectors && !connections && !changes) || source_is_binary(text)) {
        facts->tied = NULL;
        return;
    }
    Reading reading = gathering_begin(gather, worker, index);
    reading.lines = lines_index(reading.of_file, text);
    facts->file.language = json ? "json" : "settings";
    if (connectors) {
        read_connectors(&reading, text);
    }
    if (changes) {
        host_liquibase_unread(&reading, changelog);
    }
    if (connections) {
        settings_read_connections(&reading, text);
    }
    if (suppress_is_worth(text)) {
        read_suppressions(&reading, text);
    }
    gathering_keep(&reading);
    if (connectors || reading.statements.count) {
        facts->coverage.files = facts->coverage.host_files = 1;
        facts->coverage.bytes = text.len;
    } else {
        facts->tied = NULL;
    }
}
