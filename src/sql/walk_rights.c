/* With whose rights and which search_path routines run. */
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

/* SET search_path TO DEFAULT leaves it to the caller's. */
static bool fixes_path(const Node *set)
{
    Str kind = node_text(set, KEY_kind);
    return str_equal_nocase(node_text(set, KEY_name), STR("search_path")) &&
           (str_equal(kind, STR("VAR_SET_VALUE")) || str_equal(kind, STR("VAR_SET_CURRENT")));
}

/* The types that tell a routine from others of its name: of the arguments that go into it. */
static const Node *argument_type(const Node *argument)
{
    Str mode = node_text(argument, KEY_mode);
    bool in = !str_equal(mode, STR("FUNC_PARAM_OUT")) && !str_equal(mode, STR("FUNC_PARAM_TABLE"));
    const Node *type =
        node_is(argument, NODE_TypeName) ? argument : node_get(argument, KEY_argType);
    return in ? type : NULL;
}

/* "f(int4,text[])", as KIND_FIXED_PATH names routines, or "f" where ALTER gives no arguments.
 * `arguments` are the parameters of CREATE or the types of ALTER. */
static Str routine_signature(Walk *walk, Str name, const Node *arguments, bool unspecified)
{
    Str text = arena_copy(walk->arena, name);
    const char *before = "(";
    for (size_t i = 0; i < node_length(arguments); i++) {
        const Node *type = argument_type(node_item(arguments, i));
        const Node *names = node_get(type, KEY_names);
        Str last = node_as_text(node_item(names, node_length(names) - 1));
        if (type) {
            text = arena_format(walk->arena, "%.*s%s%.*s%s", (int)text.len, text.at, before,
                                (int)last.len, last.at ? last.at : "",
                                node_get(type, KEY_arrayBounds) ? "[]" : "");
            before = ",";
        }
    }
    return unspecified ? text
                       : arena_format(walk->arena, "%.*s%s)", (int)text.len, text.at,
                                      before[0] == '(' ? before : "");
}

/* Where SECURITY DEFINER stands, whose option is `definer`: [EXTERNAL] SECURITY DEFINER. */
static Range definer_words(const Walk *walk, const Node *definer)
{
    Str sql = walk->fragment->sql;
    Token word = token_next(sql, (size_t)node_number(definer, KEY_location));
    Range words = {word.start, word.end};
    while (words.end < sql.len && !token_is_word(sql, token_next(sql, words.end), STR("definer"))) {
        words.end = token_next(sql, words.end).end;
    }
    words.end = token_next(sql, words.end).end;
    return words;
}

void walk_routine_rights(Walk *walk, const Node *options, const Node *arguments, bool unspecified,
                         const Frame *frame)
{
    const Node *definer = NULL;
    bool fixed = false;
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *option = node_item(options, i);
        const Node *value = node_get(option, KEY_arg);
        Str name = node_text(option, KEY_defname);
        if (str_equal(name, STR("set"))) {
            fixed |= fixes_path(value);
            walk_setting(walk, value, frame);
        } else if (str_equal(name, STR("security")) && node_bool(value, KEY_boolval)) {
            definer = option;
        }
    }
    if (!frame->subject || (!fixed && !definer)) {
        return;
    }
    ObjectName routine = walk->accesses.at[frame->subject - 1].written;
    Str signature = routine_signature(walk, routine.name, arguments, unspecified);
    if (fixed) {
        ObjectName path = {.schema = routine.schema, .name = signature};
        walk_declare_name(walk, KIND_FIXED_PATH, path, (ObjectName){0}, frame);
    }
    if (definer) {
        Notice *notice =
            walk_notice(walk, NOTICE_SECURITY_DEFINER, definer_words(walk, definer), signature);
        notice->access = frame->subject;
        notice->fixed_path = fixed;
    }
}

void walk_alter_routine(Walk *walk, const Node *alter, const Frame *frame)
{
    Frame part = *frame;
    part.subject = walk_named_object(walk, alter, frame);
    walk_signature(walk, node_get(alter, KEY_func), &part);
    const Node *routine = node_get(alter, KEY_func);
    walk_routine_rights(walk, node_get(alter, KEY_actions), node_get(routine, KEY_objargs),
                        node_bool(routine, KEY_args_unspecified), &part);
    WALK_REST(walk, alter, &part, KEY_func);
}
