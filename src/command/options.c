#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "check/pool.h"
#include "command/command.h"
#include "lexer/language.h"
#include "report/report.h"

#include "base/banned.h"

typedef bool OptionSetter(Options *options, Str value);

static bool set_manifest(Options *options, Str value)
{
    options->run.manifest = value;
    return value.len > 0;
}

static bool set_root(Options *options, Str value)
{
    options->run.root = value;
    return value.len > 0;
}

/* Each --format begins a report, and --output belongs to the one before it; the first may come the
 * other way round. */
static bool set_format(Options *options, Str value)
{
    Target *last = &options->targets[options->target_count - 1];
    const ReportFormat *format = report_format(value);
    if (!last->format) {
        last->format = format;
    } else if (format && options->target_count < TARGETS_MOST) {
        options->targets[options->target_count++] = (Target){.format = format};
    }
    return format != NULL;
}

static bool set_output(Options *options, Str value)
{
    Target *last = &options->targets[options->target_count - 1];
    bool first = last->output.len == 0;
    last->output = value;
    return value.len > 0 && first;
}

static bool set_service(Options *options, Str value)
{
    options->service = value;
    return value.len > 0;
}

static bool level_from_name(Str name, Level *level)
{
    for (*level = LEVEL_OFF; *level < LEVEL_COUNT; (*level)++) {
        if (str_equal(name, str_from(level_name(*level)))) {
            return true;
        }
    }
    return false;
}

static bool set_rule(Options *options, Str value)
{
    size_t equals = str_find_byte(value, '=', 0);
    size_t rule = rules_find(str_slice(value, 0, equals));
    Level level;
    if (rule == RULE_COUNT || equals == value.len ||
        !level_from_name(str_slice(value, equals + 1, value.len), &level)) {
        return false;
    }
    size_t i = 0;
    while (i < options->run.level_count && options->run.levels[i].rule != rule) {
        i++;
    }
    options->run.levels[i].rule = rule;
    options->run.levels[i].level = level;
    options->run.level_count += i == options->run.level_count;
    return true;
}

static bool set_fail_on(Options *options, Str value)
{
    if (str_equal(value, STR("never"))) {
        options->fail_on = LEVEL_COUNT;
        return true;
    }
    return level_from_name(value, &options->fail_on) && options->fail_on != LEVEL_OFF;
}

static bool set_coverage(Options *options, Str value)
{
    uint64_t percent;
    if (!str_to_number(value, 100, &percent)) {
        return false;
    }
    options->coverage = (unsigned)percent;
    return true;
}

static bool set_jobs(Options *options, Str value)
{
    uint64_t jobs;
    if (!str_to_number(value, POOL_MOST_WORKERS, &jobs) || jobs == 0) {
        return false;
    }
    options->run.jobs = (size_t)jobs;
    return true;
}

static bool set_color(Options *options, Str value)
{
    static const Str names[] = {STR("auto"), STR("always"), STR("never")};
    for (size_t i = 0; i < 3; i++) {
        if (str_equal(value, names[i])) {
            options->color = (ColorChoice)i;
            return true;
        }
    }
    return false;
}

static bool set_baseline(Options *options, Str value)
{
    options->run.baseline = value;
    return value.len > 0;
}

static bool set_no_baseline(Options *options, Str value)
{
    options->run.no_baseline = true;
    return value.len == 0;
}

static bool set_baseline_strict(Options *options, Str value)
{
    options->run.baseline_strict = true;
    return value.len == 0;
}

static bool set_accept_new(Options *options, Str value)
{
    options->accept_new = true;
    return value.len == 0;
}

static bool set_staged(Options *options, Str value)
{
    options->run.staged = true;
    return value.len == 0;
}

static bool set_diff(Options *options, Str value)
{
    options->run.diff = value;
    return value.len > 0;
}

static bool set_rev(Options *options, Str value)
{
    options->run.rev = value;
    return value.len > 0;
}

static bool set_stdin(Options *options, Str value)
{
    options->run.from_stdin = true;
    return value.len == 0;
}

static bool set_stdin_path(Options *options, Str value)
{
    options->run.stdin_path = value;
    return value.len > 0;
}

static bool set_uninstall(Options *options, Str value)
{
    options->uninstall = true;
    return value.len == 0;
}

static bool set_shard(Options *options, Str value)
{
    return shard_parse(value, &options->run.shard);
}

static bool set_for_merge(Options *options, Str value)
{
    options->for_merge = true;
    options->run.own_only = true;
    return value.len == 0;
}

