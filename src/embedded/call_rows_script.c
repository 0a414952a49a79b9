/* The calls of scripting languages. */
#include "embedded/call_rows.h"

#include "base/banned.h"

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
