#include "command/command.h"

#include "base/banned.h"

static bool print_failure(bool done, const Error *error)
{
    if (!done && error->text[0]) {
        error_print(error);
    }
    return done;
}

bool command_load(Arena *arena, const Options *options, Run *run)
{
    Error error;
    return print_failure(run_load(arena, &options->run, run, &error), &error);
}

bool command_prepare(Arena *arena, const Options *options, Run *run)
{
    Error error;
    bool prepared = print_failure(run_prepare(arena, &options->run, run, &error), &error);
    if (!prepared) {
        run_close(run);
    }
    return prepared;
}

const Command commands_all[] = {
    {"check", "[PATH…]", "Report every access across a service's boundary", "mrfoGHVipslecbBTNjkqv",
     command_check},
    {"facts", "[PATH…]", "Print every access that was understood, one JSON object a line",
     "mrONMPj", command_facts},
    {"merge", "FACTS…", "Check what several runs of `facts --for-merge` have gathered, as one",
     "mrfoslecbBTkqv", command_merge},
    {"generate-grants", "", "Write the script that makes PostgreSQL enforce the manifest",
     "mrgSOwDRA", command_generate_grants},
    {"audit", "CONNINFO",
     "Compare a live database with the manifest: privileges, owners, roles, objects", "mfotleKajkq",
     command_audit},
    {"baseline", "[PATH…]",
     "Write today's findings down, to be paid off: check reports new ones only", "mrbaljv",
     command_baseline},
    {"install-hook", "", "Have git check every commit of this repository before it is made", "mu",
     command_install_hook},
    {"doctor", "",
     "Tell whether the check is real: plant violations in memory, and see them caught", "mrJOljQ",
     command_doctor},
    {"explain", "[RULE…]", "Print a rule's page, or the list of rules", "", command_explain},
};
const size_t commands_count = sizeof commands_all / sizeof *commands_all;
