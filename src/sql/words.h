#ifndef RINGFENCE_SQL_WORDS_H
#define RINGFENCE_SQL_WORDS_H

/* The names of PostgreSQL's parse tree that the code asks for: node types and fields. Source:
 * PostgreSQL 15, src/include/nodes/parsenodes.h and primnodes.h, as libpg_query's pg_query.proto
 * spells them. A node that is not listed is walked like any other object. */

/* clang-format off */
#define NODE_TAGS(X) \
    X(AlterCollationStmt) X(AlterDatabaseRefreshCollStmt) X(AlterDatabaseSetStmt) \
    X(AlterDatabaseStmt) X(AlterDefaultPrivilegesStmt) X(AlterDomainStmt) X(AlterEnumStmt) \
    X(AlterEventTrigStmt) X(AlterExtensionContentsStmt) X(AlterExtensionStmt) X(AlterFdwStmt) \
    X(AlterForeignServerStmt) X(AlterFunctionStmt) X(AlterObjectDependsStmt) \
    X(AlterObjectSchemaStmt) X(AlterOpFamilyStmt) X(AlterOperatorStmt) X(AlterOwnerStmt) \
    X(AlterPolicyStmt) X(AlterPublicationStmt) X(AlterRoleSetStmt) X(AlterRoleStmt) \
    X(AlterSeqStmt) X(AlterStatsStmt) X(AlterSubscriptionStmt) X(AlterSystemStmt) \
    X(AlterTSConfigurationStmt) X(AlterTSDictionaryStmt) X(AlterTableMoveAllStmt) \
    X(AlterTableSpaceOptionsStmt) X(AlterTableStmt) X(AlterTypeStmt) X(AlterUserMappingStmt) \
    X(CallStmt) X(CheckPointStmt) X(ClosePortalStmt) X(ClusterStmt) X(CommentStmt) \
    X(CompositeTypeStmt) X(ConstraintsSetStmt) X(CopyStmt) X(CreateAmStmt) X(CreateCastStmt) \
    X(CreateConversionStmt) X(CreateDomainStmt) X(CreateEnumStmt) X(CreateEventTrigStmt) \
    X(CreateExtensionStmt) X(CreateFdwStmt) X(CreateForeignServerStmt) X(CreateForeignTableStmt) \
    X(CreateFunctionStmt) X(CreateOpClassStmt) X(CreateOpFamilyStmt) X(CreatePLangStmt) \
    X(CreatePolicyStmt) X(CreatePublicationStmt) X(CreateRangeStmt) X(CreateRoleStmt) \
    X(CreateSchemaStmt) X(CreateSeqStmt) X(CreateStatsStmt) X(CreateStmt) \
    X(CreateSubscriptionStmt) X(CreateTableAsStmt) X(CreateTableSpaceStmt) \
    X(CreateTransformStmt) X(CreateTrigStmt) X(CreateUserMappingStmt) X(CreatedbStmt) \
    X(DeallocateStmt) X(DeclareCursorStmt) X(DefineStmt) X(DeleteStmt) X(DiscardStmt) X(DoStmt) \
    X(DropOwnedStmt) X(DropRoleStmt) X(DropStmt) X(DropSubscriptionStmt) X(DropTableSpaceStmt) \
    X(DropUserMappingStmt) X(DropdbStmt) X(ExecuteStmt) X(ExplainStmt) X(FetchStmt) \
    X(GrantRoleStmt) X(GrantStmt) X(ImportForeignSchemaStmt) X(IndexStmt) X(InsertStmt) \
    X(ListenStmt) X(LoadStmt) X(LockStmt) X(MergeStmt) X(NotifyStmt) X(PrepareStmt) \
    X(ReassignOwnedStmt) X(RefreshMatViewStmt) X(ReindexStmt) X(RenameStmt) \
    X(ReplicaIdentityStmt) X(ReturnStmt) X(RuleStmt) X(SecLabelStmt) X(SelectStmt) \
    X(TransactionStmt) X(TruncateStmt) X(UnlistenStmt) X(UpdateStmt) X(VacuumStmt) \
    X(VariableSetStmt) X(VariableShowStmt) X(ViewStmt) X(RangeVar) X(JoinExpr) X(RangeSubselect) \
    X(RangeFunction) X(CommonTableExpr) X(LockingClause) X(Constraint) X(ColumnDef) X(TypeName) \
    X(FuncCall) X(ColumnRef) X(A_Const) X(A_Expr) X(TypeCast) X(DefElem) X(RoleSpec) \
    X(ObjectWithArgs) X(AccessPriv) X(IntoClause) X(TableLikeClause) X(PartitionCmd) \
    X(AlterTableCmd) X(FunctionParameter) X(A_Star) X(SubLink) X(String) X(Integer) X(Float) \
    X(Boolean) X(BitString) X(List) X(CollateClause) X(SortBy) X(IndexElem) X(PartitionElem) \
    X(CreateOpClassItem) X(MultiAssignRef) X(RangeTableSample) X(NamedArgExpr)
