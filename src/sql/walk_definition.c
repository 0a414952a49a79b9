/* What defines objects: CREATE and ALTER of tables, views, indexes, routines and what hangs on
 * them. */
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

/* The frame below an object that is being defined: its query is the object's, not the statement's.
 */
static Frame part_frame(const Frame *frame, uint32_t subject, Context lone)
{
    Frame part = *frame;
    part.subject = subject;
    part.lone = lone;
    return part;
}

/* The parent of INHERITS and PARTITION OF shows the child's rows from then on: only its owner may
 * do that. */
static void walk_inherited(Walk *walk, const Node *relations, const Frame *frame)
{
    for (size_t i = 0; i < node_length(relations); i++) {
        walk_add_relation(walk, node_item(relations, i), ACCESS_ALTER, CONTEXT_INHERITANCE, frame);
    }
}

static bool drops_on_commit(const Node *node)
{
    return str_equal(node_text(node, KEY_oncommit), STR("ONCOMMIT_DROP"));
}

/* The table of the same schema that it is a partition of: who owns that owns it, unless the
 * manifest says otherwise. */
static Str partitioned(const Node *create)
{
    const Node *parents = node_get(create, KEY_inhRelations);
    if (!node_get(create, KEY_partbound) || node_length(parents) != 1) {
        return (Str){0};
    }
    ObjectName parent = walk_relation_name(node_item(parents, 0));
    ObjectName own = walk_relation_name(node_get(create, KEY_relation));
    return str_equal(parent.schema, own.schema) ? parent.name : (Str){0};
}

void walk_create(Walk *walk, const Node *create, const Frame *frame)
{
    const Node *relation = node_get(create, KEY_relation);
    uint32_t table = walk_add_relation(walk, relation, ACCESS_CREATE, CONTEXT_DEFINITION, frame);
    walk_declare(walk, KIND_RELATION, relation, frame);
    Declaration *declaration = &walk->declarations.at[walk->declarations.count - 1];
    declaration->until_commit = drops_on_commit(create);
    declaration->parent.name = arena_copy(walk->arena, partitioned(create));
    Frame part = part_frame(frame, table, CONTEXT_SUBQUERY);
    walk_inherited(walk, node_get(create, KEY_inhRelations), &part);
    const Node *elements = node_get(create, KEY_tableElts);
    for (size_t i = 0; i < node_length(elements); i++) {
        const Node *column = node_item(elements, i);
        walk_declare_column_sequence(walk, column, node_text(column, KEY_colname), relation, &part);
    }
    WALK_REST(walk, create, &part, KEY_relation, KEY_inhRelations);
}

void walk_foreign_table(Walk *walk, const Node *create, const Frame *frame)
{
    walk_create(walk, node_get(create, KEY_base), frame);
    walk_use_server(walk, create, frame);
    WALK_REST(walk, create, frame, KEY_base);
}

void walk_constraint(Walk *walk, const Node *constraint, const Frame *frame)
{
    Frame value = *frame;
    value.in_default |= str_equal(node_text(constraint, KEY_contype), STR("CONSTR_DEFAULT"));
    walk_add_relation(walk, node_get(constraint, KEY_pktable), ACCESS_REFERENCES,
                      CONTEXT_FOREIGN_KEY, frame);
    const Node *exclusions = node_get(constraint, KEY_exclusions);
    for (size_t i = 0; i < node_length(exclusions); i++) { /* a column and its operator */
        walk_node(walk, node_item(node_item(exclusions, i), 0), frame);
        walk_use(walk, node_item(node_item(exclusions, i), 1),
                 node_number(constraint, KEY_location), KIND_OTHER, ACCESS_EXECUTE, CONTEXT_OTHER,
                 frame);
    }
    WALK_REST(walk, constraint, &value, KEY_pktable, KEY_exclusions);
}

void walk_like(Walk *walk, const Node *like, const Frame *frame)
{
    walk_add_relation(walk, node_get(like, KEY_relation), ACCESS_SELECT, CONTEXT_INHERITANCE,
                      frame);
}

void walk_view(Walk *walk, const Node *view, const Frame *frame)
{
    const Node *relation = node_get(view, KEY_view);
    uint32_t subject = walk_add_relation(walk, relation, ACCESS_CREATE, CONTEXT_DEFINITION, frame);
    walk_declare(walk, KIND_RELATION, relation, frame);
    Frame part = part_frame(frame, subject, CONTEXT_VIEW);
    WALK_REST(walk, view, &part, KEY_view);
}

