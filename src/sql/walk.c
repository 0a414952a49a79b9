#include "sql/walk.h"

#include "sql/command_tag.h"
#include "sql/computed.h"
#include "sql/hole.h"
#include "sql/parse.h"
#include "sql/read.h"
#include "sql/token.h"

#include "base/banned.h"

/* SET CONSTRAINTS spells constraints as range variables. */
static void walk_nothing(Walk *walk, const Node *node, const Frame *frame)
{
    (void)walk, (void)node, (void)frame;
}

/* Node types that need more than having their fields walked. */
static WalkHandler *const handlers[NODE_TAG_COUNT] = {
    [NODE_SelectStmt] = walk_select,
    [NODE_InsertStmt] = walk_insert,
    [NODE_UpdateStmt] = walk_update,
    [NODE_DeleteStmt] = walk_delete,
    [NODE_MergeStmt] = walk_merge,
    [NODE_CopyStmt] = walk_copy,
    [NODE_TruncateStmt] = walk_truncate,
    [NODE_LockStmt] = walk_lock,
    [NODE_JoinExpr] = walk_join,
    [NODE_RangeVar] = walk_range_variable,
    [NODE_RangeSubselect] = walk_range_subselect,
    [NODE_CommonTableExpr] = walk_cte,

    [NODE_CreateStmt] = walk_create,
    [NODE_CreateForeignTableStmt] = walk_foreign_table,
    [NODE_Constraint] = walk_constraint,
    [NODE_TableLikeClause] = walk_like,
    [NODE_AlterTableStmt] = walk_alter_table,
    [NODE_ViewStmt] = walk_view,
    [NODE_CreateTableAsStmt] = walk_create_as,
    [NODE_RuleStmt] = walk_definition,
    [NODE_ClusterStmt] = walk_definition,
    [NODE_RefreshMatViewStmt] = walk_definition,
    [NODE_ReindexStmt] = walk_reindex,
    [NODE_CreatePolicyStmt] = walk_policy,
    [NODE_AlterPolicyStmt] = walk_policy,
    [NODE_IndexStmt] = walk_index,
    [NODE_CreateStatsStmt] = walk_statistics,
    [NODE_CreateSchemaStmt] = walk_create_schema,
    [NODE_CreateSeqStmt] = walk_create_sequence,
    [NODE_AlterSeqStmt] = walk_create_sequence,
    [NODE_CompositeTypeStmt] = walk_composite,
    [NODE_CreateTrigStmt] = walk_trigger,
    [NODE_CreateFunctionStmt] = walk_routine,
    [NODE_VacuumStmt] = walk_vacuum,
    [NODE_GrantStmt] = walk_grant,
    [NODE_AlterDefaultPrivilegesStmt] = walk_default_privileges,
    [NODE_GrantRoleStmt] = walk_grant_role,
    [NODE_CreateRoleStmt] = walk_create_role,
    [NODE_AlterRoleStmt] = walk_alter_role,
    [NODE_AlterRoleSetStmt] = walk_role_setting,
    [NODE_AlterDatabaseSetStmt] = walk_role_setting,
    [NODE_AlterSystemStmt] = walk_role_setting,
    [NODE_DropRoleStmt] = walk_drop_role,
    [NODE_ReassignOwnedStmt] = walk_reassign_owned,
    [NODE_DropOwnedStmt] = walk_drop_owned,
    [NODE_AlterFunctionStmt] = walk_alter_routine,

    [NODE_CreatePublicationStmt] = walk_publication,
    [NODE_AlterPublicationStmt] = walk_publication,
    [NODE_CreateSubscriptionStmt] = walk_subscription,
    [NODE_AlterSubscriptionStmt] = walk_subscription,
    [NODE_CreateExtensionStmt] = walk_create_extension,
    [NODE_CreateFdwStmt] = walk_create_wrapper,
    [NODE_CreateForeignServerStmt] = walk_create_server,
    [NODE_AlterForeignServerStmt] = walk_use_server,
    [NODE_CreateUserMappingStmt] = walk_use_server,
    [NODE_AlterUserMappingStmt] = walk_use_server,
    [NODE_ImportForeignSchemaStmt] = walk_import_schema,

    [NODE_CreateEnumStmt] = walk_named,
    [NODE_CreateRangeStmt] = walk_named,
    [NODE_AlterEnumStmt] = walk_named,
    [NODE_AlterTypeStmt] = walk_named,
    [NODE_CreateDomainStmt] = walk_named,
    [NODE_AlterDomainStmt] = walk_named,
    [NODE_DefineStmt] = walk_named,
    [NODE_CreateConversionStmt] = walk_named,
    [NODE_CreateOpClassStmt] = walk_named,
    [NODE_CreateOpFamilyStmt] = walk_named,
    [NODE_AlterOpFamilyStmt] = walk_named,
    [NODE_AlterTSDictionaryStmt] = walk_named,
    [NODE_AlterTSConfigurationStmt] = walk_mapping,
    [NODE_AlterCollationStmt] = walk_named,
    [NODE_AlterOperatorStmt] = walk_named,
    [NODE_AlterStatsStmt] = walk_named,

    [NODE_DropStmt] = walk_drop,
    [NODE_CommentStmt] = walk_object,
    [NODE_SecLabelStmt] = walk_object,
    [NODE_AlterOwnerStmt] = walk_object,
    [NODE_AlterObjectDependsStmt] = walk_object,
    [NODE_AlterExtensionContentsStmt] = walk_object,
    [NODE_RenameStmt] = walk_rename,
    [NODE_AlterObjectSchemaStmt] = walk_set_schema,

    [NODE_CallStmt] = walk_call_statement,
    [NODE_RangeFunction] = walk_range_function,
    [NODE_FunctionParameter] = walk_parameter,
    [NODE_TypeName] = walk_type_name,
    [NODE_CollateClause] = walk_collate,
    [NODE_A_Expr] = walk_operator,
    [NODE_SubLink] = walk_sublink,
    [NODE_SortBy] = walk_sort,
    [NODE_MultiAssignRef] = walk_multi_assign,
    [NODE_RangeTableSample] = walk_sample,
    [NODE_IndexElem] = walk_key_column,
    [NODE_PartitionElem] = walk_key_column,
    [NODE_TypeCast] = walk_cast,
    [NODE_DefElem] = walk_element,
    [NODE_CreateOpClassItem] = walk_class_item,
    [NODE_CreateCastStmt] = walk_built_of_routines,
    [NODE_CreateTransformStmt] = walk_built_of_routines,
    [NODE_CreateAmStmt] = walk_built_of_routines,
    [NODE_CreatePLangStmt] = walk_built_of_routines,
    [NODE_CreateEventTrigStmt] = walk_built_of_routines,

    [NODE_VariableSetStmt] = walk_set,
    [NODE_TransactionStmt] = walk_transaction,
    [NODE_FuncCall] = walk_call,
    [NODE_DiscardStmt] = walk_discard,
    [NODE_ConstraintsSetStmt] = walk_nothing,
    [NODE_DoStmt] = walk_do,
};

