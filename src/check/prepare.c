#include "check/prepare.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/glob.h"
#include "base/pool.h"
#include "check/listing.h"
#include "check/origin.h"
#include "embedded/credentials.h"
#include "lexer/language.h"

#include "base/banned.h"

Str run_working_directory(Arena *arena)
{
    char *directory = getcwd(NULL, 0);
    Str copy = directory ? arena_copy(arena, str_from(directory)) : STR("/");
    free(directory);
    return copy;
}

/* Without the last component of `path`; "." where there is only one. */
Str run_folder_of(Str path)
{
    for (size_t i = path.len; i > 0; i--) {
        if (path.at[i - 1] == '/') {
            return str_slice(path, 0, i > 1 ? i - 1 : 1);
        }
    }
    return STR(".");
}

const char *const run_manifest_names[RUN_MANIFEST_NAMES] = {"ringfence.yaml", "ringfence.yml",
                                                            "ringfence.json"};

bool run_find_manifest(Arena *arena, Str directory, const RunOptions *options, Str *path,
                       Error *error)
{
    if (options->manifest.len) {
        *path = options->manifest;
        return true;
    }
    SourceRoot around;
    if (!source_find_root(arena, directory, options->root, STR(""), &around, error)) {
        return false;
    }
    Str start = options->root.len ? around.root : directory;
    Str stop = around.in_repository || options->root.len ? around.root : STR("");
    *path = source_find_upwards(arena, start, stop, run_manifest_names, RUN_MANIFEST_NAMES);
    return path->len ||
           error_set(error, STR(""), (Position){0},
                     "no ringfence.yaml in %.*s or above it; write one, or name it with --manifest",
                     STR_ARGS(start));
}

/* The path as messages show it: relative to the working directory where it is below it. */
Str run_shown_path(Str directory, Str path)
{
    bool below = str_starts_with(path, directory) && path.len > directory.len + 1 &&
                 path.at[directory.len] == '/';
    return below ? str_slice(path, directory.len + 1, path.len) : path;
}

/* The path below the root, where findings are; a manifest elsewhere is called as it was given. */
Str run_path_in_root(Arena *arena, Str root, Str path)
{
    char *real = realpath(arena_copy(arena, path).at, NULL);
    Str shown = real ? run_shown_path(root, arena_copy(arena, str_from(real))) : path;
    free(real);
    return shown.len && shown.at[0] == '/' ? path : shown;
}

bool run_read_whole(Arena *arena, Str path, Str shown, Str *text, Error *error)
{
    FILE *file = fopen(arena_copy(arena, path).at, "rb");
    Buffer buffer = {0};
    char chunk[65536];
    size_t got;
    if (!file) {
        return error_set(error, shown, (Position){0}, "cannot be opened: %s", strerror(errno));
    }
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(&buffer, (Str){.at = chunk, .len = got});
    }
    bool failed = ferror(file) != 0;
    int reason = errno;
    fclose(file);
    *text = arena_copy(arena, buffer_str(&buffer));
    buffer_free(&buffer);
    return !failed ||
           error_set(error, shown, (Position){0}, "cannot be read: %s", strerror(reason));
}

StrList run_rule_ids(Arena *arena)
{
    StrList ids = {.at = ARENA_ARRAY(arena, Str, RULE_COUNT), .count = RULE_COUNT};
    for (size_t i = 0; i < RULE_COUNT; i++) {
        ids.at[i] = rules_all[i]->id;
    }
    return ids;
}

bool run_parse_manifest(Arena *arena, Str text, Str shown, Run *run, Error *error)
{
    ManifestMistakes mistakes = {0};
    run->manifest_hash = str_hash(text);
    run->manifest_text = text;
    run->manifest = manifest_parse(arena, shown, text, run_rule_ids(arena), &mistakes);
    manifest_print_mistakes(shown, &mistakes);
    error->text[0] = '\0';
    return run->manifest != NULL;
}

/* The date that exceptions are measured by: SOURCE_DATE_EPOCH's, if it is set, else today's, in
 * UTC. Source: https://reproducible-builds.org/specs/source-date-epoch/ */
