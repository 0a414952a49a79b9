/* The calls of compiled languages. */
#include "embedded/call_rows.h"

#include "base/banned.h"

/* database/sql, sqlx, pgx, scany, GORM, Bun, Beego; goqu, squirrel */
const CallRow call_rows_go[] = {
    {"ExpectQuery ExpectExec ExpectPrepare t.Run b.Run t.Log t.Error t.Fatal t.Skip* Skipf Errorf "
     "Fatalf Logf Wrap Wrapf errors.New "
     "exec.Command",
     CALL_NOT, 0, NULL},
    {"Query QueryContext QueryRow QueryRowContext Queryx QueryxContext QueryRowx QueryRowxContext "
     "QueryFunc .Exec ExecContext MustExec MustExecContext NamedExec NamedExecContext NamedQuery "
     "NamedQueryContext sqlx.Named sqlx.In Rebind .Queue .NewRaw .Raw .Get GetContext .Select "
     "SelectContext .NamedGet .NamedSelect .ScanAll .ScanOne",
     CALL_SQL, 0, NULL},
    {"Prepare PrepareContext Preparex PreparexContext PrepareNamed PrepareNamedContext", CALL_SQL,
     CALL_LATER, NULL},
    {".Where .Or .Not .Having .Joins .Join .LeftJoin .RightJoin .InnerJoin .CrossJoin .From .Order "
     ".OrderBy .GroupBy .Suffix .Prefix .ColumnExpr .TableExpr .WhereOr .JoinOn .OrderExpr .Expr "
     "goqu.L goqu.Literal bun.Safe",
     CALL_PART, 0, NULL},
    {NULL, 0, 0, NULL},
};

/* Java, Kotlin, Scala: JDBC, Spring (JdbcTemplate, JdbcClient, R2DBC, Data), JPA, Hibernate, jOOQ,
 * Jdbi, MyBatis, Exposed, Kotliquery, Vert.x, Micronaut Data; doobie, Slick, Anorm, ScalikeJDBC,
 * Skunk, ZIO, Quill. What createQuery and @Query take may be JPQL: a known relation must tell. */
const CallRow call_rows_jvm[] = {
    {"@Size @Pattern @NotNull @Schema @Operation @ApiOperation @SuppressWarnings @Query "
     "@ApiModelProperty",
     CALL_NOT, 0, "androidx.room"},
    {"@Size @Pattern @NotNull @Schema @Operation @ApiOperation @ApiModelProperty require check "
     "checkArgument checkNotNull System.out.* assertThat",
     CALL_NOT, 0, NULL},
    {"@Query @Modifying", CALL_SQL, CALL_LATER | CALL_WITHIN,
     "nativeQuery = true|nativeQuery=true"},
    {"@Query @Modifying", CALL_SQL, CALL_LATER,
     "data.jdbc|data.r2dbc|micronaut.data.jdbc|micronaut.data.r2dbc|JdbcRepository|"
     "R2dbcRepository"},
    {"@NativeQuery @NamedNativeQuery @NamedNativeQueries @Select @Insert @Update @Delete @SqlQuery "
     "@SqlUpdate @SqlBatch @SqlScript @SqlCall @SQLInsert @SQLUpdate @SQLDelete @SQLDeleteAll "
     "@Subselect @Sql @Language",
     CALL_SQL, CALL_LATER, NULL},
    {"@Where @SQLRestriction @SQLJoinTableRestriction @Formula @Filter @FilterDef @Check "
     "@ColumnTransformer @JoinFormula",
     CALL_PART, CALL_LATER, NULL},
    {".createQuery createQuery", CALL_SQL, 0, "org.jdbi|org.sql2o"},
    {"prepareStatement prepareCall .executeQuery executeQuery .executeUpdate executeUpdate "
     ".executeLargeUpdate .execute execute .addBatch .nativeSQL nativeSQL .query .queryForObject "
     ".queryForList .queryForMap .queryForRowSet .queryForStream .queryForInt .queryForLong "
     ".update "
     ".batchUpdate .sql createNativeQuery createNativeMutationQuery createSQLQuery "
     ".createStatement "
     ".createUpdate .createScript .createCall .prepareBatch .select .fetch .fetchOne .fetchMany "
     ".fetchAny .fetchSingle .fetchOptional .fetchValue .fetchValues .resultQuery .preparedQuery "
     ".exec exec explicitExec execAndMap queryOf sqlQuery DSL.sql DSL.query DSL.resultQuery Update "
     "Update0 Query0 Fragment.const Fragment PreparedStatementCreatorFactory MappingSqlQuery "
     "SqlUpdate .executeQueryForObject .createNativeMutation .rawQuery",
     CALL_SQL, 0, NULL},
    {"sql SQL sqlu tsql fr fr0 sql0 sqls infix sfr", CALL_SQL, CALL_TAG, NULL},
    {".condition DSL.condition DSL.field DSL.table DSL.name .field .where .and .or .having "
     ".orderBy .groupBy CustomStringFunction",
     CALL_PART, 0, NULL},
    {NULL, 0, 0, NULL},
};

