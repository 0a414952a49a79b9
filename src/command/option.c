#include "command/option.h"

#include "base/pool.h"

#include "base/banned.h"

/* Each --format begins a report, and --output belongs to the one before it; the first may come the
 * other way round. */
static bool set_format(Options *options, Str value)
{
    Target *last = &options->targets[options->target_count - 1];
    const ReportFormat *format = report_format(value);
    if (!format || (last->format && options->target_count == TARGETS_MOST)) {
        return false;
    }
    if (last->format) {
        options->targets[options->target_count++] = (Target){.format = format};
    } else {
        last->format = format;
    }
    return true;
}

static bool set_output(Options *options, Str value)
{
    Target *last = &options->targets[options->target_count - 1];
    bool first = last->output.len == 0;
    last->output = value;
    return value.len > 0 && first;
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

static bool set_grants_format(Options *options, Str value)
{
    options->grants.json = str_equal(value, STR("json"));
    return options->grants.json || str_equal(value, STR("sql"));
}

const Option option_table[] = {
    {'m', "--manifest", "FILE",
     "the ownership manifest (default: ringfence.yaml, .yml or .json here or above)",
     .at = offsetof(Options, run.manifest)},
    {'r', "--root", "DIR", "what paths are relative to (default: the repository's root)",
     .at = offsetof(Options, run.root)},
    {'f', "--format", "FORMAT",
     "how to print findings, see below (default: text); several are allowed", .set = set_format},
    {'o', "--output", "FILE",
     "write the report of the --format before it to FILE, whole or not at all", .set = set_output},
    {'O', "--output", "FILE", "write to FILE instead, whole or not at all", .set = set_output},
    {'G', "--staged", NULL,
     "what git's index holds, not the working tree: findings in staged files",
     .at = offsetof(Options, run.staged)},
    {'H', "--diff", "BASE[...HEAD]",
     "only what changed since BASE: findings on changed lines, and those caused elsewhere",
     .at = offsetof(Options, run.diff)},
    {'V', "--rev", "REV", "a commit's files, without a checkout; in a bare repository, too",
     .at = offsetof(Options, run.rev)},
    {'i', "--stdin", NULL, "read the file that --stdin-path names from standard input",
     .at = offsetof(Options, run.from_stdin)},
    {'p', "--stdin-path", "FILE", "the path of what --stdin reads: only its findings",
     .at = offsetof(Options, run.stdin_path)},
    {'s', "--service", "SERVICE", "only the findings in this service's code",
     .at = offsetof(Options, service)},
    {'t', "--service", "SERVICE", "only what concerns this service: its objects, its roles",
     .at = offsetof(Options, service)},
    {'l', "--rule", "ID=LEVEL", "set a rule's level: error, warning, info or off", .set = set_rule},
    {'e', "--fail-on", "LEVEL",
     "exit with 1 from this level on: error, warning, info or never (default: error)",
     .set = set_fail_on},
    {'c', "--min-coverage", "PCT",
     "exit with 1 when less than this share of the statements was checked, or none was found",
     .set = set_coverage},
    {'b', "--baseline", "FILE",
     "the baseline (default: .ringfence-baseline.json in the root, if it is there)",
     .at = offsetof(Options, run.baseline)},
    {'K', "--baseline", "FILE", "leave out the findings that FILE knows; written by --accept-new",
     .at = offsetof(Options, run.baseline)},
    {'B', "--no-baseline", NULL, "report what the baseline knows, too",
     .at = offsetof(Options, run.no_baseline)},
    {'T', "--baseline-strict", NULL, "a baseline entry that matches nothing is an error",
     .at = offsetof(Options, run.baseline_strict)},
    {'a', "--accept-new", NULL, "take findings into the baseline that it does not know yet",
     .at = offsetof(Options, accept_new)},
    {'u', "--uninstall", NULL, "remove the hook; one that was there before comes back",
     .at = offsetof(Options, uninstall)},
    {'N', "--shard", "I/N", "only part I of N: each file belongs to one of them, by its path",
     .set = set_shard},
    {'M', "--for-merge", NULL, "write everything that `merge` needs, in a format of its own",
     .set = set_for_merge},
    {'P', "--prefix", "DIR", "put this before every path, as if the repository were in that folder",
     .set = set_prefix},
    {'j', "--jobs", "N", "worker threads (default: one a processor)", .set = set_jobs},
    {'k', "--color", "WHEN", "auto, always or never (default: auto, and NO_COLOR counts)",
     .set = set_color},
    {'q', "--quiet", NULL, "one line a finding", .at = offsetof(Options, quiet)},
    {'Q', "--quiet", NULL, "only problems", .at = offsetof(Options, quiet)},
    {'v', "--verbose", NULL, "say on standard error what is read",
     .at = offsetof(Options, verbose)},
    {'J', "--format", "FORMAT", "text or json (default: text)", .set = set_doctor_format},
    {'g', "--format", "FORMAT", "sql or json (default: sql)", .set = set_grants_format},
    {'S', "--service", "SERVICE", "only what this service owns", .at = offsetof(Options, service)},
    {'w', "--check", "FILE",
     "write nothing; exit with 1 and a diff when FILE is not what would be written",
     .at = offsetof(Options, grants.check)},
    {'D', "--diff", "CONNINFO",
     "ask a database instead; print the statements it lacks, exit with 1 if there are any",
     .at = offsetof(Options, grants.database)},
    {'R', "--create-roles", NULL, "the script creates roles that do not exist",
     .at = offsetof(Options, grants.create_roles)},
    {'A', "--assert", NULL, "a read-only script that returns what is missing and what is extra",
     .at = offsetof(Options, grants.assert_only)},
};

const size_t option_count = sizeof option_table / sizeof *option_table;

bool option_set(const Option *option, Options *options, Str value)
{
    char *field = (char *)options + option->at;
    if (option->set) {
        return option->set(options, value);
    }
    if (option->value) {
        *(Str *)field = value;
        return value.len > 0;
    }
    *(bool *)field = true;
    return true;
}