/* A relative path without "." and ".."; a slash at its end may be left out. */
static bool set_prefix(Options *options, Str value)
{
    value.len -= value.len && value.at[value.len - 1] == '/';
    bool plain = value.len > 0;
    for (size_t start = 0, end; start <= value.len; start = end + 1) {
        end = str_find_byte(value, '/', start);
        Str part = str_slice(value, start, end);
        plain &= part.len && !str_equal(part, STR(".")) && !str_equal(part, STR(".."));
    }
    options->run.prefix = value;
    return plain;
}

static bool set_doctor_format(Options *options, Str value)
{
    options->as_json = str_equal(value, STR("json"));
    return options->as_json || str_equal(value, STR("text"));
}

static bool set_quiet(Options *options, Str value)
{
    options->quiet = true;
    return value.len == 0;
}

static bool set_verbose(Options *options, Str value)
{
    options->verbose = true;
    return value.len == 0;
}

static bool set_grants_format(Options *options, Str value)
{
    options->grants.json = str_equal(value, STR("json"));
    return options->grants.json || str_equal(value, STR("sql"));
}

static bool set_check(Options *options, Str value)
{
    options->grants.check = value;
    return value.len > 0;
}

static bool set_database(Options *options, Str value)
{
    options->grants.database = value;
    return value.len > 0;
}

static bool set_create_roles(Options *options, Str value)
{
    options->grants.create_roles = true;
    return value.len == 0;
}

static bool set_assert(Options *options, Str value)
{
    options->grants.assert_only = true;
    return value.len == 0;
}

/* `letter` is how a command lists the option in Command.options. */
static const struct {
    char letter;
    const char *name, *value, *help;
    OptionSetter *set;
} table[] = {
    {'m', "--manifest", "FILE",
     "the ownership manifest (default: ringfence.yaml, .yml or .json here or above)", set_manifest},
    {'r', "--root", "DIR", "what paths are relative to (default: the repository's root)", set_root},
    {'f', "--format", "FORMAT",
     "how to print findings, see below (default: text); several are allowed", set_format},
    {'o', "--output", "FILE",
     "write the report of the --format before it to FILE, whole or not at all", set_output},
    {'G', "--staged", NULL,
     "what git's index holds, not the working tree: findings in staged files", set_staged},
    {'H', "--diff", "BASE[...HEAD]",
     "only what changed since BASE: findings on changed lines, and those caused elsewhere", set_diff},
    {'V', "--rev", "REV", "a commit's files, without a checkout; in a bare repository, too", set_rev},
    {'i', "--stdin", NULL, "read the file that --stdin-path names from standard input", set_stdin},
    {'p', "--stdin-path", "FILE", "the path of what --stdin reads: only its findings", set_stdin_path},
    {'s', "--service", "SERVICE", "only the findings in this service's code", set_service},
    {'t', "--service", "SERVICE", "only what concerns this service: its objects, its roles", set_service},
    {'l', "--rule", "ID=LEVEL", "set a rule's level: error, warning, info or off", set_rule},
    {'e', "--fail-on", "LEVEL",
     "exit with 1 from this level on: error, warning, info or never (default: error)", set_fail_on},
    {'c', "--min-coverage", "PCT", "exit with 1 when less than this share of the statements was checked, or none was found",
     set_coverage},
    {'b', "--baseline", "FILE", "the baseline (default: .ringfence-baseline.json in the root, if it is there)",
     set_baseline},
    {'K', "--baseline", "FILE", "leave out the findings that FILE knows; written by --accept-new", set_baseline},
    {'B', "--no-baseline", NULL, "report what the baseline knows, too", set_no_baseline},
    {'T', "--baseline-strict", NULL, "a baseline entry that matches nothing is an error", set_baseline_strict},
    {'a', "--accept-new", NULL, "take findings into the baseline that it does not know yet", set_accept_new},
    {'u', "--uninstall", NULL, "remove the hook; one that was there before comes back", set_uninstall},
    {'N', "--shard", "I/N", "only part I of N: each file belongs to one of them, by its path", set_shard},
    {'M', "--for-merge", NULL, "write everything that `merge` needs, in a format of its own", set_for_merge},
    {'P', "--prefix", "DIR", "put this before every path, as if the repository were in that folder", set_prefix},
    {'j', "--jobs", "N", "worker threads (default: one a processor)", set_jobs},
    {'k', "--color", "WHEN", "auto, always or never (default: auto, and NO_COLOR counts)",
     set_color},
    {'q', "--quiet", NULL, "one line a finding", set_quiet},
    {'v', "--verbose", NULL, "say on standard error what is read", set_verbose},
    {'J', "--format", "FORMAT", "text or json (default: text)", set_doctor_format},
    {'g', "--format", "FORMAT", "sql or json (default: sql)", set_grants_format},
    {'S', "--service", "SERVICE", "only what this service owns", set_service},
    {'w', "--check", "FILE", "write nothing; exit with 1 and a diff when FILE is not what would be written",
     set_check},
    {'D', "--diff", "CONNINFO", "ask a database instead; print the statements it lacks, exit with 1 if there are any",
     set_database},
    {'R', "--create-roles", NULL, "the script creates roles that do not exist", set_create_roles},
    {'A', "--assert", NULL, "a read-only script that returns what is missing and what is extra", set_assert},
};

