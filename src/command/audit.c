#include "audit/audit.h"

#include "command/command.h"

#include "base/banned.h"

typedef struct {
    const Options *options;
    Run *run;
    const Audit *audit;
} AuditWork;

static int work(void *context, Supervisor *supervisor)
{
    const AuditWork *work = context;
    const Options *options = work->options;
    RunResult result = audit_judge(work->run, work->audit, supervisor);
    int status;
    if (options->accept_new) {
        Str path = options->run.baseline;
        Baseline now = baseline_of(work->run->arena, &result.findings);
        bool written = command_write_baseline(work->run->arena, supervisor, path, path, &now);
        status = written ? EXIT_CLEAN : EXIT_TROUBLE;
    } else {
        command_keep_service(options, &result);
        status = command_report(work->run, options, supervisor, &result);
    }
    run_free(&result);
    return status;
}

static bool fail(const char *text)
{
    Error error;
    error_set(&error, STR(""), (Position){0}, "%s; see `ringfence audit --help`", text);
    error_print(&error);
    return false;
}

static bool check_options(const Options *options)
{
    if (options->run.path_count != 1) {
        return fail(options->run.path_count
                        ? "audit takes one connection string: put it in quotes"
                        : "audit needs a connection string: a database's name, \"host=… "
                          "dbname=…\" or postgresql://…");
    }
    if (options->accept_new && (!options->run.baseline.len || options->service.len)) {
        return fail("--accept-new writes the file that --baseline names, for all services");
    }
    return true;
}

static bool make_plan(const Run *run, Plan *plan)
{
    ManifestMistakes mistakes = {0};
    PlanOptions wanted = {.strict = true, .today = run->today};
    bool made = plan_make(run->arena, run->manifest, &wanted, plan, &mistakes);
    manifest_print_mistakes(run->manifest->path, &mistakes);
    return made;
}

/* The repository's own baseline is about its files: only one that is named counts. */
static bool take_baseline(const Options *options, Run *run, Baseline *baseline)
{
    run->root.root = STR("/");
    return !options->run.baseline.len || options->accept_new ||
           command_take_baseline(options, run, baseline);
}

int command_audit(Arena *arena, const Options *options)
{
    Run run;
    Plan plan;
    Audit audit;
    Baseline baseline;
    Error error;
    Options own = *options;
    own.audits = true;
    if (!check_options(options) || !command_load(arena, options, &run) ||
        !command_check_service(options, &run) || !make_plan(&run, &plan) ||
        !take_baseline(options, &run, &baseline)) {
        return EXIT_TROUBLE;
    }
    if (!audit_read(arena, run.manifest, &plan, options->run.paths[0], &audit, &error)) {
        error_print(&error);
        return EXIT_TROUBLE;
    }
    if (audit.unseen.len) {
        Buffer line = {0};
        buffer_append(&line, STR("ringfence: warning: "));
        text_append_printable(&line, audit.unseen);
        buffer_append_byte(&line, '\n');
        fwrite(line.at, 1, line.len, stderr);
        buffer_free(&line);
    }
    return supervise(work, &(AuditWork){.options = &own, .run = &run, .audit = &audit});
}