/* ADO.NET and Npgsql, Dapper, Entity Framework, NHibernate, PetaPoco, ServiceStack, SqlKata */
const CallRow call_rows_csharp[] = {
    {"Console.* Debug.* Trace.* Log* Display Description Obsolete Fact Theory Required DisplayName "
     "SuppressMessage Category",
     CALL_NOT, CALL_LATER, NULL},
    {"NpgsqlCommand NpgsqlBatchCommand NpgsqlDataAdapter .CreateCommand .CreateBatchCommand "
     "BeginBinaryImport BeginBinaryImportAsync BeginBinaryExport BeginBinaryExportAsync "
     "BeginTextImport BeginTextImportAsync BeginTextExport BeginTextExportAsync BeginRawBinaryCopy "
     "BeginRawBinaryCopyAsync Query QueryAsync QueryFirst QueryFirstAsync QueryFirstOrDefault "
     "QueryFirstOrDefaultAsync QuerySingle QuerySingleAsync QuerySingleOrDefault "
     "QuerySingleOrDefaultAsync QueryMultiple QueryMultipleAsync QueryUnbufferedAsync Execute "
     "ExecuteAsync ExecuteScalar ExecuteScalarAsync ExecuteReader ExecuteReaderAsync "
     "ExecuteNonQuery ExecuteNonQueryAsync CommandDefinition FromSqlRaw FromSql "
     "FromSqlInterpolated "
     "ExecuteSqlRaw ExecuteSqlRawAsync ExecuteSqlInterpolated ExecuteSqlInterpolatedAsync "
     "ExecuteSql "
     "ExecuteSqlAsync SqlQuery SqlQueryRaw ExecuteSqlCommand ExecuteSqlCommandAsync .Sql "
     "ToSqlQuery CreateSQLQuery SqlList SqlListAsync SqlScalar SqlScalarAsync SqlColumn .Fetch "
     ".FetchAsync",
     CALL_SQL, 0, NULL},
    {"WhereRaw OrWhereRaw SelectRaw FromRaw OrderByRaw GroupByRaw HavingRaw HasDefaultValueSql "
     "HasComputedColumnSql HasFilter HasCheckConstraint",
     CALL_PART, CALL_LATER, NULL},
    {NULL, 0, 0, NULL},
};

