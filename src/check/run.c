#include "check/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/glob.h"
#include "check/aside.h"
#include "check/finish.h"
#include "check/origin.h"
#include "check/include.h"
#include "check/pool.h"
#include "check/prepare.h"
#include "check/secret.h"
#include "check/twin.h"
#include "embedded/credentials.h"
#include "extract/sieve.h"
#include "lexer/language.h"
#include "source/lines.h"

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

/* Is it of a host language: by its name, or, where that does not tell, by its beginning? Such a
 * file is opened once more when it is read: to keep the beginnings, or to list files of which only
 * some will be read, would take more than that costs. */
static bool is_host_file(const Run *run, Str path)
{
    SourceText head;
    Str reason;
    const Language *named = language_of_name(path);
    size_t name = path.len;
    while (name > 0 && path.at[name - 1] != '/') {
        name--;
    }
    if (named && !named->is_one) {
        return true;
    }
    if (!named && memchr(path.at + name, '.', path.len - name)) {
        return false;
    }
    if (!source_open_head(run->arena, &run->root, path, LANGUAGE_HEAD, &head, &reason)) {
        return named; /* it may be one: whoever reads it says why it cannot be read */
    }
    bool host = language_of_file(path, head.text) != NULL;
    source_close(&head);
    return host;
}

static bool is_host_name(const Run *run, Str path)
{
    (void)run;
    return language_of_name(path) != NULL;
}

static bool is_read(const Run *run, Str path, bool (*is_host)(const Run *run, Str path))
{
    const Manifest *manifest = run->manifest;
    return !any_matches(&manifest->sql_exclude, path) &&
           (credentials_in_file(path) || /* JSON may hold a connector, too */
            any_matches(&manifest->sql_include, path) ||
            (!manifest->sql_include_given && is_host(run, path)));
}

bool run_reads(const Run *run, Str path)
{
    return is_read(run, path, is_host_file);
}

bool run_reads_name(const Run *run, Str path)
{
    return is_read(run, path, is_host_name);
}

/* With the prefix, if there is one. */
static Str prefixed(const Run *run, Str path)
{
    Str prefix = run->root.prefix;
    return prefix.len ? arena_format(run->arena, "%.*s%.*s", STR_ARGS(prefix), STR_ARGS(path))
                      : path;
}

