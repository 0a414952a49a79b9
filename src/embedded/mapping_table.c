#include "embedded/mapping_table.h"

#include "base/banned.h"

#define JVM "java kotlin scala"
#define SCRIPT "javascript typescript tsx vue svelte"
#define CHAINED "~withSchema ~schema"

/* Sources: the documentation of each library that a heading names. */
const MappingRow mapping_rows[] = {
    /* Jakarta Persistence, Spring Data JDBC, Micronaut Data. */
    {JVM, STR("Table"), "@ PATH", "(", "name value 0", "schema", MAPPING_FOLDS},
    {JVM, STR("SecondaryTable"), "@ PATH", "(", "name", "schema", MAPPING_FOLDS},
    {JVM, STR("JoinTable"), "@ PATH", "(", "name", "schema", MAPPING_FOLDS},
    {JVM, STR("CollectionTable"), "@ PATH", "(", "name", "schema", MAPPING_FOLDS},
    {JVM, STR("MappedEntity"), "@ PATH", "(", "value 0", "schema", MAPPING_FOLDS},
    /* Spring's SimpleJdbcInsert. */
    {JVM, STR("withTableName"), ".", "(", "0", "^withSchemaName", MAPPING_FOLDS},
    /* jOOQ's plain names: DSL.table("a.b"), table(name("a", "b")). */
    {JVM, STR("table"), "DSL .", "(", "0", NULL, MAPPING_ALWAYS_WEAK | MAPPING_FOLDS},
    {JVM, STR("table"), "(", "(", "0", NULL, MAPPING_ALWAYS_WEAK | MAPPING_FOLDS},
    {JVM, STR("name"), "table (", "(", "1 0", "0", MAPPING_WEAK | MAPPING_NEEDS_SCHEMA},
    /* Exposed, Ktorm. */
    {"kotlin", STR("Table"), ":", "<> (", "0 name tableName", "schema", MAPPING_FOLDS},
    {"kotlin", STR("IntIdTable"), ":", "(", "0 name", NULL, MAPPING_FOLDS},
    {"kotlin", STR("LongIdTable"), ":", "(", "0 name", NULL, MAPPING_FOLDS},
    {"kotlin", STR("UUIDTable"), ":", "(", "0 name", NULL, MAPPING_FOLDS},
    {"kotlin", STR("CompositeIdTable"), ":", "(", "0 name", NULL, MAPPING_FOLDS},
    /* Slick, ScalikeJDBC. */
    {"scala", STR("Table"), "extends", "[] (", "2 1", "Some1", 0},
    {"scala", STR("tableName"), NULL, "=", "=", "^schemaName", MAPPING_WEAK | MAPPING_FOLDS},

    /* Entity Framework, linq2db, Dapper.Contrib. */
    {"csharp", STR("Table"), "[ PATH", "(", "0 name Name", "schema Schema", 0},
    {"csharp", STR("ToTable"), ".", "(", "0 name", "1 schema *HasDefaultSchema/0", 0},
    {"csharp", STR("ToView"), ".", "(", "0 name", "1 schema *HasDefaultSchema/0", 0},

    /* SQLAlchemy (declarative, Core), SQLModel, Django, Peewee. */
    {"python", STR("__tablename__"), NULL, "=", "=", "^__table_args__/schema *MetaData/schema", 0},
    {"python", STR("__tablename__"), NULL, ": str =", "=",
     "^__table_args__/schema *MetaData/schema", 0},
    {"python", STR("Table"), NULL, "(", "0", "schema *MetaData/schema", MAPPING_WEAK},
    {"python", STR("db_table"), NULL, "=", "=", NULL, 0},
    {"python", STR("table_name"), NULL, "=", "=", "^schema", MAPPING_WEAK},
    /* pandas, asyncpg. */
    {"python", STR("to_sql"), ".", "(", "0 name", "schema", MAPPING_ALWAYS_WEAK},
    {"python", STR("read_sql_table"), ".", "(", "0 table_name", "schema", MAPPING_ALWAYS_WEAK},
    {"python", STR("copy_records_to_table"), ".", "(", "0 table_name", "schema_name",
     MAPPING_ALWAYS_WEAK},
    {"python", STR("copy_to_table"), ".", "(", "0 table_name", "schema_name", MAPPING_ALWAYS_WEAK},

    /* ActiveRecord. */
    {"ruby", STR("table_name"), "self .", "=", "=", NULL, 0},
    {"ruby", STR("from"), ".", "(", "0", NULL, MAPPING_ALWAYS_WEAK},

    /* Doctrine, Eloquent, Laravel's builder. */
    {"php", STR("Table"), "[ PATH", "(", "name 0", "schema", 0},
    {"php", STR("Table"), ", PATH", "(", "name", "schema", 0},
    {"php-comment", STR("Table"), "@ PATH", "(", "name", "schema", 0},
    {"php-comment", STR("JoinTable"), "@ PATH", "(", "name", "schema", 0},
    {"php", STR("$table"), "protected", "=", "=", NULL, 0},
    {"php", STR("$table"), "protected string", "=", "=", NULL, 0},
    {"php", STR("$table"), "public", "=", "=", NULL, 0},
    {"php", STR("table"), "DB ::", "(", "0", NULL, MAPPING_ALWAYS_WEAK},
    {"php", STR("table"), "->", "(", "0", NULL, MAPPING_ALWAYS_WEAK},
    {"php", STR("from"), "->", "(", "0", NULL, MAPPING_ALWAYS_WEAK},
    {"php", STR("join"), "->", "(", "0", NULL, MAPPING_ALWAYS_WEAK | MAPPING_MORE},
    {"php", STR("leftJoin"), "->", "(", "0", NULL, MAPPING_ALWAYS_WEAK | MAPPING_MORE},

    /* TypeORM, MikroORM. */
    {SCRIPT, STR("Entity"), "@", "(", "name 0", "schema", 0},
    {SCRIPT, STR("ViewEntity"), "@", "(", "name 0", "schema", 0},
    /* Sequelize, sequelize-typescript, TypeORM's EntitySchema, Bookshelf, Objection. */
    {SCRIPT, STR("tableName"), NULL, ":", "=", ",schema", MAPPING_WEAK},
    {SCRIPT, STR("tableName"), "static", "=", "=", NULL, 0},
    {SCRIPT, STR("tableName"), "get", "( ) { return", "=", NULL, MAPPING_WEAK},
    /* Drizzle. */
    {SCRIPT, STR("pgTable"), NULL, "(", "0", NULL, 0},
    {SCRIPT, STR("pgView"), NULL, "(", "0", NULL, 0},
    {SCRIPT, STR("table"), "NAME .", "(", "0", "$pgSchema", MAPPING_NEEDS_SCHEMA},
    {SCRIPT, STR("view"), "NAME .", "(", "0", "$pgSchema", MAPPING_NEEDS_SCHEMA},
    {SCRIPT, STR("table"), ") .", "(", "0", "~pgSchema", MAPPING_NEEDS_SCHEMA},
    {SCRIPT, STR("view"), ") .", "(", "0", "~pgSchema", MAPPING_NEEDS_SCHEMA},
    /* Knex, Kysely, Supabase's client. */
    {SCRIPT, STR("knex"), NULL, "(", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    {SCRIPT, STR("from"), ".", "<> (", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    {SCRIPT, STR("into"), ".", "<> (", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    {SCRIPT, STR("table"), ".", "<> (", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    {SCRIPT, STR("join"), ".", "<> (", "0", CHAINED, MAPPING_ALWAYS_WEAK | MAPPING_MORE},
    {SCRIPT, STR("leftJoin"), ".", "<> (", "0", CHAINED, MAPPING_ALWAYS_WEAK | MAPPING_MORE},
    {SCRIPT, STR("innerJoin"), ".", "<> (", "0", CHAINED, MAPPING_ALWAYS_WEAK | MAPPING_MORE},
    {SCRIPT, STR("selectFrom"), ".", "(", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    {SCRIPT, STR("insertInto"), ".", "(", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    {SCRIPT, STR("updateTable"), ".", "(", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    {SCRIPT, STR("deleteFrom"), ".", "(", "0", CHAINED, MAPPING_ALWAYS_WEAK},
    /* Prisma's schema. */
    {"prisma", STR("model"), NULL, "NAME {", "^@@map NAME", "^@@schema", 0},
    {"prisma", STR("view"), NULL, "NAME {", "^@@map NAME", "^@@schema", 0},

    /* GORM, Bun, ent, squirrel and goqu. */
    {"go", STR("TableName"), ")", "( ) string { return", "=", NULL, 0},
    {"go", STR("BaseModel"), "bun .", "", ":table:", NULL, 0},
    {"go", STR("Annotation"), "entsql .", "{", "Table", "Schema", 0},
    {"go", STR("Table"), ".", "(", "0", "~S", MAPPING_ALWAYS_WEAK},
    {"go", STR("CopyFrom"), ".", "( NAME , pgx . Identifier {", "1", "0", MAPPING_NEEDS_SCHEMA},
    {"go", STR("From"), ".", "(", "0", NULL, MAPPING_ALWAYS_WEAK},
    {"go", STR("Into"), ".", "(", "0", NULL, MAPPING_ALWAYS_WEAK},
    {"go", STR("Join"), ".", "(", "0", NULL, MAPPING_ALWAYS_WEAK},

    /* Diesel, SeaORM. */
    {"rust", STR("table"), NULL, "! {", "#", NULL, MAPPING_FOLDS},
    {"rust", STR("sea_orm"), NULL, "(", "table_name", "schema_name", 0},

    /* Ecto. */
    {"elixir", STR("schema"), NULL, "", "=", "^@schema_prefix", 0},
    {"elixir", STR("from"), NULL, "( NAME in", "=", "prefix", MAPPING_ALWAYS_WEAK},
    {"elixir", STR("from"), NULL, "NAME in", "=", "prefix", MAPPING_ALWAYS_WEAK},

    /* DBIx::Class. */
    {"perl", STR("table"), "__PACKAGE__ ->", "(", "0", NULL, 0},

    /* Fluent. */
    {"swift", STR("schema"), "static let", "=", "=", "^space", 0},
};

const unsigned mapping_row_count = sizeof mapping_rows / sizeof *mapping_rows;
