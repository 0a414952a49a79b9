/* Calls, and texts that stand for an object. */
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

/* The string constant below any casts; NULL for anything else. */
static const Node *constant_of(const Node *node)
{
    while (node_is(node, NODE_TypeCast)) {
        node = node_get(node, KEY_arg);
    }
    return node_is(node, NODE_A_Const) && node_get(node, KEY_sval) ? node : NULL;
}

/* The dotted name in the text of a constant, folded as ::regclass folds it; where it stands in the
 * statement goes to *range: inside the quotes, or the whole constant where it has escapes. */
static ObjectName name_in_constant(Walk *walk, const Node *constant, Range *range)
{
    Str text = node_text(node_get(constant, KEY_sval), KEY_sval);
    Str sql = walk->fragment->sql;
    Token literal = token_next(sql, (size_t)node_number(constant, KEY_location));
    Str inside = str_slice(sql, literal.start + 1, literal.end - 1);
    *range = (Range){literal.start, literal.end};
    if (str_equal(inside, text)) {
        Range name = token_dotted_name(text, 0);
        *range = (Range){literal.start + 1 + name.start, literal.start + 1 + name.end};
    }
    if (walk_is_filled_in(walk, text)) {
        *range = range->start == range->end ? (Range){literal.start, literal.end} : *range;
        size_t dot = str_find_byte(text, '.', 0);
        return (ObjectName){.schema = dot < text.len ? str_slice(text, 0, dot) : (Str){0},
                            .name = str_slice(text, dot < text.len ? dot + 1 : 0, text.len)};
    }
    ObjectName name = {0};
    for (Token token = token_next(text, 0); token_is_name(token);) {
        name.schema = name.name;
        name.name = token_name(walk->scratch, text, token);
        Token dot = token_next(text, token.end);
        token = token_is_symbol(text, dot, '.') ? token_next(text, dot.end) : (Token){0};
    }
    return name;
}

uint32_t walk_add_constant(Walk *walk, const Node *node, ObjectKind kind, AccessSet set,
                           Context context, const Frame *frame)
{
    const Node *constant = constant_of(node);
    Range range;
    if (!constant) {
        return 0;
    }
    ObjectName name = name_in_constant(walk, constant, &range);
    if (kind == KIND_SCHEMA) {
        name = (ObjectName){.schema = name.name};
    }
    bool empty = !name.name.len && !name.schema.len;
    return empty ? 0 : walk_add(walk, kind, name, range, set, context, frame);
}

/* For Access.call. CALL passes something for OUT parameters, too, which are no part of a signature.
 */
static uint32_t passed_arguments(const Node *call)
{
    bool known = node_is(call, NODE_FuncCall) && !node_bool(call, KEY_func_variadic) &&
                 !node_bool(call, KEY_agg_within_group);
    return known ? 1 + (uint32_t)node_length(node_get(call, KEY_args)) : 0;
}

/* Calls of PostgreSQL's own functions are no accesses, and the name that one takes as text is one.
 */
static void walk_call_in(Walk *walk, const Node *call, Context context, const Frame *frame)
{
    const Node *names = node_get(call, KEY_funcname);
    const Node *arguments = node_get(call, KEY_args);
    ObjectName function = walk_list_name(names, node_length(names));
    const Node *named = NULL;
    if (!function.schema.len || str_equal(function.schema, STR("pg_catalog"))) {
        named = walk_name_argument(walk, function.name, arguments, frame);
        walk_set_config(walk, function.name, arguments, frame);
    }
    walk_foreign_call(walk, call, function.name);
    walk_commands(walk, function, arguments, frame);
    uint32_t access = walk_call_name(walk, call, context, frame);
    if (access) {
        walk->accesses.at[access - 1].call = passed_arguments(call);
    }
    for (size_t i = 0; i < node_length(arguments); i++) {
        if (node_item(arguments, i) != named) {
            walk_node(walk, node_item(arguments, i), frame);
        }
    }
    WALK_REST(walk, call, frame, KEY_funcname, KEY_args);
}

void walk_call(Walk *walk, const Node *call, const Frame *frame)
{
    walk_call_in(walk, call, walk_named_context(frame), frame);
}

/* CALL's own call comes without the name of its node type. */
void walk_call_statement(Walk *walk, const Node *statement, const Frame *frame)
{
    walk_call(walk, node_get(statement, KEY_funccall), frame);
}

/* Each of a FROM's functions is a list of the call and its columns. */
void walk_range_function(Walk *walk, const Node *range, const Frame *frame)
{
    const Node *functions = node_get(range, KEY_functions);
    for (size_t i = 0; i < node_length(functions); i++) {
        const Node *call = node_item(node_item(functions, i), 0);
        if (node_is(call, NODE_FuncCall)) {
            walk_call_in(walk, call, frame->context, frame);
        } else {
            walk_node(walk, call, frame);
        }
        walk_node(walk, node_item(node_item(functions, i), 1), frame);
    }
    WALK_REST(walk, range, frame, KEY_functions, KEY_alias);
}

/* The default of a parameter. */
void walk_parameter(Walk *walk, const Node *parameter, const Frame *frame)
{
    Frame value = *frame;
    value.in_default = true;
    walk_node(walk, node_get(parameter, KEY_defexpr), &value);
    WALK_REST(walk, parameter, frame, KEY_defexpr);
}
