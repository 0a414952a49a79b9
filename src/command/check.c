#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "report/report.h"
#include "sql/parse.h"

#include "base/banned.h"

typedef struct {
    const Options *options;
    const Run *run;
} CheckWork;

static bool wants_color(const Options *options)
{
    const char *no_color = getenv("NO_COLOR"); /* https://no-color.org: any value but an empty one */
    if (options->color != COLOR_AUTO) {
        return options->color == COLOR_ALWAYS;
    }
    return !options->output.len && isatty(STDOUT_FILENO) && !(no_color && no_color[0]);
}

static void keep_service(Findings *findings, Str service)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (!service.len || str_equal(findings->at[i].service, service)) {
            findings->at[kept++] = findings->at[i];
        }
    }
    findings->count = kept;
}

static int exit_status(const Options *options, const RunResult *result)
{
    if (result->incomplete) {
        return EXIT_TROUBLE;
    }
    const Coverage *coverage = &result->coverage;
    if (coverage->checked * 100 < coverage->statements * options->coverage) {
        fprintf(stderr, "ringfence: error: fewer than %u %% of the statements could be checked\n",
                options->coverage);
        return EXIT_FINDINGS;
    }
    for (size_t i = 0; i < result->findings.count; i++) {
        if (result->findings.at[i].level >= options->fail_on) {
            return EXIT_FINDINGS;
        }
    }
    return EXIT_CLEAN;
}

static Report make_report(const Options *options, const RunResult *result)
{
    const Coverage *coverage = &result->coverage;
    return (Report){.findings = result->findings.at,
                    .count = result->findings.count,
                    .coverage = {.files = coverage->files,
                                 .sql_files = coverage->sql_files,
                                 .host_files = coverage->host_files,
                                 .fragments = coverage->fragments,
                                 .statements = coverage->statements,
                                 .checked = coverage->checked,
                                 .dynamic = coverage->dynamic,
                                 .unparsed = coverage->unparsed,
                                 .bytes = coverage->bytes},
                    .version = RINGFENCE_VERSION,
                    .postgres = parse_major_version(),
                    .color = wants_color(options),
                    .quiet = options->quiet};
}

static int work(void *context, Supervisor *supervisor)
{
    const CheckWork *check = context;
    const Options *options = check->options;
    RunResult result = run_execute(check->run, supervisor);
    keep_service(&result.findings, options->service);
    run_add_excerpts(check->run, &result.findings);
    Str temporary;
    FILE *out = output_open(check->run->arena, supervisor, options->output, &temporary);
    int status = exit_status(options, &result);
    if (out) {
        Report report = make_report(options, &result);
        report_format(options->format)->write(out, &report);
    }
    if (!out || !output_close(supervisor, out, options->output, temporary)) {
        status = EXIT_TROUBLE;
    }
    if (!result.coverage.files) {
        fputs("ringfence: warning: no SQL file was found: nothing was checked\n", stderr);
    }
    run_free(&result);
    return status;
}

/* Every name that an option holds must be one of the manifest's. */
static bool check_service(const Options *options, const Run *run)
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
    buffer_format(&line, ", %zu services, %zu files, %zu jobs\n", run->manifest->services.count,
                  run->sources.entries.count, run->jobs);
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
}

int command_check(Arena *arena, const Options *options)
{
    Run run;
    if (!command_prepare(arena, options, &run) || !check_service(options, &run)) {
        return EXIT_TROUBLE;
    }
    if (options->verbose) {
        say_what_is_read(&run);
    }
    return supervise(work, &(CheckWork){.options = options, .run = &run});
}
