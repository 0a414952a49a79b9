#include "sql/command_tag.h"

#include "sql/object_type.h"

#include "base/banned.h"

/* The tag of each statement type, unless its fields say otherwise. */
static const char *const tags[NODE_TAG_COUNT] = {
    [NODE_SelectStmt] = "SELECT",
    [NODE_InsertStmt] = "INSERT",
    [NODE_UpdateStmt] = "UPDATE",
    [NODE_DeleteStmt] = "DELETE",
    [NODE_MergeStmt] = "MERGE",
    [NODE_CopyStmt] = "COPY",
    [NODE_TruncateStmt] = "TRUNCATE TABLE",
    [NODE_LockStmt] = "LOCK TABLE",
    [NODE_CreateStmt] = "CREATE TABLE",
    [NODE_CreateForeignTableStmt] = "CREATE FOREIGN TABLE",
    [NODE_ViewStmt] = "CREATE VIEW",
    [NODE_IndexStmt] = "CREATE INDEX",
    [NODE_RuleStmt] = "CREATE RULE",
    [NODE_CreateSchemaStmt] = "CREATE SCHEMA",
    [NODE_CreateSeqStmt] = "CREATE SEQUENCE",
    [NODE_AlterSeqStmt] = "ALTER SEQUENCE",
    [NODE_CreateTrigStmt] = "CREATE TRIGGER",
    [NODE_CreatePolicyStmt] = "CREATE POLICY",
    [NODE_AlterPolicyStmt] = "ALTER POLICY",
    [NODE_CreateStatsStmt] = "CREATE STATISTICS",
    [NODE_AlterStatsStmt] = "ALTER STATISTICS",
    [NODE_CompositeTypeStmt] = "CREATE TYPE",
    [NODE_CreateEnumStmt] = "CREATE TYPE",
    [NODE_CreateRangeStmt] = "CREATE TYPE",
    [NODE_AlterEnumStmt] = "ALTER TYPE",
    [NODE_AlterTypeStmt] = "ALTER TYPE",
    [NODE_CreateDomainStmt] = "CREATE DOMAIN",
    [NODE_AlterDomainStmt] = "ALTER DOMAIN",
    [NODE_CreateCastStmt] = "CREATE CAST",
    [NODE_CreateConversionStmt] = "CREATE CONVERSION",
    [NODE_CreateOpClassStmt] = "CREATE OPERATOR CLASS",
    [NODE_CreateOpFamilyStmt] = "CREATE OPERATOR FAMILY",
    [NODE_AlterOpFamilyStmt] = "ALTER OPERATOR FAMILY",
    [NODE_AlterOperatorStmt] = "ALTER OPERATOR",
    [NODE_CreateTransformStmt] = "CREATE TRANSFORM",
    [NODE_CreateAmStmt] = "CREATE ACCESS METHOD",
    [NODE_CreatePLangStmt] = "CREATE LANGUAGE",
    [NODE_CreateEventTrigStmt] = "CREATE EVENT TRIGGER",
    [NODE_AlterEventTrigStmt] = "ALTER EVENT TRIGGER",
    [NODE_CreateExtensionStmt] = "CREATE EXTENSION",
    [NODE_AlterExtensionStmt] = "ALTER EXTENSION",
    [NODE_AlterExtensionContentsStmt] = "ALTER EXTENSION",
    [NODE_CreateFdwStmt] = "CREATE FOREIGN DATA WRAPPER",
    [NODE_AlterFdwStmt] = "ALTER FOREIGN DATA WRAPPER",
    [NODE_CreateForeignServerStmt] = "CREATE SERVER",
    [NODE_AlterForeignServerStmt] = "ALTER SERVER",
    [NODE_CreateUserMappingStmt] = "CREATE USER MAPPING",
    [NODE_AlterUserMappingStmt] = "ALTER USER MAPPING",
    [NODE_DropUserMappingStmt] = "DROP USER MAPPING",
    [NODE_ImportForeignSchemaStmt] = "IMPORT FOREIGN SCHEMA",
    [NODE_CreatePublicationStmt] = "CREATE PUBLICATION",
    [NODE_AlterPublicationStmt] = "ALTER PUBLICATION",
    [NODE_CreateSubscriptionStmt] = "CREATE SUBSCRIPTION",
    [NODE_AlterSubscriptionStmt] = "ALTER SUBSCRIPTION",
    [NODE_DropSubscriptionStmt] = "DROP SUBSCRIPTION",
    [NODE_CreateRoleStmt] = "CREATE ROLE",
    [NODE_AlterRoleStmt] = "ALTER ROLE",
    [NODE_AlterRoleSetStmt] = "ALTER ROLE",
    [NODE_DropRoleStmt] = "DROP ROLE",
    [NODE_CreatedbStmt] = "CREATE DATABASE",
    [NODE_DropdbStmt] = "DROP DATABASE",
    [NODE_AlterDatabaseStmt] = "ALTER DATABASE",
    [NODE_AlterDatabaseSetStmt] = "ALTER DATABASE",
    [NODE_AlterDatabaseRefreshCollStmt] = "ALTER DATABASE",
    [NODE_CreateTableSpaceStmt] = "CREATE TABLESPACE",
    [NODE_DropTableSpaceStmt] = "DROP TABLESPACE",
    [NODE_AlterTableSpaceOptionsStmt] = "ALTER TABLESPACE",
    [NODE_AlterTableMoveAllStmt] = "ALTER TABLE",
    [NODE_AlterDefaultPrivilegesStmt] = "ALTER DEFAULT PRIVILEGES",
    [NODE_AlterSystemStmt] = "ALTER SYSTEM",
    [NODE_AlterTSDictionaryStmt] = "ALTER TEXT SEARCH DICTIONARY",
    [NODE_AlterTSConfigurationStmt] = "ALTER TEXT SEARCH CONFIGURATION",
    [NODE_AlterCollationStmt] = "ALTER COLLATION",
    [NODE_DropOwnedStmt] = "DROP OWNED",
    [NODE_ReassignOwnedStmt] = "REASSIGN OWNED",
    [NODE_SecLabelStmt] = "SECURITY LABEL",
    [NODE_CommentStmt] = "COMMENT",
    [NODE_ClusterStmt] = "CLUSTER",
    [NODE_ReindexStmt] = "REINDEX",
    [NODE_RefreshMatViewStmt] = "REFRESH MATERIALIZED VIEW",
    [NODE_DoStmt] = "DO",
    [NODE_CallStmt] = "CALL",
    [NODE_ExplainStmt] = "EXPLAIN",
    [NODE_PrepareStmt] = "PREPARE",
    [NODE_ExecuteStmt] = "EXECUTE",
    [NODE_DeallocateStmt] = "DEALLOCATE",
    [NODE_DeclareCursorStmt] = "DECLARE CURSOR",
    [NODE_ClosePortalStmt] = "CLOSE CURSOR",
    [NODE_FetchStmt] = "FETCH",
    [NODE_NotifyStmt] = "NOTIFY",
    [NODE_ListenStmt] = "LISTEN",
    [NODE_UnlistenStmt] = "UNLISTEN",
    [NODE_LoadStmt] = "LOAD",
    [NODE_VariableSetStmt] = "SET",
    [NODE_VariableShowStmt] = "SHOW",
    [NODE_DiscardStmt] = "DISCARD",
    [NODE_ConstraintsSetStmt] = "SET CONSTRAINTS",
    [NODE_CheckPointStmt] = "CHECKPOINT",
    [NODE_ReplicaIdentityStmt] = "ALTER TABLE",
    [NODE_ReturnStmt] = "RETURN",
    [NODE_CreateFunctionStmt] = "CREATE FUNCTION",
    [NODE_AlterFunctionStmt] = "ALTER FUNCTION",
    [NODE_TransactionStmt] = "BEGIN",
    [NODE_VacuumStmt] = "VACUUM",
    [NODE_GrantStmt] = "GRANT",
    [NODE_GrantRoleStmt] = "GRANT ROLE",
    [NODE_CreateTableAsStmt] = "CREATE TABLE AS",
};