/* CREATE TABLE AS copies once; a materialized view keeps reading. */
void walk_create_as(Walk *walk, const Node *create, const Frame *frame)
{
    const Node *relation = node_get(node_get(create, KEY_into), KEY_rel);
    uint32_t subject = walk_add_relation(walk, relation, ACCESS_CREATE, CONTEXT_DEFINITION, frame);
    walk_declare(walk, KIND_RELATION, relation, frame);
    walk->declarations.at[walk->declarations.count - 1].until_commit =
        drops_on_commit(node_get(create, KEY_into));
    bool view = str_equal(node_text(create, KEY_objtype), STR("OBJECT_MATVIEW"));
    Frame part = part_frame(frame, view ? subject : 0, view ? CONTEXT_VIEW : CONTEXT_FROM);
    WALK_REST(walk, create, &part, KEY_into);
}

static void walk_owned(Walk *walk, const Node *node, NodeKey key, const Frame *frame)
{
    uint32_t subject =
        walk_add_relation(walk, node_get(node, key), ACCESS_ALTER, CONTEXT_DEFINITION, frame);
    Frame part = part_frame(frame, subject, CONTEXT_SUBQUERY);
    WALK_REST(walk, node, &part, key);
}

void walk_definition(Walk *walk, const Node *node, const Frame *frame)
{
    walk_owned(walk, node, KEY_relation, frame);
}

void walk_policy(Walk *walk, const Node *policy, const Frame *frame)
{
    walk_owned(walk, policy, KEY_table, frame);
}

void walk_index(Walk *walk, const Node *index, const Frame *frame)
{
    const Node *relation = node_get(index, KEY_relation);
    ObjectName table = walk_relation_name(relation);
    walk_owned(walk, index, KEY_relation, frame);
    if (node_text(index, KEY_idxname).len) {
        ObjectName name = {.schema = table.schema, .name = node_text(index, KEY_idxname)};
        walk_declare_name(walk, KIND_INDEX, name, table, frame);
    }
}

void walk_statistics(Walk *walk, const Node *statistics, const Frame *frame)
{
    const Node *relations = node_get(statistics, KEY_relations);
    walk_named_object(walk, statistics, frame);
    for (size_t i = 0; i < node_length(relations); i++) {
        walk_add_relation(walk, node_item(relations, i), ACCESS_ALTER, CONTEXT_DEFINITION, frame);
    }
    WALK_REST(walk, statistics, frame, KEY_relations);
}

static uint32_t walk_schema(Walk *walk, Str name, AccessSet set, const Frame *frame)
{
    Range range =
        token_find_name(walk->scratch, walk->fragment->sql, walk->statement_start, &name, 1);
    return walk_add(walk, KIND_SCHEMA, (ObjectName){.schema = name}, range, set, CONTEXT_DEFINITION,
                    frame);
}

/* CREATE EXTENSION … SCHEMA: what it makes there is not known. */
void walk_extension(Walk *walk, const Node *extension, const Frame *frame)
{
    const Node *options = node_get(extension, KEY_options);
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *option = node_item(options, i);
        if (str_equal(node_text(option, KEY_defname), STR("schema"))) {
            Str name = node_text(option, KEY_arg);
            Range range = token_find_name(walk->scratch, walk->fragment->sql,
                                          (size_t)node_number(option, KEY_location), &name, 1);
            walk_add(walk, KIND_SCHEMA, (ObjectName){.schema = name}, range, ACCESS_CREATE,
                     CONTEXT_OTHER, frame);
        }
    }
}

void walk_reindex(Walk *walk, const Node *reindex, const Frame *frame)
{
    if (str_equal(node_text(reindex, KEY_kind), STR("REINDEX_OBJECT_SCHEMA"))) {
        walk_schema(walk, node_text(reindex, KEY_name), ACCESS_ALTER, frame);
    }
    uint32_t subject = walk_add_relation(walk, node_get(reindex, KEY_relation), ACCESS_ALTER,
                                         CONTEXT_DEFINITION, frame);
    if (subject && str_equal(node_text(reindex, KEY_kind), STR("REINDEX_OBJECT_INDEX"))) {
        walk->accesses.at[subject - 1].kind = KIND_INDEX;
    }
}

/* Inside CREATE SCHEMA, unqualified names are looked up in the new schema first. */
void walk_create_schema(Walk *walk, const Node *create, const Frame *frame)
{
    Str name = node_text(create, KEY_schemaname);
    name = name.len ? name : node_text(node_get(create, KEY_authrole), KEY_rolename);
    if (!name.len) {
        return;
    }
    walk_new_owner(walk, walk_schema(walk, name, ACCESS_CREATE, frame),
                   node_get(create, KEY_authrole));
    walk_declare_name(walk, KIND_SCHEMA, (ObjectName){.schema = name}, (ObjectName){0}, frame);
    SearchPath *path = ARENA_NEW(walk->arena, SearchPath);
    Str *schema = ARENA_NEW(walk->arena, Str);
    *schema = arena_copy(walk->arena, name);
    *path = (SearchPath){.schemas = {.at = schema, .count = 1}, .then_session = true};
    Frame part = *frame;
    part.search_path = path;
    WALK_REST(walk, create, &part, KEY_authrole);
}

