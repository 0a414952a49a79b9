#include "embedded/mapping_table.h"

#include "base/banned.h"

#define JVM "java kotlin scala"
#define SCRIPT "javascript typescript tsx vue svelte"

/* Sources: the documentation of each library that a heading names. */
const MappingRow mapping_rows[] = {
    /* Jakarta Persistence, Spring Data JDBC, Micronaut Data. */
    {JVM, STR("Table"), "@ PATH", "(", "name value 0", "schema", .folds = true},
    {JVM, STR("SecondaryTable"), "@ PATH", "(", "name", "schema", .folds = true},
    {JVM, STR("JoinTable"), "@ PATH", "(", "name", "schema", .folds = true},
    {JVM, STR("CollectionTable"), "@ PATH", "(", "name", "schema", .folds = true},
    {JVM, STR("MappedEntity"), "@ PATH", "(", "value 0", "schema", .folds = true},
    /* Spring's SimpleJdbcInsert. */
    {JVM, STR("withTableName"), ".", "(", "0", "^withSchemaName", .folds = true},
    /* jOOQ's plain names: DSL.table("a.b"), table(name("a", "b")). */
    {JVM, STR("table"), "DSL .", "(", "0", NULL, .always_weak = true, .folds = true},
    {JVM, STR("name"), "table (", "(", "1 0", "0", .weak = true, .needs_schema = true},
    /* Exposed, Ktorm. */
    {"kotlin", STR("Table"), ":", "<> (", "0 name tableName", "schema", .folds = true},
    {"kotlin", STR("IntIdTable"), ":", "(", "0 name", NULL, .folds = true},
    {"kotlin", STR("LongIdTable"), ":", "(", "0 name", NULL, .folds = true},
    {"kotlin", STR("UUIDTable"), ":", "(", "0 name", NULL, .folds = true},
    {"kotlin", STR("CompositeIdTable"), ":", "(", "0 name", NULL, .folds = true},
    /* Slick, ScalikeJDBC. */
    {"scala", STR("Table"), "extends", "[] (", "2 1", "Some1"},
    {"scala", STR("tableName"), NULL, "=", "=", "^schemaName", .weak = true, .folds = true},

    /* Entity Framework, linq2db, Dapper.Contrib. */
    {"csharp", STR("Table"), "[ PATH", "(", "0 name Name", "schema Schema"},
    {"csharp", STR("ToTable"), ".", "(", "0 name", "1 schema"},
    {"csharp", STR("ToView"), ".", "(", "0 name", "1 schema"},

    /* SQLAlchemy (declarative, Core), SQLModel, Django, Peewee. */
    {"python", STR("__tablename__"), NULL, "=", "=", "^__table_args__/schema"},
    {"python", STR("__tablename__"), NULL, ": str =", "=", "^__table_args__/schema"},
    {"python", STR("Table"), NULL, "(", "0", "schema", .weak = true},
    {"python", STR("db_table"), NULL, "=", "=", NULL},
    {"python", STR("table_name"), NULL, "=", "=", "^schema", .weak = true},

    /* ActiveRecord. */
    {"ruby", STR("table_name"), "self .", "=", "=", NULL},

    /* Doctrine, Eloquent, Laravel's builder. */
    {"php", STR("Table"), "[ PATH", "(", "name 0", "schema"},
    {"php", STR("Table"), "@ PATH", "(", "name", "schema"},
    {"php", STR("$table"), "protected", "=", "=", NULL},
    {"php", STR("$table"), "protected string", "=", "=", NULL},
    {"php", STR("$table"), "public", "=", "=", NULL},
    {"php", STR("table"), "DB ::", "(", "0", NULL, .always_weak = true},
    {"php", STR("table"), "->", "(", "0", NULL, .always_weak = true},
    {"php", STR("from"), "->", "(", "0", NULL, .always_weak = true},
    {"php", STR("join"), "->", "(", "0", NULL, .always_weak = true},
    {"php", STR("leftJoin"), "->", "(", "0", NULL, .always_weak = true},

    /* TypeORM, MikroORM. */
    {SCRIPT, STR("Entity"), "@", "(", "name 0", "schema"},
    {SCRIPT, STR("ViewEntity"), "@", "(", "name 0", "schema"},
    /* Sequelize, sequelize-typescript, TypeORM's EntitySchema, Bookshelf, Objection. */
    {SCRIPT, STR("tableName"), NULL, ":", "=", ",schema", .weak = true},
    {SCRIPT, STR("tableName"), "static", "=", "=", NULL},
    {SCRIPT, STR("tableName"), "get", "( ) { return", "=", NULL, .weak = true},
    /* Drizzle. */
    {SCRIPT, STR("pgTable"), NULL, "(", "0", NULL},
    {SCRIPT, STR("pgView"), NULL, "(", "0", NULL},
    {SCRIPT, STR("table"), "NAME .", "(", "0", "$pgSchema", .needs_schema = true},
    {SCRIPT, STR("view"), "NAME .", "(", "0", "$pgSchema", .needs_schema = true},
    /* Knex, Kysely. */
    {SCRIPT, STR("knex"), NULL, "(", "0", NULL, .always_weak = true},
    {SCRIPT, STR("from"), ".", "<> (", "0", NULL, .always_weak = true},
    {SCRIPT, STR("into"), ".", "<> (", "0", NULL, .always_weak = true},
    {SCRIPT, STR("table"), ".", "<> (", "0", NULL, .always_weak = true},
    {SCRIPT, STR("join"), ".", "<> (", "0", NULL, .always_weak = true},
    {SCRIPT, STR("leftJoin"), ".", "<> (", "0", NULL, .always_weak = true},
    {SCRIPT, STR("innerJoin"), ".", "<> (", "0", NULL, .always_weak = true},
    {SCRIPT, STR("selectFrom"), ".", "(", "0", NULL, .always_weak = true},
    {SCRIPT, STR("insertInto"), ".", "(", "0", NULL, .always_weak = true},
    {SCRIPT, STR("updateTable"), ".", "(", "0", NULL, .always_weak = true},
    {SCRIPT, STR("deleteFrom"), ".", "(", "0", NULL, .always_weak = true},
    /* Prisma's schema. */
    {"prisma", STR("model"), NULL, "NAME {", "^map NAME", "^schema"},
    {"prisma", STR("view"), NULL, "NAME {", "^map NAME", "^schema"},

    /* GORM, Bun, ent, squirrel and goqu. */
    {"go", STR("TableName"), ")", "( ) string { return", "=", NULL},
    {"go", STR("BaseModel"), "bun .", "", ":table:", NULL},
    {"go", STR("Annotation"), "entsql .", "{", "Table", "Schema"},
    {"go", STR("Table"), ".", "(", "0", NULL, .always_weak = true},
    {"go", STR("From"), ".", "(", "0", NULL, .always_weak = true},
    {"go", STR("Into"), ".", "(", "0", NULL, .always_weak = true},
    {"go", STR("Join"), ".", "(", "0", NULL, .always_weak = true},

    /* Diesel, SeaORM. */
    {"rust", STR("table"), NULL, "! {", "#", NULL, .folds = true},
    {"rust", STR("sea_orm"), NULL, "(", "table_name", "schema_name"},

    /* Ecto. */
    {"elixir", STR("schema"), NULL, "", "=", "^@schema_prefix"},

    /* DBIx::Class. */
    {"perl", STR("table"), "__PACKAGE__ ->", "(", "0", NULL},

    /* Fluent. */
    {"swift", STR("schema"), "static let", "=", "=", "^space"},
};

const unsigned mapping_row_count = sizeof mapping_rows / sizeof *mapping_rows;