static uint32_t today(void)
{
    uint64_t seconds;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    bool given = epoch && str_to_number(str_from(epoch), INT64_MAX / 2, &seconds);
    time_t moment = given ? (time_t)seconds : time(NULL);
    struct tm date;
    if (!gmtime_r(&moment, &date)) {
        return 0;
    }
    return (uint32_t)((date.tm_year + 1900) * 10000 + (date.tm_mon + 1) * 100 + date.tm_mday);
}

void run_set_levels(Run *run, const RunOptions *options)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        run->levels[i] = rules_all[i]->level;
    }
    for (size_t i = 0; i < run->manifest->rules.count; i++) {
        size_t rule = rules_find(run->manifest->rules.at[i].rule);
        run->levels[rule] = run->manifest->rules.at[i].level;
    }
    for (size_t i = 0; i < options->level_count; i++) {
        run->levels[options->levels[i].rule] = options->levels[i].level;
    }
}

static bool any_matches(const StrList *patterns, Str path)
{
    for (size_t i = 0; i < patterns->count; i++) {
        if (glob_match(patterns->at[i], path, '/')) {
            return true;
        }
    }
    return false;
}

/* Opens so much of the file as tells its language: some begin with a long comment. */
static bool open_head(const Run *run, Arena *scratch, Str path, SourceText *head)
{
    Str reason;
    if (!source_open_head(scratch, &run->root, path, LANGUAGE_HEAD, head, &reason)) {
        return false;
    }
    if (!language_wants_more(path, head->text)) {
        return true;
    }
    source_close(head);
    return source_open_head(scratch, &run->root, path, LANGUAGE_FARTHEST, head, &reason);
}

/* Is it of a host language: by its name, or, where that does not tell, by its beginning? Such a
 * file is opened once more when it is read: to keep the beginnings, or to list files of which only
 * some will be read, would take more than that costs. */
static bool is_host_file(const Run *run, Arena *scratch, Str path)
{
    SourceText head;
    const Language *named = language_of_name(path);
    size_t name = path.len;
    while (name > 0 && path.at[name - 1] != '/') {
        name--;
    }
    if (named && !named->guess) {
        return true;
    }
    if (!named && memchr(path.at + name, '.', path.len - name)) {
        return false;
    }
    if (!open_head(run, scratch, path, &head)) {
        return named; /* it may be one: whoever reads it says why it cannot be read */
    }
    bool host = language_of_file(path, head.text) != NULL;
    source_close(&head);
    return host;
}

static bool is_host_name(const Run *run, Arena *scratch, Str path)
{
    (void)run;
    (void)scratch;
    return language_of_name(path) != NULL;
}

static bool is_read(const Run *run, Arena *scratch, Str path,
                    bool (*is_host)(const Run *run, Arena *scratch, Str path))
{
    const Manifest *manifest = run->manifest;
    return !any_matches(&manifest->sql_exclude, path) &&
           (credentials_in_file(path) || /* JSON may hold a connector, too */
            any_matches(&manifest->sql_include, path) ||
            (!manifest->sql_include_given && is_host(run, scratch, path)));
}

bool run_reads_name(const Run *run, Str path)
{
    return is_read(run, run->arena, path, is_host_name);
}

/* With the prefix, if there is one. */
static Str prefixed(const Run *run, Arena *arena, Str path)
{
    Str prefix = run->root.prefix;
    return prefix.len ? arena_format(arena, "%.*s%.*s", STR_ARGS(prefix), STR_ARGS(path)) : path;
}

bool run_is_wanted(void *context, Arena *scratch, Str path)
{
    const Run *run = context;
    return is_read(run, scratch, prefixed(run, scratch, path), is_host_file);
}

SourceFilter run_filter(Run *run)
{
    return (SourceFilter){.keep = run_is_wanted, .context = run, .jobs = run->jobs};
}

Run run_begin(Arena *arena, const RunOptions *options)
{
    return (Run){.arena = arena,
                 .shard = options->shard,
                 .jobs = options->jobs ? options->jobs : pool_processors(),
                 .today = today()};
}

