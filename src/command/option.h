#ifndef RINGFENCE_COMMAND_OPTION_H
#define RINGFENCE_COMMAND_OPTION_H

#include "command/command.h"

/* The options of all commands: one table, which is also their help. */

/* Two rows may have one name, for different commands. */
typedef struct {
    char letter;       /* how a command lists it in Command.options */
    const char *name;  /* with its dashes */
    const char *value; /* what the help calls its value; NULL: it has none */
    const char *help;
    size_t at; /* where in Options it is noted: a Str, or without a value a bool; unless there is */
    bool (*set)(Options *options, Str value); /* false when `value` is not understood */
} Option;

extern const Option option_table[];
extern const size_t option_count;

/* Notes the option, with its value if it has one, which `options` borrows. False when the value is
 * empty or not understood. */
bool option_set(const Option *option, Options *options, Str value);

#endif
