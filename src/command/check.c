#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/origin.h"
#include "command/command.h"
#include "lexer/language.h"
#include "report/report.h"
#include "sql/parse.h"

#include "base/banned.h"

typedef struct {
    const Options *options;
    const Run *run;
} CheckWork;

static bool wants_color(const Options *options)
{
    const char *no_color =
        getenv("NO_COLOR"); /* https://no-color.org: any value but an empty one */
    if (options->color != COLOR_AUTO) {
        return options->color == COLOR_ALWAYS;
    }
    return isatty(STDOUT_FILENO) && !(no_color && no_color[0]);
}

static void keep_service(const Options *options, Findings *findings)
{
    size_t kept = 0;
    Str service = options->service;
    for (size_t i = 0; i < findings->count; i++) {
        const Finding *finding = &findings->at[i];
        if (!service.len || str_equal(finding->service, service) ||
            (options->audits && str_equal(finding->owner, service))) {
            findings->at[kept++] = *finding;
        }
    }
    findings->count = kept;
}

void command_keep_service(const Options *options, RunResult *result)
{
    keep_service(options, &result->findings);
    keep_service(options, &result->suppressed);
}

/* As the coverage line counts: statements checked of statements found. Where nothing was found,
 * nothing was checked. */
static bool has_coverage(const Coverage *coverage, unsigned percent)
{
    uint64_t found = coverage->statements;
    if (!percent || (found && coverage->checked * 100 >= found * percent)) {
        return true;
    }
    if (!found) {
        fprintf(stderr,
                "ringfence: error: --min-coverage asks for %u %%, and no statement was found\n",
                percent);
        return false;
    }
    uint64_t tenths = coverage->checked * 1000 / found;
    fprintf(stderr,
            "ringfence: error: %llu of %llu statements could be checked: %llu.%llu %%, and "
            "--min-coverage asks for %u %%\n",
            (unsigned long long)coverage->checked, (unsigned long long)found,
            (unsigned long long)tenths / 10, (unsigned long long)tenths % 10, percent);
    return false;
}

static int exit_status(const Options *options, const RunResult *result)
{
    if (result->incomplete) {
        return EXIT_TROUBLE;
    }
    if (!has_coverage(&result->coverage, options->coverage)) {
        return EXIT_FINDINGS;
    }
    for (size_t i = 0; i < result->findings.count; i++) {
        if (result->findings.at[i].level >= options->fail_on) {
            return EXIT_FINDINGS;
        }
    }
    return EXIT_CLEAN;
}

/* A JSON file that turned out to be no connector's is none of the files that were asked for. */
static size_t list_files(ReportFile *files, const Gathered *gathered)
{
    size_t count = 0;
    for (size_t i = 0; i < gathered->count; i++) {
        const FileFacts *facts = &gathered->at[i];
        if (facts->coverage.files || facts->unreadable.len) {
            files[count++] =
                (ReportFile){.path = facts->file.path,
                             .service = facts->file.service ? facts->file.service->name : (Str){0},
                             .unread = facts->unreadable};
        }
    }
    return count;
}

/* Documents, which hold several languages. */
static void count_other(ReportLanguage *languages, size_t *count, const char *name, uint64_t found)
{
    size_t i = 0;
    while (i < *count && strcmp(languages[i].name, name) != 0) {
        i++;
    }
    if (i == *count) {
        languages[(*count)++] = (ReportLanguage){.name = name};
    }
    languages[i].fragments += found;
}

/* SQL's own, then those of each host language that has any. */
static size_t list_languages(ReportLanguage *languages, const RunResult *result)
{
    uint64_t fragments[LANGUAGE_MOST] = {0};
    const Coverage *all = &result->coverage;
    size_t count = 1;
    languages[0] =
        (ReportLanguage){.name = "sql", .fragments = all->fragments - all->host_fragments};
    for (size_t i = 0; i < result->gathered.count; i++) {
        const FileFacts *facts = &result->gathered.at[i];
        uint64_t found = facts->coverage.host_fragments;
        const Language *language = found ? language_named(str_from(facts->file.language)) : NULL;
        if (language) {
            fragments[language_index(language)] += found;
        }
    }
    for (size_t i = 0; language_at(i); i++) {
        if (fragments[i]) {
            languages[count++] =
                (ReportLanguage){.name = language_at(i)->name.at, .fragments = fragments[i]};
        }
    }
    for (size_t i = 0; i < result->gathered.count; i++) {
        const FileFacts *facts = &result->gathered.at[i];
        uint64_t found = facts->coverage.host_fragments;
        if (found && !language_named(str_from(facts->file.language))) {
            count_other(languages, &count, facts->file.language, found);
        }
    }
    return count;
}