bool run_load(Arena *arena, const RunOptions *options, Run *run, Error *error)
{
    Str directory = run_working_directory(arena);
    Str text;
    *run = run_begin(arena, options);
    if (!run_find_manifest(arena, directory, options, &run->manifest_path, error)) {
        return false;
    }
    Str shown = run_shown_path(directory, run->manifest_path);
    if (!run_read_whole(arena, run->manifest_path, shown, &text, error) ||
        !run_parse_manifest(arena, text, shown, run, error)) {
        return false;
    }
    run_set_levels(run, options);
    return true;
}

bool run_prepare_merge(Arena *arena, const RunOptions *options, Run *run, Error *error)
{
    Str directory = run_working_directory(arena);
    if (!run_load(arena, options, run, error)) {
        return false;
    }
    if (!source_find_root(arena, directory, options->root, run_folder_of(run->manifest_path),
                          &run->root, error)) {
        return false;
    }
    run->manifest_path = run_path_in_root(arena, run->root.root, run->manifest_path);
    return true;
}

/* Other shards say what was skipped of theirs. */
static void take_skips(const Run *run, SourceList *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->skips.count; i++) {
        SourceSkip skip = list->skips.at[i];
        skip.path = prefixed(run, run->arena, skip.path);
        if (shard_has(run->shard, skip.path)) {
            list->skips.at[kept++] = skip;
        }
    }
    list->skips.count = kept;
}

/* The list as this shard sees it: other shards' files are there for what they declare, or not at
 * all. */
static void take_shard(Run *run, const RunOptions *options)
{
    SourceList *list = &run->sources;
    size_t kept = 0;
    run->list_hash = str_hash((Str){0});
    for (size_t i = 0; i < list->entries.count; i++) {
        SourceEntry entry = list->entries.at[i];
        entry.path = prefixed(run, run->arena, entry.path);
        bool own = shard_has(run->shard, entry.path);
        entry.aside |= !own;
        if (options->own_only) {
            run->list_hash =
                str_hash_more(str_hash_more(run->list_hash, entry.path), (Str){.at = "", .len = 1});
        }
        if (own || !options->own_only) {
            list->entries.at[kept++] = entry;
        }
    }
    list->entries.count = kept;
}

/* The files that were asked for, and what others may declare for them: a name means the same,
 * however few files are checked. */
static bool list_asked(Run *run, const RunOptions *options, Error *error)
{
    SourceList *asked = NULL;
    if (!listing_read(run, options, &asked, error)) {
        return false;
    }
    if (asked) {
        Scope *scope = ARENA_NEW(run->arena, Scope);
        scope->paths = asked;
        scope->also = run->manifest_path;
        run->scope = scope;
        listing_set_aside(&run->sources, scope);
    }
    return true;
}

bool run_prepare(Arena *arena, const RunOptions *options, Run *run, Error *error)
{
    if (origin_is_special(options)) {
        bool prepared = origin_prepare(arena, options, run, error);
        run->partial |= options->shard.count > 1;
        take_skips(run, &run->sources);
        return prepared;
    }
    if (!run_prepare_merge(arena, options, run, error)) {
        return false;
    }
    run->partial = options->path_count > 0 || options->shard.count > 1;
    run->root.prefix = options->prefix;
    if (!list_asked(run, options, error)) {
        return false;
    }
    take_skips(run, &run->sources);
    take_shard(run, options);
    return true;
}

Str run_baseline_path(const Run *run, const RunOptions *options)
{
    return options->baseline.len
               ? options->baseline
               : arena_format(run->arena, "%.*s/" BASELINE_NAME, STR_ARGS(run->root.root));
}

bool run_read_baseline(const Run *run, const RunOptions *options, Baseline *baseline, bool *found,
                       Error *error)
{
    Str text = {0};
    Str path = run_baseline_path(run, options);
    Str shown = run_path_in_root(run->arena, run->root.root, path);
    if (run->root.snapshot && origin_read(run, path, &shown, &text)) {
        *found = true;
        return baseline_parse(run->arena, text, shown, baseline, error);
    }
    bool elsewhere = run->root.snapshot && !options->baseline.len;
    *found = !elsewhere && access(arena_copy(run->arena, path).at, F_OK) == 0;
    if (!*found) {
        return true;
    }
    return run_read_whole(run->arena, path, shown, &text, error) &&
           baseline_parse(run->arena, text, shown, baseline, error);
}
