#include <string.h>

#include "command/option.h"

#include "base/banned.h"

static bool usage_error(const Command *command, const char *problem, Str subject)
{
    Buffer line = {0};
    buffer_append(&line, STR("ringfence: error: "));
    buffer_append(&line, str_from(problem));
    buffer_append_byte(&line, ' ');
    text_append_printable(&line, subject);
    buffer_format(&line, "; see `ringfence %s --help`\n", command->name);
    fwrite(line.at, 1, line.len, stderr);
    buffer_free(&line);
    return false;
}

/* The command's option of that name, or NULL. */
static const Option *find_option(const Command *command, Str name)
{
    for (size_t i = 0; i < option_count; i++) {
        const Option *option = &option_table[i];
        if (str_equal(name, str_from(option->name)) && strchr(command->options, option->letter)) {
            return option;
        }
    }
    return NULL;
}

/* Takes `--name=value` or `--name value`; *at moves over the value. */
static bool parse_option(const Command *command, int count, char **arguments, int *at,
                         Options *options)
{
    Str argument = str_from(arguments[*at]);
    size_t equals = str_find_byte(argument, '=', 0);
    Str name = str_slice(argument, 0, equals);
    const Option *option = find_option(command, name);
    if (!option) {
        return usage_error(command, "unknown option", name);
    }
    Str value = str_slice(argument, equals + 1, argument.len);
    if (option->value && equals == argument.len) {
        if (*at + 1 >= count) {
            return usage_error(command, "a value is missing behind", name);
        }
        value = str_from(arguments[++*at]);
    }
    if (!option->value && equals < argument.len) {
        return usage_error(command, "no value belongs behind", name);
    }
    if (!option_set(option, options, value)) {
        fprintf(stderr, "ringfence: error: %s takes %s: %s\n", option->name, option->value,
                option->help);
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

/* Options that contradict each other. Most say where files come from; only --diff may have --staged
 * beside it. */
static bool check_pairs(const Command *command, const RunOptions *run)
{
    const struct {
        bool wrong;
        const char *what;
        Str subject;
    } mistakes[] = {
        {run->staged && run->rev.len, "--staged does not go with", STR("--rev")},
        {run->staged && run->from_stdin, "--staged does not go with", STR("--stdin")},
        {run->rev.len && run->from_stdin, "--rev does not go with", STR("--stdin")},
        {run->diff.len && run->rev.len, "write --diff BASE...REV for --diff BASE with",
         STR("--rev")},
        {run->diff.len && run->from_stdin, "--diff does not go with", STR("--stdin")},
        {run->staged && str_find(run->diff, STR("..")) < run->diff.len,
         "--staged is what --diff compares BASE with; not understood:", run->diff},
        {run->from_stdin && run->shard.count, "--stdin does not go with", STR("--shard")},
        {run->from_stdin && !run->stdin_path.len, "--stdin also needs", STR("--stdin-path FILE")},
        {run->stdin_path.len && !run->from_stdin, "--stdin-path also needs", STR("--stdin")},
        {run->no_baseline && run->baseline.len, "--no-baseline does not go with",
         STR("--baseline")},
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

/* A word too many is most likely an option's value that lost its option. */
static bool check_paths(const Command *command, const RunOptions *run)
{
    bool wrong = !command->arguments[0] && run->path_count;
    return !wrong || usage_error(command, "it takes no path:", run->paths[0]);
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
    return check_paths(command, &options->run) && check_pairs(command, &options->run) &&
           check_shard(command, options) && check_targets(command, options);
}
