#ifndef RINGFENCE_COMMAND_COMMAND_H
#define RINGFENCE_COMMAND_COMMAND_H

#include <stdio.h>

#include "check/run.h"
#include "report/report.h"

/* The commands: one table, which is also the help. */

typedef enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorChoice;

/* One report: what `--format` and the `--output` behind it say. */
typedef struct {
    const ReportFormat *format; /* NULL: not said */
    Str output;                 /* empty: standard output */
} Target;

enum { TARGETS_MOST = 16 };

/* Everything a command line can say; each command uses its part. */
typedef struct {
    RunOptions run;
    Target targets[TARGETS_MOST]; /* the first one is always there */
    size_t target_count;
    Str service;
    Level fail_on;     /* LEVEL_COUNT: never */
    unsigned coverage; /* --min-coverage, in percent */
    ColorChoice color;
    bool quiet, verbose;
    struct {
        bool create_roles, assert_only, json;
        Str check, database;
    } grants;
    bool accept_new; /* the baseline may grow */
    bool audits;     /* what is reported on is a database */
    bool uninstall;  /* the hook */
    bool for_merge;  /* facts are for `merge` */
    bool as_json;    /* doctor's --format */
} Options;

typedef struct {
    const char *name, *arguments, *summary;
    const char *options; /* letters of the options it takes, see option.c */
    int (*run)(Arena *arena, const Options *options);
} Command;

extern const Command commands_all[];
extern const size_t commands_count;

/* The exit statuses. */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_TROUBLE = 2 };

int command_check(Arena *arena, const Options *options);
int command_baseline(Arena *arena, const Options *options);
int command_merge(Arena *arena, const Options *options);
int command_doctor(Arena *arena, const Options *options);
int command_facts(Arena *arena, const Options *options);
int command_generate_grants(Arena *arena, const Options *options);
int command_audit(Arena *arena, const Options *options);
int command_install_hook(Arena *arena, const Options *options);
int command_explain(Arena *arena, const Options *options);

/* Parses the arguments behind the command's name. False after a mistake, which is printed; sets
 * *help when
 * --help was among them. */
bool options_parse(Arena *arena, const Command *command, int count, char **arguments,
                   Options *options, bool *help);

/* Prints the command's help, or the overview of all for NULL. */
void help_print(FILE *out, const Command *command);

/* run_load and run_prepare for the command line; say on standard error what is wrong when they
 * return false. */
bool command_load(Arena *arena, const Options *options, Run *run);
bool command_prepare(Arena *arena, const Options *options, Run *run);

/* Is the service that --service names one of the manifest's? And the baseline that the options
 * mean, if there is one. Say on standard error what is wrong when they return false. */
bool command_check_service(const Options *options, const Run *run);
bool command_take_baseline(const Options *options, Run *run, Baseline *baseline);

/* Writes the baseline to `path`, and how much it counts to standard error, as of the file `shown`.
 * False (and a line printed) when it cannot. */
bool command_write_baseline(Arena *arena, Supervisor *supervisor, Str path, Str shown,
                            Baseline *baseline);

/* Drops the findings that are not about the service that --service names: in its code or, of a
 * database, about what it owns. */
void command_keep_service(const Options *options, RunResult *result);

/* Writes every report of `result` that the options ask for; returns the exit status. */
int command_report(const Run *run, const Options *options, Supervisor *supervisor,
                   const RunResult *result);
/* The second half of `check`: reads (or has read) what `run` is prepared for, judges, and reports.
 */
int command_check_prepared(const Options *options, Run *run);

/* Opens what --output names, or standard output; *temporary is what output_close needs to know.
 * Says what is wrong and returns NULL when it cannot. */
FILE *output_open(Arena *arena, Supervisor *supervisor, Str path, Str *temporary);

/* Closes it: the file appears whole or not at all. False (and a line printed) when it could not be
 * written. */
bool output_close(Supervisor *supervisor, FILE *out, Str path, Str temporary);

#endif
