/* Does a write read its target? PostgreSQL asks for SELECT wherever an expression names a column of
 * it. */
#include "sql/walk.h"

#include "base/banned.h"

/* Where column references are looked at. */
typedef struct {
    Str schema, table; /* table: the target's alias, or its name */
    bool aliased;
    bool deeper; /* in a subquery with a FROM: a bare column is taken for one of its own */
} Target;

static bool reads(const Node *node, const Target *target);

static Str alias_of(const Node *item)
{
    Str alias = node_text(node_get(item, KEY_alias), KEY_aliasname);
    return alias.len ? alias : node_text(item, KEY_relname);
}

/* column, table.column, table.*, schema.table.column, or a bare star. */
static bool is_column_of(const Node *reference, const Target *target)
{
    const Node *fields = node_get(reference, KEY_fields);
    size_t count = node_length(fields);
    Str first = node_as_text(node_item(fields, 0));
    if (count == 1) {
        return !target->deeper || str_equal(first, target->table);
    }
    if (count == 2) {
        return str_equal(first, target->table);
    }
    Str table = node_as_text(node_item(fields, count - 2));
    Str schema = node_as_text(node_item(fields, count - 3));
    return !target->aliased && str_equal(table, target->table) &&
           (!target->schema.len || str_equal(schema, target->schema));
}

/* Is the target's name hidden by an item of this FROM? */
static bool hides(const Node *item, const Target *target)
{
    if (node_is(item, NODE_LIST)) {
        for (size_t i = 0; i < node_length(item); i++) {
            if (hides(node_item(item, i), target)) {
                return true;
            }
        }
        return false;
    }
    if (node_is(item, NODE_JoinExpr)) {
        return hides(node_get(item, KEY_larg), target) || hides(node_get(item, KEY_rarg), target);
    }
    return str_equal(alias_of(item), target->table);
}

static bool reads_query(const Node *query, const Target *outer)
{
    Target target = *outer;
    const Node *from = node_get(query, KEY_fromClause);
    target.deeper |= node_length(from) > 0;
    if (hides(from, outer)) {
        return false;
    }
    for (size_t i = 0; i < query->count; i++) {
        const Field *field = &query->fields[i];
        bool arm = field->key == KEY_larg || field->key == KEY_rarg; /* without a type of its own */
        if (arm ? reads_query(&field->value, outer) : reads(&field->value, &target)) {
            return true;
        }
    }
    return false;
}

static bool reads(const Node *node, const Target *target)
{
    if (!node || node->tag < NODE_LIST) {
        return false;
    }
    if (node->tag == NODE_ColumnRef) {
        return is_column_of(node, target);
    }
    if (node->tag == NODE_SelectStmt) {
        return reads_query(node, target);
    }
    for (size_t i = 0; i < node->count; i++) {
        const Node *part = node->tag == NODE_LIST ? &node->items[i] : &node->fields[i].value;
        if (reads(part, target)) {
            return true;
        }
    }
    return false;
}

/* ON CONFLICT (columns) and ON CONSTRAINT look for the row that is in the way. */
static bool reads_conflict(const Node *conflict, const Target *target)
{
    return node_get(conflict, KEY_infer) || reads(node_get(conflict, KEY_targetList), target) ||
           reads(node_get(conflict, KEY_whereClause), target);
}

AccessSet walk_target_select(const Node *statement)
{
    static const NodeKey keys[] = {KEY_whereClause, KEY_targetList, KEY_returningList,
                                   KEY_joinCondition, KEY_mergeWhenClauses};
    const Node *relation = node_get(statement, KEY_relation);
    Target target = {.schema = node_text(relation, KEY_schemaname),
                     .table = alias_of(relation),
                     .aliased = node_get(relation, KEY_alias) != NULL};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (reads(node_get(statement, keys[i]), &target)) {
            return ACCESS_SELECT;
        }
    }
    return reads_conflict(node_get(statement, KEY_onConflictClause), &target) ? ACCESS_SELECT : 0;
}
