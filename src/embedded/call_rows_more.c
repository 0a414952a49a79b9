#include "embedded/call_rows.h"

#include "base/banned.h"

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

/* ActiveRecord and its migrations, pg, Sequel, ROM, scenic */
const CallRow call_rows_ruby[] = {
    {"desc flunk skip pending shared_examples task option say say_with_time banner attr_* "
     "Rails.logger.*",
     CALL_NOT, 0, NULL},
    {"execute .execute exec_query exec_update exec_insert exec_delete exec_params async_exec "
     "async_exec_params async_query sync_exec .exec .query safe_query find_by_sql count_by_sql "
     "select_all select_one select_rows select_value select_values connection.select "
     "connection.insert connection.update connection.delete conn.insert conn.update conn.delete "
     "*connection *database *_db db *connection.run *_conn.run conn.run *database.run *_db.run "
     "sanitize_sql_array sanitize_sql squish_sql create_function create_trigger send_query "
     "send_query_params .fetch DB.run db.run DB.execute_ddl DB.fetch DB dataset.with_sql with_sql "
     "up_sql down_sql",
     CALL_SQL, 0, NULL},
    {"run fetch", CALL_SQL, 0, "Sequel|igration"},
    {"prepare .prepare prepare_statement send_prepare", CALL_SQL, CALL_LATER, NULL},
    {"where not rewhere or having joins left_joins left_outer_joins order reorder group from "
     ".select "
     "pluck Arel.sql Sequel.lit lit add_check_constraint check_constraint "
     "sanitize_sql_for_conditions "
     "exists? .count .sum delete_all update_all",
     CALL_PART, 0, NULL},
    {NULL, 0, 0, NULL},
};

/* PDO, pgsql, Doctrine, Laravel, Yii, CodeIgniter, CakePHP, Nette; wpdb is MySQL */
const CallRow call_rows_php[] = {
    {"wpdb.* mysqli_* mysql_* sqlite_* trigger_error error_log user_error echo", CALL_NOT, 0, NULL},
    {".query .exec .execute pg_query pg_query_params pg_send_query pg_send_query_params "
     ".executeQuery .executeStatement .executeUpdate .executeCacheQuery .fetchAssociative "
     ".fetchAllAssociative .fetchAllAssociativeIndexed .fetchAllKeyValue .fetchAllNumeric "
     ".fetchNumeric .fetchOne .fetchFirstColumn .fetchAll .fetchColumn .fetchAssoc .fetchArray "
     ".iterateAssociative .iterateNumeric .iterateKeyValue .iterateColumn .createNativeQuery "
     ".addSql .createCommand .findBySql DB.select DB.selectOne DB.selectFromWriteConnection "
     "DB.selectResultSets DB.scalar DB.cursor DB.insert DB.update DB.delete DB.statement "
     "DB.affectingStatement DB.unprepared connection.select connection.selectOne connection.insert "
     "connection.update connection.delete connection.statement connection.unprepared .statement "
     ".unprepared .fetchField .fetchPairs .queryAll .queryOne .queryScalar .setSQL",
     CALL_SQL, 0, NULL},
    {".prepare pg_prepare pg_send_prepare", CALL_SQL, CALL_LATER, NULL},
    {"DB.raw raw whereRaw orWhereRaw havingRaw orHavingRaw orderByRaw groupByRaw selectRaw fromRaw "
     "joinRaw .where .andWhere .orWhere .having .andHaving .orHaving .join .innerJoin .leftJoin "
     ".rightJoin .from .addSelect .orderBy Expression literal",
     CALL_PART, 0, NULL},
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

/* DBI, DBIx::Simple, DBIx::Class, Mojo::Pg, PL/Perl; Test::More */
const CallRow call_rows_perl[] = {
    {"ok is isnt like unlike is_deeply cmp_ok pass diag note subtest plan croak confess carp cluck "
     "BAIL_OUT say",
     CALL_NOT, CALL_LATER, NULL},
    {".do .prepare .prepare_cached .selectall_arrayref .selectall_hashref .selectall_array "
     ".selectrow_array .selectrow_arrayref .selectrow_hashref .selectcol_arrayref .query .query_p "
     ".select_value .iquery spi_exec_query spi_query spi_prepare spi_query_prepared",
     CALL_SQL, 0, NULL},
    {".search_literal", CALL_PART, 0, NULL},
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

/* PostgresNIO, SQLKit and Fluent, PostgresClientKit */
const CallRow call_rows_swift[] = {
    {"XCTAssert* XCTFail precondition assertionFailure Text Label Button Alert", CALL_NOT, 0, NULL},
    {".query .simpleQuery .execute .executeUpdate .executeQuery .raw PostgresQuery SQLQueryString "
     ".prepareStatement",
     CALL_SQL, 0, NULL},
    {"SQLRaw", CALL_PART, 0, NULL},
    {NULL, 0, 0, NULL},
};