void walk_create_sequence(Walk *walk, const Node *sequence, const Frame *frame)
{
    const Node *relation = node_get(sequence, KEY_sequence);
    bool creates = sequence->tag == NODE_CreateSeqStmt;
    uint32_t subject = walk_add_relation(walk, relation, creates ? ACCESS_CREATE : ACCESS_ALTER,
                                         CONTEXT_DEFINITION, frame);
    if (subject) {
        walk->accesses.at[subject - 1].kind = KIND_SEQUENCE;
    }
    if (creates) {
        walk_declare(walk, KIND_SEQUENCE, relation, frame);
    }
    Frame part = part_frame(frame, subject, frame->lone);
    walk_owned_by(walk, sequence, &part);
}

void walk_composite(Walk *walk, const Node *composite, const Frame *frame)
{
    const Node *name = node_get(composite, KEY_typevar);
    uint32_t subject = walk_add_relation(walk, name, ACCESS_CREATE, CONTEXT_DEFINITION, frame);
    if (subject) {
        walk->accesses.at[subject - 1].kind = KIND_TYPE;
    }
    walk_declare(walk, KIND_TYPE, name, frame);
    Frame part = part_frame(frame, subject, frame->lone);
    WALK_REST(walk, composite, &part, KEY_typevar);
}

void walk_trigger(Walk *walk, const Node *trigger, const Frame *frame)
{
    uint32_t table = walk_add_relation(walk, node_get(trigger, KEY_relation), ACCESS_TRIGGER,
                                       CONTEXT_TRIGGER, frame);
    Frame part = part_frame(frame, table, CONTEXT_SUBQUERY);
    walk_add_relation(walk, node_get(trigger, KEY_constrrel), ACCESS_REFERENCES, CONTEXT_TRIGGER,
                      &part);
    walk_transitions(walk, trigger, &part);
    walk_used_routines(walk, trigger, &part);
    WALK_REST(walk, trigger, &part, KEY_relation, KEY_constrrel, KEY_funcname);
}

/* The routine's name as text; as it stands in the source where it is put together at run time. */
static Str dotted(Walk *walk, const Node *names, uint32_t access)
{
    ObjectName name = walk_list_name(names, node_length(names));
    if (access && walk->accesses.at[access - 1].doubt) {
        return walk->accesses.at[access - 1].spelling;
    }
    if (!name.schema.len) {
        return arena_copy(walk->arena, name.name);
    }
    return arena_format(walk->arena, "%.*s.%.*s", (int)name.schema.len, name.schema.at,
                        (int)name.name.len, name.name.at);
}

static bool returns_trigger(const Node *routine)
{
    const Node *names = node_get(node_get(routine, KEY_returnType), KEY_names);
    return str_equal(walk_list_name(names, node_length(names)).name, STR("trigger"));
}

static bool returns_table(const Node *routine)
{
    const Node *parameters = node_get(routine, KEY_parameters);
    const Node *last = node_item(parameters, node_length(parameters) - 1);
    return str_equal(node_text(last, KEY_mode), STR("FUNC_PARAM_TABLE"));
}

/* A body in BEGIN ATOMIC is part of the tree; one in a string is not. */
void walk_routine(Walk *walk, const Node *routine, const Frame *frame)
{
    Frame body = *frame;
    body.subject = walk_named_object(walk, routine, frame);
    body.routine = dotted(walk, node_get(routine, KEY_funcname), body.subject);
    body.lone = CONTEXT_ROUTINE_BODY;
    walk_routine_rights(walk, node_get(routine, KEY_options), node_get(routine, KEY_parameters),
                        false, &body);
    walk_node(walk, node_get(routine, KEY_sql_body), &body);
    const Node *options = node_get(routine, KEY_options);
    walk_body(walk, options,
              (RoutineBody){.in_trigger = returns_trigger(routine),
                            .parameters = node_get(routine, KEY_parameters)},
              &body);
    Frame signature = part_frame(frame, body.subject, frame->lone);
    for (size_t i = 0; i < node_length(options); i++) {
        if (!str_equal(node_text(node_item(options, i), KEY_defname), STR("as"))) {
            walk_node(walk, node_item(options, i), &signature);
        }
    }
    if (!returns_table(routine)) { /* the types of a table's columns are its parameters' */
        walk_node(walk, node_get(routine, KEY_returnType), &signature);
    }
    WALK_REST(walk, routine, &signature, KEY_funcname, KEY_sql_body, KEY_options, KEY_returnType);
}

void walk_vacuum(Walk *walk, const Node *vacuum, const Frame *frame)
{
    const Node *rels = node_get(vacuum, KEY_rels);
    for (size_t i = 0; i < node_length(rels); i++) {
        walk_add_relation(walk, node_get(node_item(rels, i), KEY_relation), ACCESS_ALTER,
                          CONTEXT_DEFINITION, frame);
    }
}