/* clang-format on */

/* clang-format off */
#define NODE_KEYS(X) \
    X(sval) X(ival) X(fval) X(boolval) X(items) X(relname) X(schemaname) X(catalogname) \
    X(relpersistence) X(location) X(alias) X(aliasname) X(fromClause) X(withClause) \
    X(intoClause) X(larg) X(rarg) X(lockingClause) X(targetList) X(whereClause) X(quals) X(ctes) \
    X(ctename) X(ctequery) X(recursive) X(relation) X(cols) X(selectStmt) X(onConflictClause) \
    X(action) X(returningList) X(usingClause) X(sourceRelation) X(joinCondition) \
    X(mergeWhenClauses) X(commandType) X(infer) X(relations) X(is_from) X(query) X(view) X(rel) \
    X(into) X(objtype) X(objects) X(removeType) X(behavior) X(pktable) X(contype) X(constraints) \
    X(conname) X(tableElts) X(inhRelations) X(partbound) X(cmds) X(subtype) X(def) X(name) \
    X(newname) X(kind) X(args) X(is_local) X(object) X(relationType) X(renameType) X(objectType) \
    X(objname) X(objargs) X(funcname) X(fields) X(names) X(arg) X(typeName) X(defname) \
    X(options) X(funcformat) X(schemaElts) X(authrole) X(rolename) X(roletype) X(is_grant) \
    X(targtype) X(grantees) X(privileges) X(priv_name) X(sql_body) X(stmt) X(stmts) \
    X(stmt_location) X(stmt_len) X(version) X(lockedRels) X(actions) X(subname) X(newschema) \
    X(new_schema) X(mode) X(newowner) X(missing_ok) X(replace) X(limitOption) X(op) X(all) \
    X(is_procedure) X(unique) X(concurrent) X(subselect) X(savepoint_name) X(sequence) \
    X(typevar) X(table) X(constrrel) X(base) X(idxname) X(rels) X(target) X(oncommit) X(func) \
    X(domainname) X(defnames) X(conversion_name) X(opclassname) X(opfamilyname) X(dictname) \
    X(cfgname) X(collname) X(opername) X(val) X(lexpr) X(rexpr) X(returnType) X(transitionRels) \
    X(typemod) X(pct_type) X(operName) X(useOp) X(collation) X(opclass) X(raw_expr) X(colname) \
    X(generated_when) X(funccall) X(functions) X(defexpr) X(itemtype) X(order_family) \
    X(func_name) X(handler_name) X(plhandler) X(plinline) X(plvalidator) X(fromsql) X(tosql) \
    X(dicts) X(exclusions) X(colno) X(method) X(parameters) X(grant_option) X(granted_roles) \
    X(grantee_roles) X(admin_opt) X(role) X(roles) X(newrole) X(setstmt) X(database) X(chain) \
    X(defaction) X(pubobjects) X(pubobjtype) X(pubtable) X(pubname) X(for_all_tables) \
    X(publication) X(conninfo) X(extname) X(fdwname) X(func_options) X(servername) \
    X(server_name) X(local_schema) X(table_list) X(is_program) X(stmt_type) X(argType) \
    X(arrayBounds) X(args_unspecified) X(opt) X(func_variadic) X(agg_within_group)
/* clang-format on */

typedef enum {
    NODE_NULL,
    NODE_BOOL,
    NODE_NUMBER,
    NODE_TEXT,
    NODE_LIST,
    NODE_OBJECT,
#define X(name) NODE_##name,
    NODE_TAGS(X)
#undef X
        NODE_TAG_COUNT
} NodeTag;

typedef enum {
    KEY_OTHER,
#define X(name) KEY_##name,
    NODE_KEYS(X)
#undef X
        NODE_KEY_COUNT
} NodeKey;

#endif
