/* Definitions of operators, aggregates, types, casts and text search objects: what they are built
 * of. */
#include "sql/walk.h"

#include "base/banned.h"

/* Elements of a definition (FUNCTION = f) that name an object. The grammar gives any word a type's
 * shape, so the others (STORAGE = plain) must not be taken for types. Source: the manual's pages of
 * CREATE AGGREGATE, COLLATION, OPERATOR, TEXT SEARCH …, TYPE, FUNCTION and FOREIGN DATA WRAPPER. */
static const struct {
    Str name;
    ObjectKind kind;
    AccessSet set;
} elements[] = {
    {STR("sfunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("finalfunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("combinefunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("serialfunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("deserialfunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("msfunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("minvfunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("mfinalfunc"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("stype"), KIND_TYPE, ACCESS_USAGE},
    {STR("mstype"), KIND_TYPE, ACCESS_USAGE},
    {STR("basetype"), KIND_TYPE, ACCESS_USAGE},
    {STR("sortop"), KIND_OTHER, ACCESS_EXECUTE},

    {STR("function"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("procedure"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("restrict"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("join"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("leftarg"), KIND_TYPE, ACCESS_USAGE},
    {STR("rightarg"), KIND_TYPE, ACCESS_USAGE},
    {STR("commutator"), KIND_OTHER, ACCESS_EXECUTE},
    {STR("negator"), KIND_OTHER, ACCESS_EXECUTE},

    {STR("input"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("output"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("receive"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("send"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("typmod_in"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("typmod_out"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("analyze"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("subscript"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("like"), KIND_TYPE, ACCESS_USAGE},
    {STR("element"), KIND_TYPE, ACCESS_USAGE},

    {STR("subtype"), KIND_TYPE, ACCESS_USAGE},
    {STR("subtype_opclass"), KIND_OTHER, ACCESS_USAGE},
    {STR("collation"), KIND_OTHER, ACCESS_USAGE},
    {STR("canonical"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("subtype_diff"), KIND_ROUTINE, ACCESS_EXECUTE},

    {STR("start"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("gettoken"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("end"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("headline"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("lextypes"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("init"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("lexize"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("template"), KIND_OTHER, ACCESS_USAGE},
    {STR("parser"), KIND_OTHER, ACCESS_USAGE},
    {STR("copy"), KIND_OTHER, ACCESS_USAGE},
    {STR("from"), KIND_OTHER, ACCESS_USAGE},

    {STR("support"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("handler"), KIND_ROUTINE, ACCESS_EXECUTE},
    {STR("validator"), KIND_ROUTINE, ACCESS_EXECUTE},
};

/* A name comes as a type's, as a list of strings or as a routine with arguments; NULL: as none. */
static const Node *names_of(const Node *node)
{
    if (node_is(node, NODE_LIST)) {
        return node_is(node_item(node, 0), NODE_TEXT) ? node : NULL;
    }
    const Node *names = node_get(node, KEY_names);
    return names ? names : node_get(node, KEY_objname);
}

void walk_element(Walk *walk, const Node *element, const Frame *frame)
{
    const Node *argument = node_get(element, KEY_arg);
    const Node *names = names_of(argument);
    Str name = node_text(element, KEY_defname);
    if (!names) {
        if (!node_is(argument, NODE_VariableSetStmt)) { /* SET of a routine is not the session's */
            walk_node(walk, argument, frame);
        }
        return;
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (str_equal_nocase(name, elements[i].name)) {
            walk_use(walk, names, node_number(element, KEY_location), elements[i].kind,
                     elements[i].set, CONTEXT_OTHER, frame);
        }
    }
}

/* Statements with fields that name a routine; it stands behind a word of theirs. */
static const struct {
    NodeTag tag;
    NodeKey key;
    Str behind;
    Context context;
} routines[] = {
    {NODE_CreateTrigStmt, KEY_funcname, STR("execute"), CONTEXT_TRIGGER},
    {NODE_CreateEventTrigStmt, KEY_funcname, STR("execute"), CONTEXT_TRIGGER},
    {NODE_CreateCastStmt, KEY_func, STR("function"), CONTEXT_OTHER},
    {NODE_CreateTransformStmt, KEY_fromsql, STR(""), CONTEXT_OTHER},
    {NODE_CreateTransformStmt, KEY_tosql, STR(""), CONTEXT_OTHER},
    {NODE_CreateConversionStmt, KEY_func_name, STR("from"), CONTEXT_OTHER},
    {NODE_CreateAmStmt, KEY_handler_name, STR("handler"), CONTEXT_OTHER},
    {NODE_CreatePLangStmt, KEY_plhandler, STR(""), CONTEXT_OTHER},
    {NODE_CreatePLangStmt, KEY_plinline, STR(""), CONTEXT_OTHER},
    {NODE_CreatePLangStmt, KEY_plvalidator, STR(""), CONTEXT_OTHER},
};

void walk_used_routines(Walk *walk, const Node *node, const Frame *frame)
{
    for (size_t i = 0; i < sizeof routines / sizeof *routines; i++) {
        if (routines[i].tag != node->tag) {
            continue;
        }
        uint32_t from = routines[i].behind.len
                            ? walk_behind_last(walk, walk->statement_start, routines[i].behind)
                            : 0;
        const Node *routine = node_get(node, routines[i].key);
        walk_use(walk, names_of(routine), from, KIND_ROUTINE, ACCESS_EXECUTE, routines[i].context,
                 frame);
        walk_signature(walk, routine, frame);
    }
}

void walk_built_of_routines(Walk *walk, const Node *node, const Frame *frame)
{
    walk_used_routines(walk, node, frame);
    WALK_REST(walk, node, frame, KEY_funcname, KEY_func, KEY_fromsql, KEY_tosql, KEY_handler_name,
              KEY_plhandler, KEY_plinline, KEY_plvalidator);
}

/* Source: PostgreSQL 15, src/include/nodes/parsenodes.h: OPCLASS_ITEM_… */
enum { ITEM_OPERATOR = 1, ITEM_FUNCTION = 2 };

void walk_class_item(Walk *walk, const Node *item, const Frame *frame)
{
    const Node *names = names_of(node_get(item, KEY_name));
    switch (node_number(item, KEY_itemtype)) {
    case ITEM_OPERATOR:
        walk_use(walk, names, 0, KIND_OTHER, ACCESS_EXECUTE, CONTEXT_OTHER, frame);
        break;
    case ITEM_FUNCTION:
        walk_use(walk, names, 0, KIND_ROUTINE, ACCESS_EXECUTE, CONTEXT_OTHER, frame);
        break;
    default:
        break;
    }
    walk_use(walk, node_get(item, KEY_order_family), 0, KIND_OTHER, ACCESS_USAGE, CONTEXT_OTHER,
             frame);
    WALK_REST(walk, item, frame, KEY_name, KEY_order_family);
}

/* ALTER TEXT SEARCH CONFIGURATION … MAPPING … WITH dictionaries. */
void walk_mapping(Walk *walk, const Node *alter, const Frame *frame)
{
    Frame part = *frame;
    part.subject = walk_named_object(walk, alter, frame);
    const Node *dictionaries = node_get(alter, KEY_dicts);
    walk->named = walk_behind_last(walk, walk->statement_start, STR("for"));
    for (size_t i = 0; i < node_length(dictionaries); i++) {
        walk_use(walk, node_item(dictionaries, i), 0, KIND_OTHER, ACCESS_USAGE, CONTEXT_OTHER,
                 &part);
    }
}
