/* Statements that make or change an object which they name by a list of strings, without a place.
 */
#include "sql/object_type.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

static const struct {
    NodeTag tag;
    NodeKey name;
    ObjectKind kind;
    AccessSet set;
} rows[] = {
    {NODE_CreateFunctionStmt, KEY_funcname, KIND_ROUTINE, ACCESS_CREATE},
    {NODE_AlterFunctionStmt, KEY_func, KIND_ROUTINE, ACCESS_ALTER},
    {NODE_CreateEnumStmt, KEY_typeName, KIND_TYPE, ACCESS_CREATE},
    {NODE_CreateRangeStmt, KEY_typeName, KIND_TYPE, ACCESS_CREATE},
    {NODE_AlterEnumStmt, KEY_typeName, KIND_TYPE, ACCESS_ALTER},
    {NODE_AlterTypeStmt, KEY_typeName, KIND_TYPE, ACCESS_ALTER},
    {NODE_CreateDomainStmt, KEY_domainname, KIND_TYPE, ACCESS_CREATE},
    {NODE_AlterDomainStmt, KEY_typeName, KIND_TYPE, ACCESS_ALTER},
    {NODE_DefineStmt, KEY_defnames, KIND_OTHER, ACCESS_CREATE},
    {NODE_CreateConversionStmt, KEY_conversion_name, KIND_OTHER, ACCESS_CREATE},
    {NODE_CreateOpClassStmt, KEY_opclassname, KIND_OTHER, ACCESS_CREATE},
    {NODE_CreateOpFamilyStmt, KEY_opfamilyname, KIND_OTHER, ACCESS_CREATE},
    {NODE_AlterOpFamilyStmt, KEY_opfamilyname, KIND_OTHER, ACCESS_ALTER},
    {NODE_AlterTSDictionaryStmt, KEY_dictname, KIND_OTHER, ACCESS_ALTER},
    {NODE_AlterTSConfigurationStmt, KEY_cfgname, KIND_OTHER, ACCESS_ALTER},
    {NODE_AlterCollationStmt, KEY_collname, KIND_OTHER, ACCESS_ALTER},
    {NODE_AlterOperatorStmt, KEY_opername, KIND_OTHER, ACCESS_ALTER},
    {NODE_AlterStatsStmt, KEY_defnames, KIND_OTHER, ACCESS_ALTER},
    {NODE_CreateStatsStmt, KEY_defnames, KIND_OTHER, ACCESS_CREATE},
};

/* Adds an access to the object that `names`, a list of strings without a place, calls; 0 for no
 * name. */
static uint32_t add_named(Walk *walk, const Node *names, ObjectKind kind, AccessSet set,
                          const Frame *frame)
{
    Str parts[3] = {0};
    size_t count = node_length(names);
    if (count == 0 || count > 3) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        parts[i] = node_as_text(node_item(names, i));
    }
    Str sql = walk->fragment->sql;
    Range range = token_find_name(walk->scratch, sql, walk->statement_start, parts, count);
    if (!range.end) { /* an operator, or spelled in a way that only the parser reads */
        range = (Range){token_next(sql, walk->statement_start).start, (uint32_t)sql.len};
    }
    return walk_add(walk, kind, walk_list_name(names, count), range, set, CONTEXT_DEFINITION,
                    frame);
}

/* An aggregate is a routine and a base type a type; the rest of what DEFINE makes is neither. */
static ObjectKind defined_kind(const Node *node, ObjectKind kind)
{
    const ObjectType *type =
        node->tag == NODE_DefineStmt ? object_type(node_text(node, KEY_kind)) : NULL;
    return type ? type->kind : kind;
}

uint32_t walk_named_object(Walk *walk, const Node *node, const Frame *frame)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].tag != node->tag) {
            continue;
        }
        const Node *name = node_get(node, rows[i].name);
        const Node *names = node_get(name, KEY_objname) ? node_get(name, KEY_objname) : name;
        ObjectKind kind = defined_kind(node, rows[i].kind);
        uint32_t access = add_named(walk, names, kind, rows[i].set, frame);
        if (access && rows[i].set == ACCESS_CREATE) {
            walk_declare_name(walk, kind, walk_list_name(names, node_length(names)),
                              (ObjectName){0}, frame);
        }
        return access;
    }
    return 0;
}

void walk_named(Walk *walk, const Node *node, const Frame *frame)
{
    Frame part = *frame;
    part.subject = walk_named_object(walk, node, frame);
    part.in_default =
        node->tag == NODE_AlterDomainStmt && str_equal(node_text(node, KEY_subtype), STR("T"));
    walk_signature(walk, node_get(node, KEY_opername), &part);
    walk_used_routines(walk, node, &part);
    WALK_REST(walk, node, &part, KEY_func, KEY_opername, KEY_defnames);
}
