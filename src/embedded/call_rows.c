#include "embedded/call_rows.h"

#include "base/banned.h"

/* Calls of all languages, asked first where they say what is no SQL, last otherwise. */
const CallRow call_rows_common[] = {
    /* messages */
    {"*Error *Exception *Failure *_error panic fail abort die warn warning debug info error fatal "
     "println "
     "print printf fprintf puts pprint console.* log.* logger.* *logger.* logging.* slog.* "
     "klog.* glog.* syslog.* trace.* winston.* alert confirm prompt raise throw NSLog os_log "
     "fatalError preconditionFailure reportError die exit",
     CALL_NOT, CALL_LATER, NULL},
    /* what only looks at a text */
    {".startsWith .endsWith .includes .indexOf .lastIndexOf .startswith .endswith .starts_with "
     ".ends_with .StartsWith .EndsWith .start_with? .end_with? .contains .Contains .include? "
     "strings.HasPrefix strings.HasSuffix strings.Contains str_starts_with str_contains",
     CALL_NOT, CALL_LATER, NULL},
    /* tests' names, and what they compare */
    {"describe it test context specify scenario expect assert* Assert.* assert.* should "
     "@DisplayName @Test @Disabled @Deprecated @deprecated",
     CALL_NOT, CALL_LATER, NULL},
    /* translations */
    {"gettext ngettext pgettext dgettext _ __ _e esc_html__ t i18n.* trans translate tr "
     "NSLocalizedString getString Lang.get",
     CALL_NOT, CALL_LATER, NULL},
    /* other languages */
    {"gql graphql graphqlTag css html svg keyframes createGlobalStyle styled.* cypher spark.sql "
     "sparkSession.sql session.cql groq",
     CALL_NOT, CALL_TAG, NULL},
    {"dedent textwrap.dedent cleandoc strip trim rstrip lstrip rtrim ltrim strtr format Format "
     "formatted sprintf vsprintf Sprintf asprintf g_strdup_printf StrFormat str_replace replace "
     "concat Concat join Join StrCat squish stripMargin stripIndent trimIndent trimMargin "
     "TrimSpace outdent unindent String.raw indoc concatdoc include_str String.from String string "
     "str std.string string_view QString QStringLiteral QLatin1String fromUtf8 Some Just "
     "Optional.of "
     "Box.new Arc.new TEXT _T F compact to_string String.new Cow.Borrowed AssertSqlSafe lines list "
     "List.of Arrays.asList listOf arrayOf Seq List Array array tuple",
     CALL_THROUGH, CALL_TAG, NULL},
    /* what projects call their own */
    {"execute_sql executeSql ExecuteSql exec_sql execSql ExecSql run_sql runSql RunSql query_sql "
     "querySql QuerySql do_sql sql_query run_query runQuery RunQuery execute_query executeQuery "
     "ExecuteQuery exec_query execQuery ExecQuery *_query_sql run_pg_query remote_query",
     CALL_SQL, 0, NULL},
    {NULL, 0, 0, NULL},
};

const CallField call_fields[] = {
    {"description title label message msg help summary placeholder tooltip hint alt error caption "
     "subtitle doc docs comment usage about",
     CALL_NOT, true},
    {"CommandText commandText selectCommand", CALL_SQL, true},
    {"sql Sql SQL rawSql rawSQL RawSQL raw_sql sqlQuery sql_query sqlString sqlText sqlStatement "
     "sqlTemplate sql_template unsafeSQL reverse_sql sql_definition cteSql",
     CALL_SQL, false},
    {"where having conditions condition filter check", CALL_PART, false},
    {"text query Query Text value statement Statement stmt command q queryString queryText "
     "query_string operation countQuery",
     CALL_THROUGH, false},
    {NULL, 0, false},
};

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

/* DB-API (psycopg, pg8000, aiopg), asyncpg, SQLAlchemy, Alembic, Django, databases, records,
 * pandas, Peewee, Tortoise, Airflow, postgres.py, PL/Python */
const CallRow call_rows_python[] = {
    {"gdb.* add_argument help_text ValidationError Field ArgumentParser *Warning warnings.* "
     "self.assert* pytest.* click.*",
     CALL_NOT, 0, NULL},
    {".execute execute .executemany .executescript .execute_query .execute_query_dict "
     ".execute_script .execute_values execute_values execute_batch .exec_driver_sql .fetch "
     ".fetchrow .fetchval .fetchone .fetchall .fetchmany .fetch_all .fetch_one .fetch_val "
     ".fetch_row "
     ".iterate .cursor .prepare .copy_expert .copy .copy_from_query .mogrify .raw .query "
     "read_sql read_sql_query .get_records .get_first .get_pandas_df hook.run text SQL DDL RunSQL "
     ".stream .scalar .scalars .explain db.one db.all db.run cursor.one cursor.all cursor.run",
     CALL_SQL, 0, NULL},
    {"RawSQL literal_column .extra .where .having .filter .order_by .op CheckConstraint", CALL_PART,
     0, NULL},
    {NULL, 0, 0, NULL},
};

/* pg, postgres.js, slonik, pg-promise, knex, Prisma, TypeORM, Drizzle, Sequelize, Kysely, MikroORM,
 * Deno's postgres, PGlite, Vercel and Neon, sql-template-strings, node-pg-migrate */
const CallRow call_rows_javascript[] = {
    {"RegExp createElement querySelector querySelectorAll getElementById gql graphql", CALL_NOT,
     CALL_TAG, NULL},
    {"query queryRaw executeRaw queryRawUnsafe executeRawUnsafe queryRawTyped sql sql.* *.sql SQL "
     "Prisma.sql Prisma.raw .raw raw .execute execute queryArray queryObject .unsafe .one .none "
     ".any .many .oneOrNone .manyOrNone .oneFirst .maybeOne .maybeOneFirst .anyFirst .manyFirst "
     ".exists .multi .multiResult .stream .queryStream Cursor QueryStream runSql CompiledQuery.raw "
     "db.exec pg.exec pglite.exec client.exec db.result t.result tx.result db.each .simple "
     "unsafeQuery",
     CALL_SQL, CALL_TAG, NULL},
    {"whereRaw orWhereRaw andWhereRaw havingRaw orderByRaw groupByRaw joinRaw selectRaw fromRaw "
     ".where .andWhere .orWhere .having .andHaving .innerJoin .leftJoin .innerJoinAndSelect "
     ".leftJoinAndSelect .orderBy .groupBy .addSelect .select literal Sequelize.literal "
     "sql.fragment @Check @Index",
     CALL_PART, CALL_TAG, NULL},
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
