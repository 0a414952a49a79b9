/* What a statement changes for the ones behind it: search_path and transactions. */
#include "sql/hole.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

static void add_effect(Walk *walk, EffectKind kind, StrList schemas)
{
    array_push(walk->scratch, &walk->effects, (Effect){.kind = kind, .schemas = schemas});
}

/* SET search_path takes every argument as one schema, quoted or not: 'a, b' is a schema of that
 * name. */
static StrList schemas_from_arguments(Walk *walk, const Node *arguments)
{
    StrList list = {.at = ARENA_ARRAY(walk->arena, Str, node_length(arguments))};
    for (size_t i = 0; i < node_length(arguments); i++) {
        const Node *constant = node_get(node_item(arguments, i), KEY_sval);
        Str schema = node_text(constant, KEY_sval);
        if (!hole_in_name(schema)) {
            list.at[list.count++] = arena_copy(walk->arena, schema);
        }
    }
    return list;
}

/* A path of which nothing but holes is known is taken for the service's own. */
static void add_search_path(Walk *walk, bool local, StrList schemas, bool holes)
{
    EffectKind kind = local ? EFFECT_SEARCH_PATH_LOCAL : EFFECT_SEARCH_PATH;
    add_effect(walk, holes && !schemas.count ? EFFECT_SEARCH_PATH_RESET : kind, schemas);
}

void walk_set(Walk *walk, const Node *set, const Frame *frame)
{
    walk_setting(walk, set, frame);
    walk_set_effect(walk, set);
}

void walk_set_effect(Walk *walk, const Node *set)
{
    Str kind = node_text(set, KEY_kind);
    if (str_equal(kind, STR("VAR_RESET_ALL"))) {
        add_effect(walk, EFFECT_SEARCH_PATH_RESET, (StrList){0});
    }
    if (!str_equal_nocase(node_text(set, KEY_name), STR("search_path"))) {
        return;
    }
    if (str_equal(kind, STR("VAR_SET_VALUE"))) {
        const Node *arguments = node_get(set, KEY_args);
        StrList schemas = schemas_from_arguments(walk, arguments);
        add_search_path(walk, node_bool(set, KEY_is_local), schemas,
                        schemas.count < node_length(arguments));
    } else {
        add_effect(walk, EFFECT_SEARCH_PATH_RESET, (StrList){0});
    }
}

void walk_discard(Walk *walk, const Node *discard, const Frame *frame)
{
    (void)frame;
    bool all = str_equal(node_text(discard, KEY_target), STR("DISCARD_ALL"));
    if (all) {
        add_effect(walk, EFFECT_SEARCH_PATH_RESET, (StrList){0});
    }
    if (all || str_equal(node_text(discard, KEY_target), STR("DISCARD_TEMP"))) {
        add_effect(walk, EFFECT_DROP_TEMPORARIES, (StrList){0});
    }
}

void walk_transaction(Walk *walk, const Node *transaction, const Frame *frame)
{
    static const struct {
        Str name;
        EffectKind kind;
    } kinds[] = {
        {STR("TRANS_STMT_BEGIN"), EFFECT_BEGIN},
        {STR("TRANS_STMT_START"), EFFECT_BEGIN},
        {STR("TRANS_STMT_COMMIT"), EFFECT_COMMIT},
        {STR("TRANS_STMT_PREPARE"), EFFECT_COMMIT},
        {STR("TRANS_STMT_ROLLBACK"), EFFECT_ROLLBACK},
        {STR("TRANS_STMT_SAVEPOINT"), EFFECT_SAVEPOINT},
        {STR("TRANS_STMT_ROLLBACK_TO"), EFFECT_ROLLBACK_TO},
    };
    (void)frame;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_equal(node_text(transaction, KEY_kind), kinds[i].name)) {
            add_effect(walk, kinds[i].kind, (StrList){0});
            walk->effects.at[walk->effects.count - 1].savepoint =
                arena_copy(walk->arena, node_text(transaction, KEY_savepoint_name));
        }
    }
    if (node_bool(transaction, KEY_chain)) { /* COMMIT AND CHAIN begins the next one */
        add_effect(walk, EFFECT_BEGIN, (StrList){0});
    }
}

/* The text of a string constant, .at is NULL for anything else. */
static Str constant_text(const Node *node)
{
    const Node *constant = node_get(node, KEY_sval);
    return node_is(node, NODE_A_Const) && constant ? node_text(constant, KEY_sval) : (Str){0};
}

/* A setting's text is a list of identifiers, unlike the arguments of SET. */
static StrList schemas_from_text(Walk *walk, Str text)
{
    StrList list = {.at = ARENA_ARRAY(walk->arena, Str, text.len / 2 + 1)};
    for (Token token = token_next(text, 0); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (token_is_name(token)) {
            list.at[list.count++] = token_name(walk->arena, text, token);
        }
    }
    return list;
}

/* A schema in the text of a search_path is a hole. */
static void note_path(Walk *walk, const Node *constant)
{
    Token token = token_next(walk->fragment->sql, (size_t)node_number(constant, KEY_location));
    walk_notice(walk, NOTICE_DYNAMIC_SQL, (Range){token.start, token.end},
                STR("a schema of the search_path is put together at run time"));
}

/* set_config('search_path', 'a, b', local): what pg_dump writes instead of SET. */
void walk_set_config(Walk *walk, Str function, const Node *arguments, const Frame *frame)
{
    if (!str_equal(function, STR("set_config")) || node_length(arguments) != 3) {
        return;
    }
    Str name = constant_text(node_item(arguments, 0));
    if (constant_text(node_item(arguments, 1)).at) {
        walk_setting_text(walk, name, node_item(arguments, 1), frame);
    }
    if (!str_equal_nocase(name, STR("search_path"))) {
        return;
    }
    const Node *local = node_get(node_item(arguments, 2), KEY_boolval);
    Str text = constant_text(node_item(arguments, 1));
    bool holes = !text.at || hole_in_name(text);
    if (holes) {
        note_path(walk, node_item(arguments, 1));
    }
    add_search_path(walk, node_bool(local, KEY_boolval),
                    holes ? (StrList){0} : schemas_from_text(walk, text), holes);
}

void walk_do(Walk *walk, const Node *block, const Frame *frame)
{
    walk_body(walk, node_get(block, KEY_args), (RoutineBody){.runs = true}, frame);
}