/* sqlx, tokio-postgres, deadpool, Diesel, SeaORM */
const CallRow call_rows_rust[] = {
    {"panic unreachable todo unimplemented write writeln eprintln eprint anyhow bail ensure "
     "context with_context .expect tracing.* bail",
     CALL_NOT, CALL_LATER, NULL},
    {"query query_as query_scalar query_with query_as_with query_scalar_with query_unchecked "
     "query_as_unchecked query_scalar_unchecked raw_sql QueryBuilder.new QueryBuilder .push "
     ".query_one .query_opt .query_raw .query_typed .query_typed_raw .execute .execute_raw "
     ".batch_execute .simple_query .prepare .prepare_typed .prepare_cached .prepare_typed_cached "
     ".copy_in .copy_out .copy_in_raw .copy_out_raw .fetch_one .fetch_all .fetch_optional "
     "sql_query "
     "Statement.from_string "
     "from_sql_and_values execute_unprepared from_raw_sql .describe",
     CALL_SQL, CALL_LATER, NULL},
    {"sql Expr.cust Expr.cust_with_values Expr.cust_with_exprs", CALL_PART, 0, NULL},
    {NULL, 0, 0, NULL},
};

/* Ecto and its migrations, Postgrex */
const CallRow call_rows_elixir[] = {
    {"doc moduledoc shortdoc typedoc Logger.* IO.*", CALL_NOT, 0, NULL},
    {"query query_many Repo.query Repo.stream SQL.query SQL.stream execute Postgrex.query "
     "Postgrex.prepare Postgrex.prepare_execute Postgrex.stream Postgrex.execute ~SQL",
     CALL_SQL, CALL_TAG | CALL_LATER, NULL},
    {"fragment unsafe_fragment", CALL_PART, 0, NULL},
    {NULL, 0, 0, NULL},
};

/* PostgresNIO, SQLKit and Fluent, PostgresClientKit */
const CallRow call_rows_swift[] = {
    {"XCTAssert* XCTFail precondition assertionFailure Text Label Button Alert", CALL_NOT, 0, NULL},
    {".query .simpleQuery .execute .executeUpdate .executeQuery .raw PostgresQuery SQLQueryString "
     ".prepareStatement",
     CALL_SQL, 0, NULL},
    {"SQLRaw", CALL_PART, 0, NULL},
    {NULL, 0, 0, NULL},
};

/* libpq, SPI */
const CallRow call_rows_c[] = {
    {"ereport elog errmsg errdetail errhint perror err errx warnx fputs syslog g_warning g_error",
     CALL_NOT, 0, NULL},
    {"PQexec PQexecParams PQsendQuery PQsendQueryParams SPI_exec SPI_execute SPI_execute_extended "
     "SPI_execute_with_args SPI_cursor_open_with_args SPI_cursor_parse_open executeQuery "
     "ExecuteSqlQuery ExecuteSqlQueryForSingleRow ExecuteSqlStatement executeCommand "
     "executeMaintenanceCommand",
     CALL_SQL, 0, NULL},
    {"PQprepare PQsendPrepare SPI_prepare SPI_prepare_cursor SPI_prepare_extended "
     "SPI_prepare_params",
     CALL_SQL, CALL_LATER, NULL},
    {NULL, 0, 0, NULL},
};

/* libpqxx, SOCI, Qt, userver, nanodbc, Drogon, Poco */
const CallRow call_rows_cplusplus[] = {
    {"<<cout <<cerr <<clog <<*.cout <<*.cerr <<LOG_* <<qDebug <<qWarning <<ostream <<os LOG_* "
     "qDebug qWarning qCritical qFatal",
     CALL_NOT, 0, NULL},
    {".exec .exec0 .exec1 .exec_n .exec_params .exec_params0 .exec_params1 .exec_params_n .query "
     ".query_value .query01 .query1 .query_n .for_query .for_stream .stream QSqlQuery .execSqlSync "
     ".execSqlAsync .execSqlAsyncFuture .execSqlCoro .setQuery just_execute nanodbc.execute "
     ".execute execute .Execute .executeQuery .executeUpdate .prepareStatement .prepare_statement "
     "storages.postgres.Query Query <<sql <<session <<.session <<.prepare <<.once <<*Session",
     CALL_SQL, 0, NULL},
    {".prepare .prepare_direct", CALL_SQL, CALL_LATER, NULL},
    {NULL, 0, 0, NULL},
};
