#include <errno.h>
#include <unistd.h>

#include "base/diff.h"
#include "command/command.h"
#include "command/grants_diff.h"
#include "command/grants_json.h"
#include "grants/script.h"

#include "base/banned.h"

typedef struct {
    Arena *arena;
    const Options *options;
    const Plan *plan;
} GrantsWork;

/* The service that --service names; false (and a line printed) when there are no grants for it. */
static bool find_service(const Options *options, const Run *run, const Service **only)
{
    Error error;
    *only = manifest_service(run->manifest, options->service);
    if (!*only || (*only)->stage != STAGE_SPLIT) {
        return command_check_service(options, run);
    }
    error_set(&error, STR(""), (Position){0},
              "the service %.*s is at stage split: it has a server of its own",
              STR_ARGS(options->service));
    error_print(&error);
    return false;
}

static bool make_plan(const Options *options, const Run *run, Plan *plan)
{
    PlanOptions wanted = {.create_roles = options->grants.create_roles, .today = run->today};
    ManifestMistakes mistakes = {0};
    if (!find_service(options, run, &wanted.only)) {
        return false;
    }
    bool made = plan_make(run->arena, run->manifest, &wanted, plan, &mistakes);
    manifest_print_mistakes(run->manifest->path, &mistakes);
    return made;
}

static void write_text(Buffer *out, const Options *options, const Plan *plan)
{
    if (options->grants.json) {
        grants_json(out, plan);
    } else if (options->grants.assert_only) {
        script_assert(out, plan);
    } else {
        script_apply(out, plan);
    }
}

static bool write_output(Supervisor *supervisor, const GrantsWork *grants, const Buffer *text)
{
    Str temporary;
    Str path = grants->options->targets[0].output;
    FILE *out = output_open(grants->arena, supervisor, path, &temporary);
    if (out && text->len) {
        fwrite(text->at, 1, text->len, out);
    }
    return out && output_close(supervisor, out, path, temporary);
}

/* Where nothing was committed yet, all of it is new. */
static bool read_committed(Arena *arena, Str path, Str *text)
{
    Error error;
    *text = (Str){0};
    if (access(arena_copy(arena, path).at, F_OK) != 0 && errno == ENOENT) {
        return true;
    }
    bool read = run_read_whole(arena, path, path, text, &error);
    if (!read) {
        error_print(&error);
    }
    return read;
}

static int compare_with_file(Supervisor *supervisor, const GrantsWork *grants, const Buffer *text)
{
    Str committed;
    Str path = grants->options->grants.check;
    if (!read_committed(grants->arena, path, &committed)) {
        return EXIT_TROUBLE;
    }
    Buffer diff = {0};
    diff_append(&diff, committed, buffer_str(text), path, STR("what the manifest says now"));
    int status = diff.len ? EXIT_FINDINGS : EXIT_CLEAN;
    status = write_output(supervisor, grants, &diff) ? status : EXIT_TROUBLE;
    buffer_free(&diff);
    return status;
}

static int compare_with_database(Supervisor *supervisor, const GrantsWork *grants)
{
    Buffer text = {0};
    Error error;
    size_t differences = 0;
    int status = EXIT_TROUBLE;
    if (!grants_diff(&text, grants->plan, grants->options->grants.database, &differences, &error)) {
        error_print(&error);
    } else if (write_output(supervisor, grants, &text)) {
        status = differences ? EXIT_FINDINGS : EXIT_CLEAN;
    }
    buffer_free(&text);
    return status;
}

static int work(void *context, Supervisor *supervisor)
{
    const GrantsWork *grants = context;
    if (grants->options->grants.database.len) {
        return compare_with_database(supervisor, grants);
    }
    Buffer text = {0};
    write_text(&text, grants->options, grants->plan);
    int status = grants->options->grants.check.len ? compare_with_file(supervisor, grants, &text)
                 : write_output(supervisor, grants, &text) ? EXIT_CLEAN
                                                           : EXIT_TROUBLE;
    buffer_free(&text);
    return status;
}

/* Options that each ask for something else. */
static bool check_options(const Options *options)
{
    bool database = options->grants.database.len > 0;
    const struct {
        bool wrong;
        const char *what;
    } mistakes[] = {
        {database && options->grants.check.len, "--diff does not go with --check"},
        {database && options->grants.assert_only, "--diff does not go with --assert"},
        {database && options->grants.json, "--diff does not go with --format json"},
        {options->grants.json && options->grants.assert_only,
         "--assert does not go with --format json"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        if (mistakes[i].wrong) {
            Error error;
            error_set(&error, STR(""), (Position){0}, "%s; see `ringfence generate-grants --help`",
                      mistakes[i].what);
            error_print(&error);
            return false;
        }
    }
    return true;
}

int command_generate_grants(Arena *arena, const Options *options)
{
    Run run;
    Plan plan;
    if (!check_options(options) || !command_load(arena, options, &run) ||
        !make_plan(options, &run, &plan)) {
        return EXIT_TROUBLE;
    }
    return supervise(work, &(GrantsWork){.arena = arena, .options = options, .plan = &plan});
}