/* Statement types whose tag is a verb and the type of their object. */
static const struct {
    NodeTag tag;
    const char *verb;
    NodeKey type;
} typed[] = {
    {NODE_DropStmt, "DROP", KEY_removeType},
    {NODE_AlterTableStmt, "ALTER", KEY_objtype},
    {NODE_RenameStmt, "ALTER", KEY_renameType},
    {NODE_AlterObjectSchemaStmt, "ALTER", KEY_objectType},
    {NODE_AlterOwnerStmt, "ALTER", KEY_objectType},
    {NODE_AlterObjectDependsStmt, "ALTER", KEY_objectType},
    {NODE_DefineStmt, "CREATE", KEY_kind},
};

/* Statement types with two tags: the second where field `key` has the value `value`. */
static const struct {
    NodeTag tag;
    NodeKey key;
    Str value; /* empty: true */
    const char *name;
} variants[] = {
    {NODE_SelectStmt, KEY_intoClause, STR(""), "SELECT INTO"},
    {NODE_CreateTableAsStmt, KEY_objtype, STR("OBJECT_MATVIEW"), "CREATE MATERIALIZED VIEW"},
    {NODE_CreateFunctionStmt, KEY_is_procedure, STR(""), "CREATE PROCEDURE"},
    {NODE_VariableSetStmt, KEY_kind, STR("VAR_RESET"), "RESET"},
    {NODE_VariableSetStmt, KEY_kind, STR("VAR_RESET_ALL"), "RESET"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_START"), "START TRANSACTION"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_COMMIT"), "COMMIT"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_ROLLBACK"), "ROLLBACK"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_ROLLBACK_TO"), "ROLLBACK"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_SAVEPOINT"), "SAVEPOINT"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_RELEASE"), "RELEASE"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_PREPARE"), "PREPARE TRANSACTION"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_COMMIT_PREPARED"), "COMMIT PREPARED"},
    {NODE_TransactionStmt, KEY_kind, STR("TRANS_STMT_ROLLBACK_PREPARED"), "ROLLBACK PREPARED"},
};

