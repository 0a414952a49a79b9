#include "extract/command.h"

#include "base/buffer.h"

#include "base/banned.h"

typedef enum { DOES_NOTHING, DOES_SET, DOES_UNSET, DOES_ASK, DOES_BRANCH } Action;

/* Every command that is not listed leaves statements and variables alone. */
static const struct {
    Str name;
    CommandEffect effect;
    Action action;
    TemplateKind tag;
    bool whole_line; /* quotes and backslashes mean nothing in its arguments */
    bool any_case;   /* psql 15 takes this one alone in capitals, too */
} rows[] = {
    {.name = STR("g"), .effect = COMMAND_ENDS},
    {.name = STR("gx"), .effect = COMMAND_ENDS},
    {.name = STR("gset"), .effect = COMMAND_ENDS},
    {.name = STR("gexec"), .effect = COMMAND_ENDS},
    {.name = STR("gdesc"), .effect = COMMAND_ENDS},
    {.name = STR("crosstabview"), .effect = COMMAND_ENDS},
    {.name = STR("watch"), .effect = COMMAND_ENDS},
    {.name = STR("parse"), .effect = COMMAND_ENDS},
    {.name = STR("sendpipeline"), .effect = COMMAND_ENDS},
    {.name = STR("r"), .effect = COMMAND_DISCARDS},
    {.name = STR("reset"), .effect = COMMAND_DISCARDS},
    {.name = STR("copy"), .effect = COMMAND_COPIES, .any_case = true},
    {.name = STR("i"), .effect = COMMAND_INCLUDES},
    {.name = STR("include"), .effect = COMMAND_INCLUDES},
    {.name = STR("ir"), .effect = COMMAND_INCLUDES_RELATIVE},
    {.name = STR("include_relative"), .effect = COMMAND_INCLUDES_RELATIVE},
    {.name = STR("set"), .action = DOES_SET},
    {.name = STR("unset"), .action = DOES_UNSET},
    {.name = STR("getenv"), .action = DOES_UNSET},
    {.name = STR("prompt"), .action = DOES_ASK},
    {.name = STR("if"), .action = DOES_BRANCH, .tag = TEMPLATE_IF},
    {.name = STR("elif"), .action = DOES_BRANCH, .tag = TEMPLATE_ELSE},
    {.name = STR("else"), .action = DOES_BRANCH, .tag = TEMPLATE_ELSE},
    {.name = STR("endif"), .action = DOES_BRANCH, .tag = TEMPLATE_END},
    {.name = STR("!"), .whole_line = true},
    {.name = STR("h"), .whole_line = true},
    {.name = STR("help"), .whole_line = true},
    {.name = STR("sf"), .whole_line = true},
    {.name = STR("sv"), .whole_line = true},
    {.name = STR("ef"), .whole_line = true},
    {.name = STR("ev"), .whole_line = true},
};

static Str command_name(Str text, uint32_t backslash)
{
    uint32_t end = backslash + 1;
    while (end < text.len && (char_is_alpha(text.at[end]) || text.at[end] == '_')) {
        end++;
    }
    end += end == backslash + 1 && end < text.len && text.at[end] == '!';
    return str_slice(text, backslash + 1, end);
}

/* Where the arguments at `at` end: their line, or a `\\` or another command outside quotes. */
static uint32_t arguments_end(Str text, uint32_t at)
{
    char quote = '\0';
    for (; at < text.len && text.at[at] != '\n'; at++) {
        char c = text.at[at];
        char next = at + 1 < text.len ? text.at[at + 1] : '\0';
        if (quote) {
            at += quote == '\'' && c == '\\' && next != '\n' && next != '\0';
            quote = c == quote ? '\0' : quote;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == '\\') {
            return next == '\\' ? at + 2 : at;
        }
    }
    return at;
}

/* \set name value …: the values in one. */
static void set_variable(Arena *arena, PsqlVariables *variables, Str text, uint32_t at, Str name)
{
    Buffer value = {0};
    PsqlArgument more;
    bool known = true;
    while (psql_argument(arena, variables, text, &at, &more)) {
        buffer_append(&value, more.text);
        known &= more.known;
    }
    psql_set(variables, name, buffer_str(&value), known);
    buffer_free(&value);
}

/* \prompt [text] name */
static void ask_variable(Arena *arena, PsqlVariables *variables, Str text, uint32_t at, Str name)
{
    PsqlArgument more;
    while (psql_argument(arena, variables, text, &at, &more)) {
        name = more.text;
    }
    psql_set(variables, name, (Str){0}, false);
}

static void branch(PsqlVariables *variables, TemplateKind tag)
{
    if (tag == TEMPLATE_IF) {
        psql_branch_open(variables);
    } else if (tag == TEMPLATE_ELSE) {
        psql_branch_next(variables);
    } else {
        psql_branch_close(variables);
    }
}

static void act(Arena *arena, PsqlVariables *variables, Str text, uint32_t at, Action action,
                const Command *command)
{
    Str name = command->argument.text;
    if (action == DOES_BRANCH) {
        branch(variables, command->tag);
    } else if (!name.len || action == DOES_NOTHING) {
        return;
    } else if (action == DOES_SET) {
        set_variable(arena, variables, text, at, name);
    } else if (action == DOES_UNSET) {
        psql_set(variables, name, (Str){0}, false);
    } else {
        ask_variable(arena, variables, text, at, name);
    }
}

Command command_read(Arena *arena, PsqlVariables *variables, Str text, uint32_t at)
{
    Command command = {.name = command_name(text, at)};
    uint32_t arguments = at + 1 + (uint32_t)command.name.len;
    command.end = arguments_end(text, arguments);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!str_equal(command.name, rows[i].name) &&
            !(rows[i].any_case && str_equal_nocase(command.name, rows[i].name))) {
            continue;
        }
        command.effect = rows[i].effect;
        command.tag = rows[i].tag;
        if (rows[i].whole_line) {
            command.end = (uint32_t)str_find_byte(text, '\n', arguments);
            break;
        }
        uint32_t behind = arguments;
        psql_argument(arena, variables, text, &behind, &command.argument);
        act(arena, variables, text, behind, rows[i].action, &command);
        break;
    }
    return command;
}