enum { TABLE_COUNT = sizeof table / sizeof *table };

static bool usage_error(const Command *command, const char *format, Str subject)
{
    Buffer line = {0};
    buffer_append(&line, STR("ringfence: error: "));
    buffer_append(&line, str_from(format));
    buffer_append_byte(&line, ' ');
    text_append_printable(&line, subject);
    buffer_format(&line, "; see `ringfence %s --help`\n", command->name);
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
    return false;
}

/* The row of option `name`, or TABLE_COUNT. */
static size_t find_option(const Command *command, Str name)
{
    size_t i = 0;
    while (i < TABLE_COUNT && !(str_equal(name, str_from(table[i].name)) &&
                                strchr(command->options, table[i].letter))) {
        i++;
    }
    return i;
}

/* Takes `--name=value` or `--name value`; *at moves over the value. */
static bool parse_option(const Command *command, int count, char **arguments, int *at,
                         Options *options)
{
    Str argument = str_from(arguments[*at]);
    size_t equals = str_find_byte(argument, '=', 0);
    Str name = str_slice(argument, 0, equals);
    size_t row = find_option(command, name);
    if (row == TABLE_COUNT) {
        return usage_error(command, "unknown option", name);
    }
    Str value = str_slice(argument, equals + 1, argument.len);
    if (table[row].value && equals == argument.len) {
        if (*at + 1 >= count) {
            return usage_error(command, "a value is missing behind", name);
        }
        value = str_from(arguments[++*at]);
    }
    if (!table[row].value && equals < argument.len) {
        return usage_error(command, "no value belongs behind", name);
    }
    if (!table[row].set(options, value)) {
        fprintf(stderr, "ringfence: error: %s takes %s: %s\n", table[row].name, table[row].value,
                table[row].help);
        return usage_error(command, "not understood:", value);
    }
    return true;
}

/* Two reports into one place would spoil each other. */
static bool check_targets(const Command *command, Options *options)
{
    if (!options->targets[0].format) {
        options->targets[0].format = &report_formats[0];
    }
    for (size_t i = 0; i < options->target_count; i++) {
        for (size_t j = 0; j < i; j++) {
            Str output = options->targets[i].output;
            if (str_equal(output, options->targets[j].output)) {
                return usage_error(command, "two reports go to",
                                   output.len ? output : STR("standard output"));
            }
        }
    }
    return true;
}

/* Each of these says where files come from; only --diff may have --staged beside it. */
static bool check_sources(const Command *command, const RunOptions *run)
{
    const struct {
        bool wrong;
        const char *what;
        Str subject;
    } mistakes[] = {
        {run->staged && run->rev.len, "--staged does not go with", STR("--rev")},
        {run->staged && run->from_stdin, "--staged does not go with", STR("--stdin")},
        {run->rev.len && run->from_stdin, "--rev does not go with", STR("--stdin")},
        {run->diff.len && run->rev.len, "write --diff BASE...REV for --diff BASE with", STR("--rev")},
        {run->diff.len && run->from_stdin, "--diff does not go with", STR("--stdin")},
        {run->staged && str_find(run->diff, STR("..")) < run->diff.len,
         "--staged is what --diff compares BASE with; not understood:", run->diff},
        {run->from_stdin && run->shard.count, "--stdin does not go with", STR("--shard")},
        {run->from_stdin && !run->stdin_path.len, "--stdin also needs", STR("--stdin-path FILE")},
        {run->stdin_path.len && !run->from_stdin, "--stdin-path also needs", STR("--stdin")},
        {run->from_stdin && run->path_count, "--stdin-path is the only path beside --stdin; not",
         run->path_count ? run->paths[0] : (Str){0}},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        if (mistakes[i].wrong) {
            return usage_error(command, mistakes[i].what, mistakes[i].subject);
        }
    }
    return true;
}

