#include "check/finish.h"
#include "command/command.h"

#include "base/banned.h"

typedef struct {
    const Options *options;
    const Run *run;
    const Baseline *before; /* NULL: the first one */
} BaselineWork;

static void say(const Baseline *baseline, Str path, size_t left_out)
{
    Buffer line = {0};
    buffer_append(&line, STR("ringfence: "));
    text_append_printable(&line, path);
    size_t total = baseline_total(baseline);
    buffer_format(&line, " counts %zu finding%s\n", total, total == 1 ? "" : "s");
    if (left_out) {
        buffer_format(
            &line,
            "ringfence: warning: %zu new finding%s left out; mend them, or write them down "
            "with --accept-new\n",
            left_out, left_out == 1 ? " is" : "s are");
    }
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
}

static bool write_whole(Arena *arena, Supervisor *supervisor, Str path, Baseline *baseline)
{
    Str temporary;
    FILE *out = output_open(arena, supervisor, path, &temporary);
    if (out) {
        baseline_write(out, baseline);
    }
    return out && output_close(supervisor, out, path, temporary);
}

/* Counts only go down, unless the command line says otherwise. What was not looked at stays as it
 * is. */
static int work(void *context, Supervisor *supervisor)
{
    const BaselineWork *work = context;
    Arena *arena = work->run->arena;
    RunResult result = run_execute(work->run, supervisor);
    int status = EXIT_TROUBLE;
    if (!result.incomplete) {
        Baseline now = baseline_of(arena, &result.findings);
        size_t left_out = work->before && !work->options->accept_new
                              ? baseline_lower(arena, &now, work->before)
                              : 0;
        if (work->before && work->run->partial) {
            Map read = finish_paths(arena, &result.gathered, NULL);
            baseline_keep(arena, &now, work->before, &read);
        }
        Str path = run_baseline_path(work->run, &work->options->run);
        if (write_whole(arena, supervisor, path, &now)) {
            Str given = work->options->run.baseline;
            say(&now, given.len ? given : STR(BASELINE_NAME), left_out);
            status = left_out ? EXIT_FINDINGS : EXIT_CLEAN;
        }
    }
    run_free(&result);
    return status;
}

int command_baseline(Arena *arena, const Options *options)
{
    Run run = {0};
    Baseline before;
    Error error;
    bool found = false;
    if (!command_prepare(arena, options, &run)) {
        return EXIT_TROUBLE;
    }
    if (!run_read_baseline(&run, &options->run, &before, &found, &error)) {
        error_print(&error);
        return EXIT_TROUBLE;
    }
    return supervise(
        work, &(BaselineWork){.options = options, .run = &run, .before = found ? &before : NULL});
}