static Report make_report(Arena *arena, const Options *options, const RunResult *result)
{
    const Coverage *coverage = &result->coverage;
    ReportLanguage *languages = ARENA_ARRAY(arena, ReportLanguage, LANGUAGE_MOST + 3);
    ReportFile *files = ARENA_ARRAY(arena, ReportFile, result->gathered.count + 1);
    return (Report){.findings = result->findings.at,
                    .count = result->findings.count,
                    .suppressed = result->suppressed.at,
                    .suppressed_count = result->suppressed.count,
                    .files = files,
                    .file_count = list_files(files, &result->gathered),
                    .coverage = {.files = coverage->files,
                                 .sql_files = coverage->sql_files,
                                 .host_files = coverage->host_files,
                                 .fragments = coverage->fragments,
                                 .statements = coverage->statements,
                                 .checked = coverage->checked,
                                 .dynamic = coverage->dynamic,
                                 .unparsed = coverage->unparsed,
                                 .bytes = coverage->bytes,
                                 .languages = languages,
                                 .language_count = list_languages(languages, result)},
                    .version = RINGFENCE_VERSION,
                    .postgres = parse_major_version(),
                    .fail_on = options->fail_on,
                    .incomplete = result->incomplete,
                    .database = options->audits,
                    .quiet = options->quiet};
}

/* What the format adds to a file that the environment names: GitHub's job summary. */
static bool write_extra(const ReportFormat *format, const Report *report)
{
    const char *path = format->extra_variable ? getenv(format->extra_variable) : NULL;
    if (!path || !path[0]) {
        return true;
    }
    FILE *out = fopen(path, "ab");
    bool written = false;
    if (out) {
        format->write_extra(out, report);
        written = !ferror(out);
        written &= fclose(out) == 0;
    }
    if (!written) {
        Error error;
        error_set(&error, str_from(path), (Position){0}, "cannot be written: %s", strerror(errno));
        error_print(&error);
    }
    return written;
}

static bool write_report(Arena *arena, Supervisor *supervisor, const Target *target,
                         const Options *options, Report *report)
{
    Str temporary;
    FILE *out = output_open(arena, supervisor, target->output, &temporary);
    if (!out) {
        return false;
    }
    report->color = !target->output.len && wants_color(options);
    target->format->write(out, report);
    bool closed = output_close(supervisor, out, target->output, temporary);
    return write_extra(target->format, report) && closed;
}

int command_report(const Run *run, const Options *options, Supervisor *supervisor,
                   const RunResult *result)
{
    int status = exit_status(options, result);
    Report report = make_report(run->arena, options, result);
    for (size_t i = 0; i < options->target_count; i++) {
        if (!write_report(run->arena, supervisor, &options->targets[i], options, &report)) {
            status = EXIT_TROUBLE;
        }
    }
    return status;
}

static bool shows_excerpts(const Options *options)
{
    Excerpts least = options->quiet ? EXCERPTS_ALWAYS : EXCERPTS_UNLESS_QUIET;
    bool shows = false;
    for (size_t i = 0; i < options->target_count; i++) {
        shows |= options->targets[i].format->excerpts >= least;
    }
    return shows;
}

static int work(void *context, Supervisor *supervisor)
{
    const CheckWork *check = context;
    const Options *options = check->options;
    RunResult result = run_execute(check->run, supervisor);
    command_keep_service(options, &result);
    if (shows_excerpts(options)) {
        run_add_excerpts(check->run, &result);
    }
    int status = command_report(check->run, options, supervisor, &result);
    bool asked = !check->run->scope || !origin_is_special(&options->run);
    if (!result.coverage.files && asked && check->run->shard.count < 2) {
        fputs("ringfence: warning: no SQL file was found: nothing was checked\n", stderr);
    }
    run_free(&result);
    return status;
}

bool command_check_service(const Options *options, const Run *run)
{
    Error error;
    if (!options->service.len || manifest_service(run->manifest, options->service)) {
        return true;
    }
    error_set(&error, STR(""), (Position){0}, "the manifest has no service called %.*s",
              STR_ARGS(options->service));
    error_print(&error);
    return false;
}

static void say_what_is_read(const Run *run)
{
    Buffer line = {0};
    buffer_append(&line, STR("ringfence: manifest "));
    text_append_printable(&line, run->manifest->path);
    buffer_append(&line, STR(", root "));
    text_append_printable(&line, run->root.root);
    if (run->root.snapshot) {
        buffer_append(&line, STR(", from "));
        text_append_printable(&line, source_snapshot_name(run->root.snapshot));
    }
    buffer_format(&line, ", %zu services, %zu files, %zu jobs\n", run->manifest->services.count,
                  run->sources.entries.count, run->jobs);
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
}

bool command_take_baseline(const Options *options, Run *run, Baseline *baseline)
{
    Error error;
    bool found = false;
    if (!options->run.no_baseline &&
        !run_read_baseline(run, &options->run, baseline, &found, &error)) {
        error_print(&error);
        return false;
    }
    if (options->run.baseline.len && !found) {
        error_set(&error, options->run.baseline, (Position){0},
                  "there is no such baseline; `ringfence baseline --baseline FILE` writes one");
        error_print(&error);
        return false;
    }
    run->baseline = found ? baseline : NULL;
    run->baseline_strict = options->run.baseline_strict;
    return true;
}

int command_check_prepared(const Options *options, Run *run)
{
    Baseline baseline;
    if (!command_check_service(options, run) || !command_take_baseline(options, run, &baseline)) {
        return EXIT_TROUBLE;
    }
    if (options->verbose) {
        say_what_is_read(run);
    }
    return supervise(work, &(CheckWork){.options = options, .run = run});
}

int command_check(Arena *arena, const Options *options)
{
    Run run = {0};
    if (!command_prepare(arena, options, &run)) {
        return EXIT_TROUBLE;
    }
    int status = command_check_prepared(options, &run);
    run_close(&run);
    return status;
}