/* What only a run over all files can tell. */
static bool check_shard(const Command *command, const Options *options)
{
    if (options->run.shard.count < 2) {
        return true;
    }
    if (options->coverage) {
        return usage_error(command, "only a run over all files knows: --shard does not go with",
                           STR("--min-coverage"));
    }
    return !options->run.baseline_strict ||
           usage_error(command, "only a run over all files knows: --shard does not go with",
                       STR("--baseline-strict"));
}

/* With the slash that SourceRoot wants. */
static void finish_prefix(Arena *arena, Options *options)
{
    if (options->run.prefix.len) {
        options->run.prefix = arena_format(arena, "%.*s/", STR_ARGS(options->run.prefix));
    }
}

bool options_parse(Arena *arena, const Command *command, int count, char **arguments,
                   Options *options, bool *help)
{
    *options = (Options){.target_count = 1, .fail_on = LEVEL_ERROR};
    Str *paths = ARENA_ARRAY(arena, Str, (size_t)count + 1);
    bool paths_only = false;
    options->run.paths = paths;
    for (int i = 0; i < count; i++) {
        Str argument = str_from(arguments[i]);
        if (paths_only || argument.len < 2 || argument.at[0] != '-') {
            paths[options->run.path_count++] = argument;
        } else if (str_equal(argument, STR("--"))) {
            paths_only = true;
        } else if (str_equal(argument, STR("--help")) || str_equal(argument, STR("-h"))) {
            *help = true;
        } else if (!parse_option(command, count, arguments, &i, options)) {
            return false;
        }
    }
    finish_prefix(arena, options);
    return check_sources(command, &options->run) && check_shard(command, options) &&
           check_targets(command, options);
}

static void print_overview(FILE *out)
{
    fputs("Keeps services apart inside one PostgreSQL server.\n\n"
          "Usage: ringfence COMMAND [OPTION…] [PATH…]\n\nCommands:\n",
          out);
    for (size_t i = 0; i < commands_count; i++) {
        fprintf(out, "  %-16s %s\n", commands_all[i].name, commands_all[i].summary);
    }
    fputs("\n`ringfence PATH` is `ringfence check PATH`; `ringfence COMMAND --help` tells more.\n"
          "Exit status: 0 nothing found, 1 findings, 2 trouble.\n",
          out);
}

/* What is read when no file is named. */
static void print_files(FILE *out)
{
    enum { WIDEST_LINE = 78 };
    int column = fputs("\nReads by default **/*.sql, and the SQL in programs:\n ", out) < 0;
    for (size_t i = 0; language_at(i); i++) {
        for (const char *word = language_at(i)->extensions; *word;) {
            int length = (int)strcspn(word, " ");
            bool fits = column + 1 + length < WIDEST_LINE;
            fprintf(out, "%s %.*s", fits ? "" : "\n ", length, word);
            column = (fits ? column : 0) + 1 + length;
            word += length;
            word += *word == ' ';
        }
    }
    fputs("\nbut for what `sql: include` and `sql: exclude` say in the manifest and what git\n"
          "ignores; a file named here is always read.\n",
          out);
}

void help_print(FILE *out, const Command *command)
{
    if (!command) {
        print_overview(out);
        return;
    }
    fprintf(out, "Usage: ringfence %s [OPTION…]%s%s\n\n%s.\n", command->name,
            command->arguments[0] ? " " : "", command->arguments, command->summary);
    if (command->options[0]) {
        fputs("\nOptions:\n", out);
    }
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (strchr(command->options, table[i].letter)) {
            char name[40];
            snprintf(name, sizeof name, "%s %s", table[i].name,
                     table[i].value ? table[i].value : "");
            fprintf(out, "  %-22s %s\n", name, table[i].help);
        }
    }
    if (strchr(command->options, 'f')) {
        fputs("\nFormats:\n", out);
        for (size_t i = 0; i < report_format_count; i++) {
            fprintf(out, "  %-22s %s\n", report_formats[i].name, report_formats[i].summary);
        }
    }
    if (strchr(command->options, 'K')) {
        fputs("\nCONNINFO is what psql takes: a database's name, \"host=… dbname=…\" or postgresql://….\n"
              "The password is better in PGPASSWORD or ~/.pgpass. Nothing is changed on the server.\n"
              "What the services' roles have run is read from pg_stat_statements, where that is installed.\n",
              out);
    } else if (strchr(command->options, 'f') || strchr(command->options, 'j')) {
        print_files(out);
    }
}