bool run_is_wanted(void *context, Str path)
{
    const Run *run = context;
    return run_reads(run, prefixed(run, path));
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
        skip.path = prefixed(run, skip.path);
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
    run->list_hash = str_hash(STR(""));
    for (size_t i = 0; i < list->entries.count; i++) {
        SourceEntry entry = list->entries.at[i];
        entry.path = prefixed(run, entry.path);
        entry.aside = !shard_has(run->shard, entry.path);
        run->list_hash = str_hash_more(str_hash_more(run->list_hash, entry.path),
                                       (Str){.at = "", .len = 1});
        if (!entry.aside || !options->own_only) {
            list->entries.at[kept++] = entry;
        }
    }
    list->entries.count = kept;
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
    if (!source_list(arena, &run->root, run_working_directory(arena), options->paths,
                     options->path_count, run_is_wanted, run, &run->sources, error)) {
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

/* Says on standard error what was not read; true if the run is incomplete for it. */
static bool report_unread(const Run *run, const Gathered *gathered)
{
    bool incomplete = false;
    Error error;
    for (size_t i = 0; i < run->sources.skips.count; i++) {
        const SourceSkip *skip = &run->sources.skips.at[i];
        error_set(&error, skip->path, (Position){0}, "not checked: %.*s", STR_ARGS(skip->reason));
        error_print(&error);
        incomplete |= skip->fatal;
    }
    for (size_t i = 0; i < gathered->count; i++) {
        const FileFacts *facts = &gathered->at[i];
        if (facts->unreadable.len) {
            error_set(&error, facts->file.path, (Position){0}, "not checked: %.*s",
                      STR_ARGS(facts->unreadable));
            error_print(&error);
            incomplete = true;
        }
        if (facts->tied) {
            error_set(&error, facts->file.path, (Position){0},
                      "the paths of %.*s and %.*s both claim this file, and neither is more "
                      "specific",
                      STR_ARGS(facts->file.service->name), STR_ARGS(facts->tied->name));
            error_print(&error);
            incomplete = true;
        }
    }
    return incomplete;
}

/* Other shards answer for their files. */
static void forget_others(const Run *run, Gathered *gathered)
{
    for (size_t i = 0; i < gathered->count; i++) {
        FileFacts *facts = &gathered->at[i];
        if (!shard_has(run->shard, facts->file.path)) {
            facts->coverage = (Coverage){0};
            facts->unreadable = (Str){0};
            facts->tied = NULL;
        }
    }
}

static void keep_own(const Run *run, Findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (shard_has(run->shard, findings->at[i].path)) {
            findings->at[kept++] = findings->at[i];
        }
    }
    findings->count = kept;
}

static Gathered read_all(const Run *run, Supervisor *supervisor)
{
    return run->gathered ? *run->gathered
                         : gather(run->arena, &run->root, &run->sources, run->manifest, run->jobs,
                                  supervisor, NULL);
}

RunResult run_gather(const Run *run, Supervisor *supervisor)
{
    RunResult result = {.gathered = read_all(run, supervisor)};
    result.incomplete = report_unread(run, &result.gathered);
    return result;
}

/* Judges what `run` has read. */
static void judge_all(const Run *run, const Scope *scope, RunResult *result)
{
    include_link(run->arena, &result->gathered);
    forget_others(run, &result->gathered);
    bool *exceptions_used = ARENA_ARRAY(run->arena, bool, run->manifest->exceptions.count + 1);
    result->findings = judge(run->arena, run->manifest, run->manifest_path, run->levels, run->today,
                             &result->gathered, exceptions_used);
    forget_others(run, &result->gathered); /* what was uncertain has been counted now */
    for (size_t i = 0; i < result->gathered.count; i++) {
        coverage_add(&result->coverage, &result->gathered.at[i].coverage);
    }
    finish(&(Finish){.arena = run->arena,
                     .manifest = run->manifest,
                     .manifest_path = run->manifest_path,
                     .levels = run->levels,
                     .today = run->today,
                     .gathered = &result->gathered,
                     .exceptions_used = exceptions_used,
                     .baseline = run->baseline,
                     .baseline_strict = run->baseline_strict,
                     .partial = run->partial,
                     .sharded = run->shard.count > 1,
                     .scope = scope},
           &result->findings, &result->suppressed);
    keep_own(run, &result->findings);
    keep_own(run, &result->suppressed);
}

/* Reads what there was before, but for what `gathered` says already. */
static void gather_base(const Run *run, Supervisor *supervisor, const Gathered *gathered,
                        RunResult *before)
{
    const Run *base = run->base;
    GatherTwin twin = {.root = &run->root, .sources = &run->sources, .gathered = gathered};
    bool alike = base->manifest == run->manifest && run->root.snapshot;
    before->gathered = gather(base->arena, &base->root, &base->sources, base->manifest, base->jobs,
                              supervisor, alike ? &twin : NULL);
}

RunResult run_execute(const Run *run, Supervisor *supervisor)
{
    RunResult result = {0};
    RunResult before = {0};
    Scope scope;
    if (run->scope) {
        scope = *run->scope;
    }
    result.gathered = read_all(run, supervisor);
    if (run->base) {
        supervisor_turn(supervisor, 1);
        gather_base(run, supervisor, &result.gathered, &before);
        supervisor_turn(supervisor, 0);
        judge_all(run->base, NULL, &before);
        scope.before = &before.findings;
    }
    judge_all(run, run->scope ? &scope : NULL, &result);
    result.incomplete = report_unread(run, &result.gathered);
    gather_free(&before.gathered);
    return result;
}

void run_free(RunResult *result)
{
    gather_free(&result->gathered);
}

void run_close(Run *run)
{
    source_repository_close(run->repository);
    run->repository = NULL;
}

/* The excerpts of the findings from `first` on that are in the same file; returns the next file's
 * first. */
static size_t add_excerpts_of_file(const Run *run, Findings *findings, size_t first)
{
    SourceText source;
    Str reason;
    Str path = findings->at[first].path;
    Arena *scratch = arena_new();
    Arena *of_statement = arena_new();
    Sieve sieve;
    SourceSieve lean = sieve_for(&sieve, scratch, of_statement);
    bool open = source_open_lean(run->arena, &run->root, path,
                                 aside_is_script(path) ? &lean : NULL, &source, &reason);
    LineIndex lines = {0};
    if (open && !source_is_binary(source.text)) {
        lines = lines_index_gaps(scratch, source.text, source.gaps, source.gap_count);
    }
    size_t i = first;
    for (; i < findings->count && str_equal(findings->at[i].path, path); i++) {
        Finding *finding = &findings->at[i];
        bool same = i > first && finding[-1].place.start.line == finding->place.start.line;
        if (same) {
            finding->excerpt =
                finding[-1].excerpt; /* a generated line may be long, and hold thousands */
        } else if (lines.count) {
            finding->excerpt =
                secret_mask(run->arena, lines_line(&lines, finding->place.start.line));
        }
    }
    arena_free(of_statement);
    arena_free(scratch);
    if (open) {
        source_close(&source);
    }
    return i;
}

void run_add_excerpts(const Run *run, Findings *findings)
{
    for (size_t i = 0; i < findings->count;) {
        i = add_excerpts_of_file(run, findings, i);
    }
}