void walk_fields(Walk *walk, const Node *node, const Frame *frame, const NodeKey *handled)
{
    if (!node || node->tag < NODE_OBJECT) {
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        const Field *field = &node->fields[i];
        bool skip = false;
        for (size_t j = 0; handled[j] != KEY_OTHER; j++) {
            skip |= field->key == handled[j];
        }
        if (!skip) {
            walk_node(walk, &field->value, frame);
        }
    }
}

void walk_node(Walk *walk, const Node *node, const Frame *frame)
{
    if (!node || node->tag < NODE_LIST) {
        return;
    }
    if (node->tag == NODE_LIST) {
        for (size_t i = 0; i < node->count; i++) {
            walk_node(walk, &node->items[i], frame);
        }
    } else if (handlers[node->tag]) {
        handlers[node->tag](walk, node, frame);
    } else {
        walk_fields(walk, node, frame, (const NodeKey[]){KEY_OTHER});
    }
}

static ObjectName name_keep(Walk *walk, ObjectName name)
{
    return (ObjectName){.schema = name.schema.len ? arena_copy(walk->arena, name.schema) : (Str){0},
                        .name = arena_copy(walk->arena, name.name)};
}

bool walk_is_filled_in(const Walk *walk, Str name)
{
    return walk->fragment->plain ? computed_has_hole(name) : hole_in_name(name);
}

uint32_t walk_add(Walk *walk, ObjectKind kind, ObjectName name, Range range, AccessSet set,
                  Context context, const Frame *frame)
{
    bool filled_in = walk_is_filled_in(walk, name.schema) || walk_is_filled_in(walk, name.name);
    array_push(walk->scratch, &walk->accesses,
               (Access){.kind = kind,
                        .context = context,
                        .set = set,
                        .written = name_keep(walk, name),
                        .spelling = arena_copy(walk->arena, fragment_source(walk->fragment, range)),
                        .place = fragment_place(walk->fragment, range),
                        .query = frame->query,
                        .subject = frame->subject,
                        .search_path = frame->search_path,
                        .routine = frame->routine,
                        .inner = walk->inner,
                        .doubt = filled_in ? "its name is put together at run time" : NULL});
    return (uint32_t)walk->accesses.count;
}

