#include "check/finish.h"
#include "command/command.h"

#include "base/banned.h"

typedef struct {
    const Options *options;
    const Run *run;
    const Baseline *before; /* NULL: the first one */
} BaselineWork;

static void say_total(const Baseline *baseline, Str shown)
{
    Buffer line = {0};
    buffer_append(&line, STR("ringfence: "));
    text_append_printable(&line, shown);
    size_t total = baseline_total(baseline);
    buffer_format(&line, " counts %zu finding%s\n", total, total == 1 ? "" : "s");
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
}

bool command_write_baseline(Arena *arena, Supervisor *supervisor, Str path, Str shown,
                            Baseline *baseline)
{
    Str temporary;
    FILE *out = output_open(arena, supervisor, path, &temporary);
    if (out) {
        baseline_write(out, baseline);
    }
    bool written = out && output_close(supervisor, out, path, temporary);
    if (written) {
        say_total(baseline, shown);
    }
    return written;
}

static void say_left_out(size_t count)
{
    if (count) {
        fprintf(stderr,
                "ringfence: warning: %zu new finding%s left out; mend them, or write them down "
                "with --accept-new\n",
                count, count == 1 ? " is" : "s are");
    }
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
            Map read = finish_paths(arena, &result.gathered, work->run->scope);
            baseline_keep(arena, &now, work->before, &read);
        }
        Str path = run_baseline_path(work->run, &work->options->run);
        Str given = work->options->run.baseline;
        Str shown = given.len ? given : STR(BASELINE_NAME);
        if (command_write_baseline(arena, supervisor, path, shown, &now)) {
            say_left_out(left_out);
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
