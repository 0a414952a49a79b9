#include <stdio.h>
#include <string.h>

#include "command/option.h"
#include "lexer/language.h"

#include "base/banned.h"

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
    int column = 0;
    fputs("\nReads by default **/*.sql, and the SQL in programs:\n ", out);
    for (size_t i = 0; language_at(i); i++) {
        bool again = i && strcmp(language_at(i)->extensions, language_at(i - 1)->extensions) == 0;
        for (const char *word = again ? "" : language_at(i)->extensions; *word;) {
            int length = (int)strcspn(word, " ");
            bool fits = column + 1 + length < WIDEST_LINE;
            fprintf(out, "%s %.*s", fits ? "" : "\n ", length, word);
            column = (fits ? column : 0) + 1 + length;
            word += length;
            word += *word == ' ';
        }
    }
    fputs("\nbut for what `sql: include` and `sql: exclude` say in the manifest and what git\n"
          "ignores; a file named here is always read. Markdown and notebooks (.md .ipynb)\n"
          "are read where `include` or a PATH asks for them.\n",
          out);
}

static void print_options(FILE *out, const Command *command)
{
    if (command->options[0]) {
        fputs("\nOptions:\n", out);
    }
    for (size_t i = 0; i < option_count; i++) {
        const Option *option = &option_table[i];
        if (strchr(command->options, option->letter)) {
            char name[40];
            const char *value = option->value ? option->value : "";
            snprintf(name, sizeof name, "%s %s", option->name, value);
            fprintf(out, "  %-22s %s\n", name, option->help);
        }
    }
}

void help_print(FILE *out, const Command *command)
{
    if (!command) {
        print_overview(out);
        return;
    }
    fprintf(out, "Usage: ringfence %s [OPTION…]%s%s\n\n%s.\n", command->name,
            command->arguments[0] ? " " : "", command->arguments, command->summary);
    print_options(out, command);
    if (strchr(command->options, 'f')) {
        fputs("\nFormats:\n", out);
        for (size_t i = 0; i < report_format_count; i++) {
            fprintf(out, "  %-22s %s\n", report_formats[i].name, report_formats[i].summary);
        }
    }
    if (strchr(command->options, 'K')) {
        fputs(
            "\nCONNINFO is what psql takes: a database's name, \"host=… dbname=…\" or "
            "postgresql://….\n"
            "The password is better in PGPASSWORD or ~/.pgpass. Nothing is changed on the server.\n"
            "What the services' roles have run is read from pg_stat_statements, where that is "
            "installed.\n",
            out);
    } else if (strchr(command->options, 'j')) {
        print_files(out);
    }
}