ObjectName walk_relation_name(const Node *relation)
{
    return (ObjectName){.schema = node_text(relation, KEY_schemaname),
                        .name = node_text(relation, KEY_relname)};
}

ObjectName walk_list_name(const Node *list, size_t length)
{
    return (ObjectName){
        .schema = length > 1 ? node_as_text(node_item(list, length - 2)) : (Str){0},
        .name = length ? node_as_text(node_item(list, length - 1)) : (Str){0},
    };
}

uint32_t walk_add_relation(Walk *walk, const Node *relation, AccessSet set, Context context,
                           const Frame *frame)
{
    if (!relation) {
        return 0;
    }
    int64_t location = node_number(relation, KEY_location);
    Range range = token_dotted_name(walk->fragment->sql, location > 0 ? (size_t)location : 0);
    return walk_add(walk, KIND_RELATION, walk_relation_name(relation), range, set, context, frame);
}

void walk_declare_name(Walk *walk, ObjectKind kind, ObjectName name, ObjectName parent,
                       const Frame *frame)
{
    array_push(walk->scratch, &walk->declarations,
               (Declaration){.kind = kind,
                             .name = name_keep(walk, name),
                             .parent = name_keep(walk, parent),
                             .in_routine = frame->body && !frame->body->runs,
                             .access_count = walk->accesses.count,
                             .search_path = frame->search_path});
}

void walk_declare(Walk *walk, ObjectKind kind, const Node *relation, const Frame *frame)
{
    ObjectName name = walk_relation_name(relation);
    walk_declare_name(walk, kind, name, (ObjectName){0}, frame);
    walk->declarations.at[walk->declarations.count - 1].temporary =
        str_equal(node_text(relation, KEY_relpersistence), STR("t")) ||
        str_starts_with(name.schema, STR("pg_temp"));
}

Notice *walk_notice(Walk *walk, NoticeKind kind, Range range, Str subject)
{
    array_push(walk->scratch, &walk->notices,
               (Notice){.kind = kind,
                        .place = fragment_place(walk->fragment, range),
                        .subject = arena_copy(walk->arena, subject)});
    return &walk->notices.at[walk->notices.count - 1];
}

/* The words of the statement, from its first token to its last. */
static Range trimmed(Str sql)
{
    return (Range){.start = token_next(sql, 0).start, .end = (uint32_t)sql.len};
}

static void read_refusal(Arena *arena, const SqlFragment *fragment, const Parse *parse,
                         Statement *statement)
{
    Token token = token_next(fragment->sql, parse->refused_at);
    bool here = token.start == parse->refused_at;
    Range range = {.start = parse->refused_at, .end = here ? token.end : parse->refused_at};
    statement->refusal = arena_copy(arena, parse->refusal);
    statement->refused_at = fragment_place(fragment, range);
    statement->command = "";
}

Statement sql_read(Arena *arena, Arena *scratch, const SqlFragment *fragment, SqlRepair *repair)
{
    Statement statement = {.command = "",
                           .place = fragment_place(fragment, trimmed(fragment->sql))};
    Parse parse = parse_open(scratch, fragment->sql);
    if (!parse.statements) {
        read_refusal(arena, fragment, &parse, &statement);
        parse_close(&parse);
        return statement;
    }
    Walk walk = {.arena = arena, .scratch = scratch, .fragment = fragment, .repair = repair};
    for (size_t i = 0; i < node_length(parse.statements); i++) {
        const Node *raw = node_item(parse.statements, i);
        Frame frame = {.context = CONTEXT_OTHER, .lone = CONTEXT_FROM};
        walk.statement_start = (uint32_t)node_number(raw, KEY_stmt_location);
        walk_node(&walk, node_get(raw, KEY_stmt), &frame);
        statement.command = command_tag(arena, node_get(raw, KEY_stmt));
    }
    parse_close(&parse);
    statement.accesses = ARRAY_KEEP(arena, walk.accesses);
    statement.access_count = walk.accesses.count;
    statement.queries = ARENA_ARRAY(arena, Query, walk.queries);
    statement.query_count = walk.queries;
    statement.declarations = ARRAY_KEEP(arena, walk.declarations);
    statement.declaration_count = walk.declarations.count;
    statement.effects = ARRAY_KEEP(arena, walk.effects);
    statement.effect_count = walk.effects.count;
    statement.notices = ARRAY_KEEP(arena, walk.notices);
    statement.notice_count = walk.notices.count;
    statement.inner_statements = walk.inner_statements;
    statement.inner_checked = walk.inner_checked;
    return statement;
}
