/* Statements that work on an object of any type: DROP, COMMENT, ALTER … RENAME, SET SCHEMA, OWNER
 * TO. */
#include "sql/object_type.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

enum { MOST_PARTS = 4 };

/* The name's parts: a list of strings, a type's or routine's names, or one string. */
static size_t name_parts(const Node *object, Str parts[MOST_PARTS])
{
    const Node *list = object;
    if (node_is(node_item(object, 0), NODE_TypeName)) { /* a domain, and its constraint */
        list = node_get(node_item(object, 0), KEY_names);
    } else if (node_is(object, NODE_TypeName)) {
        list = node_get(object, KEY_names);
    } else if (node_is(object, NODE_ObjectWithArgs)) {
        list = node_get(object, KEY_objname);
    } else if (node_is(object, NODE_TEXT)) {
        parts[0] = node_as_text(object);
        return 1;
    }
    size_t count = node_length(list);
    for (size_t i = 0; i < count && i < MOST_PARTS; i++) {
        parts[i] = node_as_text(node_item(list, i));
    }
    return count <= MOST_PARTS ? count : 0;
}

/* DROP FUNCTION f(…) is a list that holds what others have alone. */
static const Node *unwrap_single(const Node *object)
{
    const Node *only = node_length(object) == 1 ? node_item(object, 0) : NULL;
    return only && !node_is(only, NODE_TEXT) ? only : object;
}

void walk_signature(Walk *walk, const Node *object, const Frame *frame)
{
    const Node *types = node_get(object, KEY_objargs);
    for (size_t i = 0; i < node_length(types); i++) {
        walk_node(walk, node_item(types, i), frame);
    }
}

/* The parts that stand for the object itself: an access method stands before it, the name of what
 * lies within a relation behind it. */
static size_t own_parts(NameShape shape, Str parts[MOST_PARTS], size_t count)
{
    if (count && shape == SHAPE_ON_RELATION) {
        return count - 1;
    }
    if (count && shape == SHAPE_BEHIND_METHOD) {
        for (size_t i = 1; i < count; i++) {
            parts[i - 1] = parts[i];
        }
        return count - 1;
    }
    return count;
}

/* Adds the access to the object of a DDL statement. `after` is where to look for its name, and
 * moves on, so that the same name twice in a list gives two places. */
static uint32_t add_object(Walk *walk, Str type_name, const Node *object, AccessSet set,
                           uint32_t *after, const Frame *frame)
{
    const ObjectType *type = object_type(type_name);
    Str parts[MOST_PARTS] = {0};
    if (type && type->shape == SHAPE_TYPES) {
        walk_node(walk, object, frame);
        return 0;
    }
    size_t count = name_parts(unwrap_single(object), parts);
    count = type ? own_parts(type->shape, parts, count) : 0;
    if (count == 0 || type->shape == SHAPE_GLOBAL) {
        return 0;
    }
    if (type->shape == SHAPE_ON_RELATION) { /* named behind the last ON */
        *after = walk_behind_last(walk, *after, STR("on"));
    }
    Range range = token_find_name(walk->scratch, walk->fragment->sql, *after, parts, count);
    if (range.end) {
        *after = range.end;
    } else { /* spelled in a way that only the parser reads: the whole statement */
        range = (Range){walk->statement_start, (uint32_t)walk->fragment->sql.len};
    }
    ObjectName name = {.schema = count > 1 ? parts[count - 2] : (Str){0}, .name = parts[count - 1]};
    if (type->shape == SHAPE_SCHEMA) {
        name = (ObjectName){.schema = parts[0]};
    }
    uint32_t access = walk_add(walk, type->kind, name, range, set, CONTEXT_DEFINITION, frame);
    walk_signature(walk, unwrap_single(object), frame);
    return access;
}

void walk_drop(Walk *walk, const Node *drop, const Frame *frame)
{
    const Node *objects = node_get(drop, KEY_objects);
    uint32_t after = walk->statement_start;
    for (size_t i = 0; i < node_length(objects); i++) {
        uint32_t access = add_object(walk, node_text(drop, KEY_removeType), node_item(objects, i),
                                     ACCESS_DROP, &after, frame);
        if (access) {
            walk->accesses.at[access - 1].if_exists = node_bool(drop, KEY_missing_ok);
        }
    }
}

static Str object_type_name(const Node *node)
{
    static const NodeKey keys[] = {KEY_objtype, KEY_objectType, KEY_renameType};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (node_text(node, keys[i]).len) {
            return node_text(node, keys[i]);
        }
    }
    return (Str){0};
}

/* An object is given as a range variable (`relation`) or as a name (`object`). */
void walk_object(Walk *walk, const Node *node, const Frame *frame)
{
    const Node *relation = node_get(node, KEY_relation);
    Str type_name = object_type_name(node);
    const ObjectType *type = object_type(type_name);
    if (relation) {
        uint32_t access =
            walk_add_relation(walk, relation, ACCESS_ALTER, CONTEXT_DEFINITION, frame);
        walk->accesses.at[access - 1].kind = type ? type->kind : KIND_RELATION;
    } else {
        uint32_t after = walk->statement_start;
        const Node *object = node_get(node, KEY_object);
        object = object ? object : node_get(node, KEY_subname); /* ALTER SCHEMA … RENAME */
        walk_new_owner(walk, add_object(walk, type_name, object, ACCESS_ALTER, &after, frame),
                       node_get(node, KEY_newowner));
    }
}

/* The object that `node` works on exists under another name afterwards. */
static void declare_moved(Walk *walk, const Node *node, ObjectName moved, const Frame *frame)
{
    const ObjectType *type = object_type(object_type_name(node));
    if (type && type->shape == SHAPE_NAME && moved.name.len) {
        walk_declare_name(walk, type->kind, moved, (ObjectName){0}, frame);
    }
}

void walk_rename(Walk *walk, const Node *rename, const Frame *frame)
{
    if (str_equal(node_text(rename, KEY_renameType), STR("OBJECT_ROLE"))) {
        walk_rename_role(walk, rename, frame);
        return;
    }
    walk_object(walk, rename, frame);
    ObjectName moved = walk_relation_name(node_get(rename, KEY_relation));
    moved.name = node_get(rename, KEY_relation) ? node_text(rename, KEY_newname) : (Str){0};
    declare_moved(walk, rename, moved, frame);
}

static Range find_last(Walk *walk, Str name)
{
    Range last = {0};
    Range next = {.end = walk->statement_start};
    do {
        next = token_find_name(walk->scratch, walk->fragment->sql, next.end, &name, 1);
        last = next.end ? next : last;
    } while (next.end);
    return last;
}

void walk_set_schema(Walk *walk, const Node *alter, const Frame *frame)
{
    walk_object(walk, alter, frame);
    Str schema = node_text(alter, KEY_newschema);
    ObjectName moved = walk_relation_name(node_get(alter, KEY_relation));
    moved.schema = schema;
    declare_moved(walk, alter, moved, frame);
    walk_add(walk, KIND_SCHEMA, (ObjectName){.schema = schema}, find_last(walk, schema),
             ACCESS_CREATE, CONTEXT_DEFINITION, frame);
}
