/* What the variables of a PL/pgSQL body hold when EXECUTE runs one of them. One that only
 * expressions of the body set holds what one of these gives, wherever they stand. */
#include "sql/computed.h"
#include "sql/parse.h"
#include "sql/plpgsql_variables.h"
#include "sql/walk.h"

#include "base/banned.h"

enum {
    MOST_DEPTH = 32,          /* variables in variables */
    LONGEST_VALUE = 64 * 1024 /* v := v0 || v0 doubles each time */
};

/* What one expression gives, and the fragment that it stands in. */
typedef struct {
    SqlFragment from;
    ComputedText text;
} Value;

typedef struct {
    bool busy;   /* its values are being computed */
    bool failed; /* they cannot be told: one names the variable itself, or is too long */
    bool run;    /* its values have been walked */
    ARRAY(Value) values;
} Values;

struct WalkVariables {
    ComputedNames names; /* first: what computed_text gets */
    Walk *walk;
    const SqlFragment *body;
    const Node *parameters;
    PlpgsqlVariables variables; /* once `read` */
    bool read;
    Map values; /* Values, by name */
    size_t depth;
    ComputedText number;
};

static const PlpgsqlVariable *variable_named(WalkVariables *variables, Str name)
{
    if (!variables->read) {
        variables->read = true;
        variables->variables = plpgsql_variables(variables->walk->scratch, variables->body->sql);
    }
    return plpgsql_variable(&variables->variables, name);
}

static const Node *parameter_named(const WalkVariables *variables, Str name)
{
    for (size_t i = 0; i < node_length(variables->parameters); i++) {
        const Node *parameter = node_item(variables->parameters, i);
        if (str_equal(node_text(parameter, KEY_name), name)) {
            return parameter;
        }
    }
    return NULL;
}

static bool is_number_parameter(const Node *parameter)
{
    const Node *type = node_get(parameter, KEY_argType);
    const Node *names = node_get(type, KEY_names);
    ObjectName name = walk_list_name(names, node_length(names));
    bool own = name.schema.len && !str_equal(name.schema, STR("pg_catalog"));
    return !own && !node_get(type, KEY_arrayBounds) && !node_bool(type, KEY_pct_type) &&
           plpgsql_is_number(name.name);
}

/* Adds what the expression at `range` of the body gives; a NULL gives nothing that could be run. */
static void add_value(WalkVariables *variables, Values *values, Range range)
{
    Arena *scratch = variables->walk->scratch;
    Value value = {
        .from = walk_statement_behind(variables->walk, variables->body, STR("SELECT "), range)};
    Parse parse = parse_open(scratch, value.from.sql);
    const Node *select = node_get(node_item(parse.statements, 0), KEY_stmt);
    const Node *target = node_item(node_get(select, KEY_targetList), 0);
    if (target) {
        value.text =
            computed_text(scratch, &value.from, node_get(target, KEY_val), &variables->names);
    }
    values->failed |= !target || value.text.text.sql.len > LONGEST_VALUE;
    if (value.text.known || value.text.any_texts) {
        array_push(scratch, &values->values, value);
    }
    parse_close(&parse);
}

static Values *compute_values(WalkVariables *variables, const PlpgsqlVariable *variable)
{
    Values *values = ARENA_NEW(variables->walk->scratch, Values);
    *values = (Values){.busy = true};
    map_put(variables->walk->scratch, &variables->values, variable->name, values);
    for (size_t i = 0; i < variable->values.count && !values->failed; i++) {
        add_value(variables, values, variable->values.at[i]);
    }
    values->busy = false;
    return values;
}

/* All that the variable may hold, or NULL where that cannot be told. */
static Values *values_of(WalkVariables *variables, Str name)
{
    const PlpgsqlVariable *variable = variable_named(variables, name);
    if (!variable || !variable->declared || variable->unknown || parameter_named(variables, name) ||
        variables->depth >= MOST_DEPTH) {
        return NULL;
    }
    Values *values = map_get(&variables->values, name);
    if (!values) {
        variables->depth++;
        values = compute_values(variables, variable);
        variables->depth--;
    }
    values->failed |= values->busy;
    return values->failed || !values->values.count ? NULL : values;
}

static bool is_number(WalkVariables *variables, Str name)
{
    const Node *parameter = parameter_named(variables, name);
    const PlpgsqlVariable *variable = variable_named(variables, name);
    bool declared = variable && variable->declared;
    return (parameter || declared) && (!parameter || is_number_parameter(parameter)) &&
           (!declared || variable->number);
}

static const ComputedText *find(ComputedNames *names, Str name)
{
    WalkVariables *variables = (WalkVariables *)names;
    if (is_number(variables, name)) {
        return &variables->number;
    }
    const Values *values = values_of(variables, name);
    return values && values->values.count == 1 ? &values->values.at[0].text : NULL;
}

WalkVariables *walk_variables(Walk *walk, const SqlFragment *body, const Node *parameters)
{
    static const char value[] = {HOLE_VALUE, '\0'};
    WalkVariables *variables = ARENA_NEW(walk->scratch, WalkVariables);
    *variables = (WalkVariables){.names = {.find = find},
                                 .walk = walk,
                                 .body = body,
                                 .parameters = parameters,
                                 .number = {.text = {.sql = {.at = value, .len = 1}}}};
    return variables;
}

ComputedNames *walk_variable_names(WalkVariables *variables)
{
    return variables ? &variables->names : NULL;
}

bool walk_execute_variable(Walk *walk, const Node *expression, Frame *frame)
{
    WalkVariables *variables = frame->body->variables;
    Str name = computed_variable(expression);
    Values *values = variables && name.len ? values_of(variables, name) : NULL;
    const SqlFragment *outer = walk->fragment;
    if (!values) {
        return false;
    }
    for (size_t i = 0; !values->run && i < values->values.count; i++) {
        walk->fragment = &values->values.at[i].from;
        walk_execute_text(walk, &values->values.at[i].text, frame);
    }
    walk->fragment = outer;
    walk->inner_statements += values->run;
    walk->inner_checked += values->run;
    values->run = true;
    return true;
}
