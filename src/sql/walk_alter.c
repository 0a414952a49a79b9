/* ALTER TABLE and its like: VIEW, INDEX, SEQUENCE, TYPE, FOREIGN TABLE. */
#include "sql/object_type.h"
#include "sql/walk.h"

#include "base/banned.h"

/* ATTACH and DETACH PARTITION change the partition too: an index's is an index. */
static void walk_partition(Walk *walk, const Node *command, ObjectKind kind, const Frame *frame)
{
    uint32_t access = walk_add_relation(walk, node_get(command, KEY_name), ACCESS_ALTER,
                                        CONTEXT_INHERITANCE, frame);
    if (access) {
        walk->accesses.at[access - 1].kind = kind;
    }
    WALK_REST(walk, command, frame, KEY_name);
}

/* One of ALTER TABLE's commands; what it names is its `def`. */
static void walk_command(Walk *walk, const Node *command, const Node *table, ObjectKind kind,
                         const Frame *frame)
{
    const Node *definition = node_get(command, KEY_def);
    Frame part = *frame;
    part.in_default = str_equal(node_text(command, KEY_subtype), STR("AT_ColumnDefault"));
    walk_new_owner(walk, frame->subject, node_get(command, KEY_newowner));
    if (node_is(definition, NODE_RangeVar)) { /* [NO] INHERIT */
        walk_add_relation(walk, definition, ACCESS_ALTER, CONTEXT_INHERITANCE, frame);
    } else if (node_is(definition, NODE_PartitionCmd)) {
        walk_partition(walk, definition, kind, frame);
    } else {
        Str column = node_text(definition, KEY_colname);
        walk_declare_column_sequence(
            walk, definition, column.len ? column : node_text(command, KEY_name), table, frame);
        walk_node(walk, definition, &part);
    }
    WALK_REST(walk, command, &part, KEY_def);
}

void walk_alter_table(Walk *walk, const Node *alter, const Frame *frame)
{
    const Node *relation = node_get(alter, KEY_relation);
    const Node *commands = node_get(alter, KEY_cmds);
    const ObjectType *type = object_type(node_text(alter, KEY_objtype));
    ObjectKind kind = type ? type->kind : KIND_RELATION;
    uint32_t table = walk_add_relation(walk, relation, ACCESS_ALTER, CONTEXT_DEFINITION, frame);
    Frame part = *frame;
    if (table) {
        walk->accesses.at[table - 1].kind = kind;
        part.subject = table;
        part.lone = CONTEXT_SUBQUERY;
    }
    for (size_t i = 0; i < node_length(commands); i++) {
        walk_command(walk, node_item(commands, i), relation, kind, &part);
    }
    WALK_REST(walk, alter, &part, KEY_relation, KEY_cmds);
}
