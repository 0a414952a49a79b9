#include "command/command.h"

#include "base/banned.h"

bool command_prepare(Arena *arena, const Options *options, Run *run)
{
    Error error;
    if (run_prepare(arena, &options->run, run, &error)) {
        return true;
    }
    if (error.text[0]) {
        error_print(&error);
    }
    return false;
}

const Command commands_all[] = {
    {"check", "[PATH…]", "Report every access across a service's boundary", "mrfoslecbBSjkqv",
     command_check},
    {"facts", "[PATH…]", "Print every access that was understood, one JSON object a line", "mroj",
     command_facts},
    {"baseline", "[PATH…]", "Write today's findings down, to be paid off: check reports new ones only",
     "mrbaljv", command_baseline},
    {"explain", "[RULE…]", "Print a rule's page, or the list of rules", "", command_explain},
};
const size_t commands_count = sizeof commands_all / sizeof *commands_all;
