/* Expressions that name objects: calls, and texts that stand for a relation. */
#include "sql/computed.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

/* Functions of pg_catalog whose first argument is the name of a sequence. Source: PostgreSQL's manual,
 * "Sequence Manipulation Functions". */
static const struct {
    Str name;
    AccessSet set;
} sequence_functions[] = {
    {STR("nextval"), ACCESS_USAGE},
    {STR("currval"), ACCESS_USAGE},
    {STR("setval"), ACCESS_UPDATE},
};

/* The string constant below any casts; NULL for anything else. */
static const Node *constant_of(const Node *node)
{
    while (node_is(node, NODE_TypeCast)) {
        node = node_get(node, KEY_arg);
    }
    return node_is(node, NODE_A_Const) && node_get(node, KEY_sval) ? node : NULL;
}

/* The dotted name in the text of a constant, folded as ::regclass folds it; where it stands in the statement
 * goes to *range: inside the quotes, or the whole constant where it has escapes. */
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
    if (computed_has_hole(text)) {
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
    return name.name.len ? walk_add(walk, kind, name, range, set, context, frame) : 0;
}

static void walk_sequence_function(Walk *walk, Str function, const Node *arguments,
                                   const Frame *frame)
{
    for (size_t i = 0; i < sizeof sequence_functions / sizeof *sequence_functions; i++) {
        if (str_equal(function, sequence_functions[i].name)) {
            walk_add_constant(walk, node_item(arguments, 0), KIND_SEQUENCE,
                              sequence_functions[i].set, CONTEXT_OTHER, frame);
        }
    }
}

void walk_call(Walk *walk, const Node *call, const Frame *frame)
{
    const Node *names = node_get(call, KEY_funcname);
    const Node *arguments = node_get(call, KEY_args);
    ObjectName function = walk_list_name(names, node_length(names));
    if (!function.schema.len || str_equal(function.schema, STR("pg_catalog"))) {
        walk_sequence_function(walk, function.name, arguments, frame);
        walk_set_config(walk, function.name, arguments);
    }
    WALK_REST(walk, call, frame, KEY_funcname);
}