static const char *typed_tag(Arena *arena, const char *verb, const Node *statement, NodeKey key)
{
    const ObjectType *type = object_type(node_text(statement, key));
    const Node *relation = node_get(statement, KEY_relationType);
    if (type && type->shape == SHAPE_ON_RELATION && relation && key == KEY_renameType) {
        const ObjectType *whole = object_type(node_as_text(relation));
        type = whole ? whole : type;
    }
    return arena_format(arena, "%s %s", verb, type ? type->tag : "OBJECT").at;
}

static bool variant_holds(const Node *statement, NodeKey key, Str value)
{
    const Node *field = node_get(statement, key);
    if (value.len) {
        return str_equal(node_as_text(field), value);
    }
    return field && (field->tag != NODE_BOOL || field->number);
}

const char *command_tag(Arena *arena, const Node *statement)
{
    if (!statement || statement->tag <= NODE_OBJECT) {
        return "";
    }
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        if (typed[i].tag == statement->tag) {
            return typed_tag(arena, typed[i].verb, statement, typed[i].type);
        }
    }
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        if (variants[i].tag == statement->tag &&
            variant_holds(statement, variants[i].key, variants[i].value)) {
            return variants[i].name;
        }
    }
    if (statement->tag == NODE_GrantStmt && !node_bool(statement, KEY_is_grant)) {
        return "REVOKE";
    }
    return tags[statement->tag] ? tags[statement->tag] : "";
}
