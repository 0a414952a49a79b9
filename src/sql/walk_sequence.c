/* Sequences that belong to a column: serial, GENERATED … AS IDENTITY, OWNED BY. */
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

enum { LONGEST_NAME = 63 };

static const Str suffix = STR("_seq");

static size_t cut(Str name, size_t length)
{
    while (length > 0 && length < name.len && ((unsigned char)name.at[length] & 0xc0) == 0x80) {
        length--;
    }
    return length;
}

/* table_column_seq, the longer of the two cut until it fits. Source: PostgreSQL 15,
 * makeObjectName() in src/backend/commands/indexcmds.c. */
static Str sequence_name(Walk *walk, Str table, Str column)
{
    size_t room = LONGEST_NAME - suffix.len - 1;
    size_t first = table.len, second = column.len;
    while (first + second > room) {
        if (first > second) {
            first--;
        } else {
            second--;
        }
    }
    return arena_format(walk->scratch, "%.*s_%.*s%s", (int)cut(table, first), table.at,
                        (int)cut(column, second), column.at, suffix.at);
}

static bool is_serial(const Node *column)
{
    static const Str names[] = {STR("serial"),  STR("bigserial"), STR("smallserial"),
                                STR("serial4"), STR("serial8"),   STR("serial2")};
    const Node *type = node_get(node_get(column, KEY_typeName), KEY_names);
    for (size_t i = 0; node_length(type) == 1 && i < sizeof names / sizeof *names; i++) {
        if (str_equal(node_as_text(node_item(type, 0)), names[i])) {
            return true;
        }
    }
    return false;
}

/* The GENERATED … AS IDENTITY that `node` is or, as a column, has; or NULL. */
static const Node *identity_of(const Node *node)
{
    if (node_is(node, NODE_Constraint)) {
        return str_equal(node_text(node, KEY_contype), STR("CONSTR_IDENTITY")) ? node : NULL;
    }
    const Node *constraints = node_get(node, KEY_constraints);
    for (size_t i = 0; i < node_length(constraints); i++) {
        const Node *identity = identity_of(node_item(constraints, i));
        if (identity) {
            return identity;
        }
    }
    return NULL;
}

/* The list of strings that option `name` holds, or NULL. */
static const Node *option(const Node *options, Str name)
{
    for (size_t i = 0; i < node_length(options); i++) {
        if (str_equal(node_text(node_item(options, i), KEY_defname), name)) {
            return node_get(node_item(options, i), KEY_arg);
        }
    }
    return NULL;
}

static Declaration *last_declaration(Walk *walk)
{
    return &walk->declarations.at[walk->declarations.count - 1];
}

void walk_declare_column_sequence(Walk *walk, const Node *column, Str name, const Node *table,
                                  const Frame *frame)
{
    bool defines = node_is(column, NODE_ColumnDef);
    const Node *identity = defines || node_is(column, NODE_Constraint) ? identity_of(column) : NULL;
    if (!name.len || (!identity && !(defines && is_serial(column)))) {
        return;
    }
    ObjectName parent = walk_relation_name(table);
    const Node *named = option(node_get(identity, KEY_options), STR("sequence_name"));
    ObjectName sequence = walk_list_name(named, node_length(named));
    if (!named) {
        sequence =
            (ObjectName){.schema = parent.schema, .name = sequence_name(walk, parent.name, name)};
    }
    walk_declare_name(walk, KIND_SEQUENCE, sequence, parent, frame);
    last_declaration(walk)->temporary = str_equal(node_text(table, KEY_relpersistence), STR("t"));
}

/* OWNED BY table.column makes the sequence a part of the table. */
void walk_owned_by(Walk *walk, const Node *sequence, const Frame *frame)
{
    Str parts[3] = {0};
    const Node *owner = option(node_get(sequence, KEY_options), STR("owned_by"));
    size_t count = node_length(owner);
    if (count < 2 || count > 4) { /* NONE */
        return;
    }
    count = count > 3 ? 3 : count;
    for (size_t i = 0; i < count; i++) {
        parts[i] = node_as_text(node_item(owner, node_length(owner) - count + i));
    }
    ObjectName table = {.schema = count > 2 ? parts[0] : (Str){0}, .name = parts[count - 2]};
    Range range = token_find_name(walk->scratch, walk->fragment->sql,
                                  walk_behind_last(walk, walk->statement_start, STR("owned")),
                                  parts, count - 1);
    walk_add(walk, KIND_RELATION, table, range, ACCESS_ALTER, CONTEXT_DEFINITION, frame);
    const Node *relation = node_get(sequence, KEY_sequence);
    walk_declare_name(walk, KIND_SEQUENCE, walk_relation_name(relation), table, frame);
    last_declaration(walk)->temporary =
        str_equal(node_text(relation, KEY_relpersistence), STR("t"));
}
