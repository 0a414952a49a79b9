/* Functions that execute an argument: what they are given is SQL, as for EXECUTE. */
#include "sql/computed.h"
#include "sql/walk.h"

#include "base/banned.h"

/* Sources: PostgreSQL's manual, "Functions and Operators" and tablefunc; pg_cron's README; pgTAP's
 * documentation, "Tests"; pgRouting's, "Inner Queries". What pg_cron executes in another database
 * is read as if it were this one. */
typedef struct {
    Str schema; /* the function's; pg_catalog's needs not be named; empty: an extension's, anywhere
                 */
    const char *names;  /* a list, or the beginning of one: pgr_* */
    size_t least, most; /* arguments */
    size_t argument;    /* the SQL */
    Str named;          /* how it is called in named notation */
    enum {
        COMMAND_TEXT,
        COMMAND_MAYBE, /* if it is a text of more than one word: no prepared statement's name, no
                          array or value */
    } kind;
} Command;

/* pgTAP's tests of one query, and of two. */
static const char tests[] =
    "lives_ok throws_ok throws_like throws_ilike throws_matching throws_imatching performs_ok "
    "performs_within is_empty isnt_empty row_eq";
static const char comparisons[] =
    "results_eq results_ne set_eq set_ne set_has set_hasnt bag_eq bag_ne bag_has bag_hasnt";

static const Command commands[] = {
    {STR("pg_catalog"), "query_to_xml", 4, 4, 0, STR("query"), COMMAND_TEXT},
    {STR("pg_catalog"), "query_to_xmlschema", 4, 4, 0, STR("query"), COMMAND_TEXT},
    {STR("pg_catalog"), "query_to_xml_and_xmlschema", 4, 4, 0, STR("query"), COMMAND_TEXT},
    {STR("pg_catalog"), "ts_stat", 1, 2, 0, STR("query"), COMMAND_TEXT},
    {STR("pg_catalog"), "ts_rewrite", 2, 2, 1, STR(""), COMMAND_TEXT},
    {STR("cron"), "schedule", 2, 2, 1, STR("command"), COMMAND_TEXT},
    {STR("cron"), "schedule", 3, 3, 2, STR("command"), COMMAND_TEXT},
    {STR("cron"), "schedule_in_database", 4, 6, 2, STR("command"), COMMAND_TEXT},
    {STR("cron"), "alter_job", 3, 6, 2, STR("command"), COMMAND_TEXT},
    {STR(""), "crosstab", 1, 2, 0, STR(""), COMMAND_TEXT},
    {STR(""), "crosstab", 2, 2, 1, STR(""), COMMAND_TEXT},
    {STR(""), "crosstab2", 1, 1, 0, STR(""), COMMAND_TEXT},
    {STR(""), "crosstab3", 1, 1, 0, STR(""), COMMAND_TEXT},
    {STR(""), "crosstab4", 1, 1, 0, STR(""), COMMAND_TEXT},
    {STR(""), "pgr_*", 2, 12, 0, STR(""), COMMAND_MAYBE},
    {STR(""), "pgr_*", 2, 12, 1, STR(""), COMMAND_MAYBE},
    {STR(""), tests, 1, 4, 0, STR(""), COMMAND_MAYBE},
    {STR(""), comparisons, 1, 4, 0, STR(""), COMMAND_MAYBE},
    {STR(""), comparisons, 2, 3, 1, STR(""), COMMAND_MAYBE},
};

static bool is_command(const Command *command, ObjectName function, size_t count)
{
    bool there = !command->schema.len || str_equal(function.schema, command->schema) ||
                 (!function.schema.len && str_equal(command->schema, STR("pg_catalog")));
    Str names = str_from(command->names);
    size_t stem = str_find_byte(names, '*', 0);
    bool called = stem < names.len ? str_starts_with(function.name, str_slice(names, 0, stem))
                                   : str_in_list(command->names, function.name);
    return there && called && count >= command->least && count <= command->most;
}

/* Is the argument put together from texts: a || b, format(…)? */
static bool is_composed(const Node *node)
{
    const Node *names = node_is(node, NODE_FuncCall) ? node_get(node, KEY_funcname) : NULL;
    Str function = names ? walk_list_name(names, node_length(names)).name : (Str){0};
    return node_is(node, NODE_A_Expr) || str_equal(function, STR("format"));
}

/* Is the argument surely no text of SQL? */
static bool is_other(const Command *command, const Node *argument)
{
    const Node *value = node_is(argument, NODE_TypeCast) ? node_get(argument, KEY_arg) : argument;
    if (command->kind == COMMAND_TEXT || !node_is(value, NODE_A_Const)) {
        return command->kind == COMMAND_MAYBE && !is_composed(value);
    }
    Str text = node_text(node_get(value, KEY_sval), KEY_sval);
    return str_find_byte(text, ' ', 0) == text.len && str_find_byte(text, '\n', 0) == text.len;
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
            if (text && !is_other(&commands[i], text)) {
                execute(walk, text, frame);
            }
        }
    }
}
