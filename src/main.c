#include "command/command.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sql/parse.h"

#include "base/banned.h"

static const Command *find_command(const char *name)
{
    for (size_t i = 0; i < commands_count; i++) {
        if (strcmp(commands_all[i].name, name) == 0) {
            return &commands_all[i];
        }
    }
    return NULL;
}

static int run_command(const Command *command, int count, char **arguments)
{
    Arena *arena = arena_new();
    Options options;
    bool help = false;
    int status = EXIT_TROUBLE;
    if (options_parse(arena, command, count, arguments, &options, &help)) {
        status = EXIT_CLEAN;
        if (help) {
            help_print(stdout, command);
        } else {
            status = command->run(arena, &options);
        }
    }
    arena_free(arena);
    return status;
}

/* Else a file that is opened later could become standard output or standard error. Writing to these
 * fails still. */
static void occupy_closed_streams(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++) {
        if (fcntl(file, F_GETFD) < 0) {
            open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

static int run(int count, char **arguments)
{
    const char *first = count > 1 ? arguments[1] : "";
    if (strcmp(first, "--version") == 0) {
        printf("ringfence %s (PostgreSQL %s's parser, libpg_query)\n", RINGFENCE_VERSION,
               parse_version());
        return EXIT_CLEAN;
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0) {
        const Command *command = count > 2 ? find_command(arguments[2]) : NULL;
        help_print(stdout, command);
        return EXIT_CLEAN;
    }
    const Command *command = find_command(first);
    int skipped = command ? 2 : 1;
    skipped = skipped < count ? skipped : count;
    return run_command(command ? command : &commands_all[0], count - skipped, arguments + skipped);
}

int main(int count, char **arguments)
{
    occupy_closed_streams();
    int status = run(count, arguments);
    return output_close(NULL, stdout, STR(""), STR("")) ? status : EXIT_TROUBLE;
}
