#include "sql/plpgsql_variables.h"

#include "base/banned.h"

bool plpgsql_is_number(Str type)
{
    static const Str types[] = {STR("smallint"), STR("integer"), STR("int"),      STR("bigint"),
                                STR("int2"),     STR("int4"),    STR("int8"),     STR("numeric"),
                                STR("decimal"),  STR("real"),    STR("float"),    STR("float4"),
                                STR("float8"),   STR("oid"),     STR("boolean"),  STR("bool"),
                                STR("double"),   STR("serial"),  STR("bigserial")};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_equal(type, types[i])) {
            return true;
        }
    }
    return false;
}

static PlpgsqlVariable *variable_at(PlpgsqlVariables *variables, Token token)
{
    Str name = token_name(variables->arena, variables->body, token);
    PlpgsqlVariable *variable = map_get(&variables->by_name, name);
    if (!variable) {
        variable = ARENA_NEW(variables->arena, PlpgsqlVariable);
        *variable = (PlpgsqlVariable){.name = name, .number = true};
        map_put(variables->arena, &variables->by_name, name, variable);
    }
    return variable;
}

/* Whatever is named in bytes `range` may be set to anything. */
static void forget(PlpgsqlVariables *variables, Range range)
{
    Str text = str_slice(variables->body, 0, range.end);
    for (Token token = token_next(text, range.start); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (token_is_name(token)) {
            variable_at(variables, token)->unknown = true;
        }
    }
}

/* Numbers of a length, "numeric(10, 2)", and "double precision" are as good; arrays are not. */
static bool is_number(PlpgsqlVariables *variables, Range type)
{
    Str text = str_slice(variables->body, 0, type.end);
    Token token = token_next(text, type.start);
    bool listed = token_is_name(token) &&
                  plpgsql_is_number(token_name(variables->arena, variables->body, token));
    for (; listed && token.kind != TOKEN_END; token = token_next(text, token.end)) {
        listed = !token_is_symbol(text, token, '[') && !token_is_symbol(text, token, '%') &&
                 !token_is_symbol(text, token, '.');
    }
    return listed;
}

static void take_declaration(PlpgsqlVariables *variables, const PlpgsqlPart *part)
{
    Token name = token_next(variables->body, part->range.start);
    PlpgsqlVariable *variable = variable_at(variables, name);
    variable->declared = true;
    variable->number &= is_number(variables, part->part);
    if (part->value.end > part->value.start) {
        array_push(variables->arena, &variable->values, part->value);
    }
}

/* name := value; of a[1] := value and a.b := value all names are forgotten. */
static void take_assignment(PlpgsqlVariables *variables, const PlpgsqlPart *part)
{
    Token name = token_next(variables->body, part->range.start);
    Token behind = token_next(variables->body, name.end);
    bool whole = token_is_name(name) && (token_is_symbol(variables->body, behind, ':') ||
                                         token_is_symbol(variables->body, behind, '='));
    if (whole) {
        array_push(variables->arena, &variable_at(variables, name)->values, part->part);
    } else {
        forget(variables, (Range){part->range.start, part->part.start});
    }
}

/* CALL sets the variables that it gets for INOUT arguments. */
static void take_statement(PlpgsqlVariables *variables, const PlpgsqlPart *part)
{
    Token first = token_next(variables->body, part->range.start);
    if (token_is_word(variables->body, first, STR("call"))) {
        forget(variables, part->range);
    }
}

static void take_part(void *context, const PlpgsqlPart *part)
{
    PlpgsqlVariables *variables = context;
    switch (part->kind) {
    case PLPGSQL_DECLARATION:
        take_declaration(variables, part);
        break;
    case PLPGSQL_ASSIGNMENT:
        take_assignment(variables, part);
        break;
    case PLPGSQL_STATEMENT:
        take_statement(variables, part);
        break;
    case PLPGSQL_TARGET:
        forget(variables, part->range);
        break;
    default:
        break;
    }
}

PlpgsqlVariables plpgsql_variables(Arena *arena, Str body)
{
    PlpgsqlVariables variables = {.arena = arena, .body = body};
    plpgsql_read(arena, body, take_part, &variables);
    return variables;
}

const PlpgsqlVariable *plpgsql_variable(const PlpgsqlVariables *variables, Str name)
{
    return map_get(&variables->by_name, name);
}
