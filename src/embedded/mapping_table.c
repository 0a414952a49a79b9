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
    {"csharp", STR("ToTable"), ".", "( ANY ) . InSchema (", "NAME", "0",
     MAPPING_REFERENCES}, /* FluentMigrator */
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
    {"php", STR("table"), "DB ::", "(", "table 0", NULL, MAPPING_ALWAYS_WEAK},
    {"php", STR("table"), "->", "(", "table 0", NULL, MAPPING_ALWAYS_WEAK},
    {"php", STR("from"), "->", "(", "table 0", NULL, MAPPING_ALWAYS_WEAK},
    {"php", STR("join"), "->", "(", "table 0", NULL, MAPPING_ALWAYS_WEAK | MAPPING_MORE},
    {"php", STR("join"), "::", "(", "table 0", NULL, MAPPING_ALWAYS_WEAK | MAPPING_MORE},
    {"php", STR("belongsToMany"), "->", "(", "table 1", NULL, MAPPING_WEAK},
    {"php", STR("leftJoin"), "->", "(", "table 0", NULL, MAPPING_ALWAYS_WEAK | MAPPING_MORE},

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

    /* Migrations. Laravel, Doctrine, Phinx, Yii. */
    {"php", STR("create"), "Schema ::", "(", "table 0", NULL, MAPPING_WEAK | MAPPING_CREATES},
    {"php", STR("table"), "Schema ::", "(", "table 0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"php", STR("rename"), "Schema ::", "(", "table 0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"php", STR("drop"), "Schema ::", "(", "table 0", NULL, MAPPING_WEAK | MAPPING_DROPS},
    {"php", STR("dropIfExists"), "Schema ::", "(", "table 0", NULL, MAPPING_WEAK | MAPPING_DROPS},
    {"php", STR("references"), "->", "( ANY ) -> on (", "table 0", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES},
    {"php", STR("references"), "->", "( [] ) -> on (", "table 0", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES},
    {"php", STR("references"), "on ( ANY ) ->", "(", "NAME", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES},
    {"php", STR("constrained"), "->", "(", "table 0", NULL, MAPPING_WEAK | MAPPING_REFERENCES},
    {"php", STR("createTable"), "->", "(", "0", NULL, MAPPING_WEAK | MAPPING_CREATES},
    {"php", STR("dropTable"), "->", "(", "0", NULL, MAPPING_WEAK | MAPPING_DROPS},
    {"php", STR("addForeignKeyConstraint"), "->", "(", "0", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES},
    {"php", STR("addForeignKey"), "->", "(", "3 1", NULL, MAPPING_WEAK | MAPPING_REFERENCES},
    /* Rails. */
    {"ruby", STR("create_table"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_CREATES},
    {"ruby", STR("create_table"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_CREATES},
    {"ruby", STR("drop_table"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_DROPS},
    {"ruby", STR("drop_table"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_DROPS},
    {"ruby", STR("change_table"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("change_table"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("rename_table"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("rename_table"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("add_column"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("add_column"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("change_column"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("change_column"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("remove_column"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("remove_column"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("rename_column"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("rename_column"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("add_index"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("add_index"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("remove_index"), NULL, "(", "0", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("remove_index"), NULL, "", "=", NULL, MAPPING_WEAK | MAPPING_ALTERS},
    {"ruby", STR("add_foreign_key"), NULL, "(", "0", NULL,
     MAPPING_WEAK | MAPPING_ALTERS | MAPPING_ALSO},
    {"ruby", STR("add_foreign_key"), NULL, "", "=", NULL,
     MAPPING_WEAK | MAPPING_ALTERS | MAPPING_ALSO},
    {"ruby", STR("add_foreign_key"), NULL, "(", "1", NULL, MAPPING_WEAK | MAPPING_REFERENCES},
    {"ruby", STR("add_foreign_key"), NULL, "", "1", NULL, MAPPING_WEAK | MAPPING_REFERENCES},
    {"ruby", STR("to_table"), NULL, ":", "=", NULL, MAPPING_WEAK | MAPPING_REFERENCES},
    /* Alembic, SQLAlchemy, SQLModel. */
    {"python", STR("create_table"), "op .", "(", "0 table_name", "schema",
     MAPPING_WEAK | MAPPING_CREATES},
    {"python", STR("drop_table"), "op .", "(", "0 table_name", "schema",
     MAPPING_WEAK | MAPPING_DROPS},
    {"python", STR("add_column"), "op .", "(", "0 table_name", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("drop_column"), "op .", "(", "0 table_name", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("alter_column"), "op .", "(", "0 table_name", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("batch_alter_table"), "op .", "(", "0 table_name", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("create_index"), "op .", "(", "table_name 1", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("drop_index"), "op .", "(", "table_name 1", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("drop_constraint"), "op .", "(", "table_name 1", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("create_unique_constraint"), "op .", "(", "table_name 1", "schema",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"python", STR("create_foreign_key"), "op .", "(", "source_table 1", "source_schema",
     MAPPING_WEAK | MAPPING_ALTERS | MAPPING_ALSO},
    {"python", STR("create_foreign_key"), "op .", "(", "referent_table 2", "referent_schema",
     MAPPING_WEAK | MAPPING_REFERENCES},
    {"python", STR("create_foreign_key"), "batch_op .", "(", "referent_table 1", "referent_schema",
     MAPPING_WEAK | MAPPING_REFERENCES},
    {"python", STR("ForeignKey"), NULL, "(", "0 column", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES | MAPPING_COLUMN},
    {"python", STR("ForeignKeyConstraint"), NULL, "( [] , [", "0", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES | MAPPING_COLUMN},
    {"python", STR("foreign_key"), NULL, "=", "=", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES | MAPPING_COLUMN},
    /* Knex, Kysely, Sequelize, TypeORM, node-pg-migrate. */
    {SCRIPT, STR("withSchema"), ".", "( ANY ) . createTable (", "0", "NAME", MAPPING_CREATES},
    {SCRIPT, STR("withSchema"), ".", "( ANY ) . alterTable (", "0", "NAME", MAPPING_ALTERS},
    {SCRIPT, STR("withSchema"), ".", "( ANY ) . dropTable (", "0", "NAME", MAPPING_DROPS},
    {SCRIPT, STR("withSchema"), ".", "( ANY ) . dropTableIfExists (", "0", "NAME", MAPPING_DROPS},
    {SCRIPT, STR("createTable"), ".", "(", "0 name", "schema", MAPPING_WEAK | MAPPING_CREATES},
    {SCRIPT, STR("alterTable"), ".", "(", "0 name", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {SCRIPT, STR("addColumn"), ".", "(", "0 name", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {SCRIPT, STR("addColumns"), ".", "(", "0 name", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {SCRIPT, STR("dropTable"), ".", "(", "0 name", "schema", MAPPING_WEAK | MAPPING_DROPS},
    {SCRIPT, STR("inTable"), ".", "(", "0", NULL, MAPPING_WEAK | MAPPING_REFERENCES},
    {SCRIPT, STR("references"), ".", "(", "0", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES | MAPPING_COLUMN},
    {SCRIPT, STR("references"), NULL, ": {", "model name", "schema",
     MAPPING_WEAK | MAPPING_REFERENCES},
    {SCRIPT, STR("references"), NULL, ":", "=", NULL,
     MAPPING_WEAK | MAPPING_REFERENCES | MAPPING_COMMON},
    {SCRIPT, STR("referencedTableName"), NULL, ":", "=", ",referencedSchema",
     MAPPING_WEAK | MAPPING_REFERENCES},
    /* Entity Framework's migrations, FluentMigrator. */
    {"csharp", STR("CreateTable"), ".", "(", "name 0", "schema", MAPPING_WEAK | MAPPING_CREATES},
    {"csharp", STR("DropTable"), ".", "(", "name 0", "schema", MAPPING_WEAK | MAPPING_DROPS},
    {"csharp", STR("AddColumn"), ".", "<> (", "table", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {"csharp", STR("AlterColumn"), ".", "<> (", "table", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {"csharp", STR("DropColumn"), ".", "(", "table", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {"csharp", STR("CreateIndex"), ".", "(", "table", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {"csharp", STR("AddForeignKey"), ".", "(", "table", "schema", MAPPING_WEAK | MAPPING_ALTERS},
    {"csharp", STR("FromTable"), ".", "( ANY ) . InSchema (", "NAME", "0", MAPPING_ALTERS},
    {"csharp", STR("principalTable"), NULL, ":", "=", ",principalSchema",
     MAPPING_WEAK | MAPPING_REFERENCES},
    {"csharp", STR("Table"), "Create .", "( ANY ) . InSchema (", "NAME", "0",
     MAPPING_WEAK | MAPPING_CREATES},
    {"csharp", STR("Table"), "Alter .", "( ANY ) . InSchema (", "NAME", "0",
     MAPPING_WEAK | MAPPING_ALTERS},
    {"csharp", STR("Table"), "Delete .", "( ANY ) . InSchema (", "NAME", "0",
     MAPPING_WEAK | MAPPING_DROPS},
    /* Ecto. */
    {"elixir", STR("table"), "create", "(", "0", "prefix", MAPPING_WEAK | MAPPING_CREATES},
    {"elixir", STR("table"), "create_if_not_exists", "(", "0", "prefix",
     MAPPING_WEAK | MAPPING_CREATES},
    {"elixir", STR("table"), "alter", "(", "0", "prefix", MAPPING_WEAK | MAPPING_ALTERS},
    {"elixir", STR("table"), "drop", "(", "0", "prefix", MAPPING_WEAK | MAPPING_DROPS},
    {"elixir", STR("table"), "drop_if_exists", "(", "0", "prefix", MAPPING_WEAK | MAPPING_DROPS},
    {"elixir", STR("index"), "create", "(", "0", "prefix", MAPPING_WEAK | MAPPING_ALTERS},
    {"elixir", STR("unique_index"), "create", "(", "0", "prefix", MAPPING_WEAK | MAPPING_ALTERS},
    {"elixir", STR("references"), NULL, "(", "0", "prefix", MAPPING_WEAK | MAPPING_REFERENCES},

    /* DBIx::Class. */
    {"perl", STR("table"), "__PACKAGE__ ->", "(", "0", NULL, 0},

    /* Fluent. */
    {"swift", STR("schema"), "static let", "=", "=", "^space", 0},
};

const unsigned mapping_row_count = sizeof mapping_rows / sizeof *mapping_rows;
