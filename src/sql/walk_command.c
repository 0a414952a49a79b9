/* Functions that execute an argument: what they are given is SQL, as for EXECUTE. */
#include "sql/computed.h"
#include "sql/walk.h"

#include "base/banned.h"

/* Sources: PostgreSQL's manual, "Functions and Operators" and tablefunc; pg_cron's README. What
 * pg_cron executes in another database is read as if it were this one. */
typedef struct {
    Str schema; /* the function's; pg_catalog's needs not be named; empty: an extension's, anywhere
                 */
    Str name;
    size_t least, most; /* arguments */
    size_t argument;    /* the SQL */
    Str named;          /* how it is called in named notation */
} Command;

static const Command commands[] = {
    {STR("pg_catalog"), STR("query_to_xml"), 4, 4, 0, STR("query")},
    {STR("pg_catalog"), STR("query_to_xmlschema"), 4, 4, 0, STR("query")},
    {STR("pg_catalog"), STR("query_to_xml_and_xmlschema"), 4, 4, 0, STR("query")},
    {STR("pg_catalog"), STR("ts_stat"), 1, 2, 0, STR("query")},
    {STR("pg_catalog"), STR("ts_rewrite"), 2, 2, 1, STR("")},
    {STR("cron"), STR("schedule"), 2, 2, 1, STR("command")},
    {STR("cron"), STR("schedule"), 3, 3, 2, STR("command")},
    {STR("cron"), STR("schedule_in_database"), 4, 6, 2, STR("command")},
    {STR("cron"), STR("alter_job"), 3, 6, 2, STR("command")},
    {STR(""), STR("crosstab"), 1, 2, 0, STR("")},
    {STR(""), STR("crosstab"), 2, 2, 1, STR("")},
    {STR(""), STR("crosstab2"), 1, 1, 0, STR("")},
    {STR(""), STR("crosstab3"), 1, 1, 0, STR("")},
    {STR(""), STR("crosstab4"), 1, 1, 0, STR("")},
};

static bool is_command(const Command *command, ObjectName function, size_t count)
{
    bool there = !command->schema.len || str_equal(function.schema, command->schema) ||
                 (!function.schema.len && str_equal(command->schema, STR("pg_catalog")));
    return there && str_equal(function.name, command->name) && count >= command->least &&
           count <= command->most;
}

/* The argument that is SQL, or NULL: it has its default, or it is no text. */
static const Node *argument_of(const Command *command, const Node *arguments)
{
    const Node *found = node_item(arguments, command->argument);
    for (size_t i = 0; i < node_length(arguments); i++) {
        const Node *argument = node_item(arguments, i);
        if (!node_is(argument, NODE_NamedArgExpr)) {
            continue;
        }
        if (command->named.len && str_equal(node_text(argument, KEY_name), command->named)) {
            return node_get(argument, KEY_arg);
        }
        found = argument == found ? NULL : found;
    }
    const Node *value = node_is(found, NODE_TypeCast) ? node_get(found, KEY_arg) : found;
    return node_is(value, NODE_A_Const) && !node_get(value, KEY_sval) ? NULL : found;
}

/* The text is a query of its own: it sees nothing of the one around the call. */
static void execute(Walk *walk, const Node *text, const Frame *frame)
{
    static const RoutineBody plain = {.language = "sql"};
    Frame inner = {.context = CONTEXT_OTHER,
                   .lone = frame->body ? CONTEXT_ROUTINE_BODY : CONTEXT_FROM,
                   .subject = frame->subject,
                   .search_path = frame->search_path,
                   .routine = frame->routine,
                   .body = frame->body ? frame->body : &plain};
    if (frame->body && frame->body->variables) {
        walk_execute(walk, text, &inner);
        return;
    }
    ComputedText computed = computed_text(walk->scratch, walk->fragment, text, NULL);
    walk_execute_text(walk, &computed, &inner);
}

void walk_commands(Walk *walk, ObjectName function, const Node *arguments, const Frame *frame)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (is_command(&commands[i], function, node_length(arguments))) {
            const Node *text = argument_of(&commands[i], arguments);
            if (text) {
                execute(walk, text, frame);
            }
        }
    }
}
