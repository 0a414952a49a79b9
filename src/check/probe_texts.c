#include "check/probe.h"

#include "base/banned.h"

#define BODY(statement) "DO $ringfence$ BEGIN " statement " END $ringfence$;\n"

/* A rule's text is a violation of that rule and, as far as that can be, of no other. */
const ProbeText probe_texts[RULE_COUNT] = {
    [RULE_unparsed_sql] = {.sql = "SELECT FROM WHERE;\n", .plpgsql = BODY("DELETE WHERE;")},
    [RULE_dynamic_sql] = {.sql = "DO $ringfence$ BEGIN EXECUTE current_query(); END $ringfence$;\n",
                          .plpgsql = BODY("EXECUTE current_query();")},
    [RULE_unowned_code] = {.sql = "SELECT * FROM {theirs};\n", .nobodys = true},
    [RULE_search_path_escape] = {.sql = "SET search_path = {their_schema};\n"},
    [RULE_cross_service_capture] = {.sql =
                                        "CREATE PUBLICATION ringfence_probe FOR TABLE {theirs};\n",
                                    .plpgsql = BODY(
                                        "CREATE PUBLICATION ringfence_probe FOR TABLE {theirs};")},
    [RULE_ambiguous_name] = {.sql = "SET search_path = {own_schema}, {their_schema};\n"
                                    "SELECT * FROM ringfence_probe_of_two;\n"},
    [RULE_unowned_object] = {.sql =
                                 "CREATE TABLE ringfence_probe_nobodys.ringfence_probe (id int);\n",
                             .plpgsql =
                                 BODY("PERFORM * FROM ringfence_probe_nobodys.ringfence_probe;")},
    [RULE_role_escape] = {.sql = "CREATE ROLE ringfence_probe SUPERUSER;\n",
                          .plpgsql = BODY("CREATE ROLE ringfence_probe SUPERUSER;")},
    [RULE_grant_outside_manifest] = {.sql = "GRANT SELECT ON {own} TO PUBLIC;\n",
                                     .plpgsql = BODY("GRANT SELECT ON {own} TO PUBLIC;")},
    [RULE_foreign_data_bypass] =
        {.sql = "SELECT * FROM dblink('host=elsewhere', 'SELECT 1') AS t (x int);\n",
         .plpgsql = BODY("PERFORM * FROM dblink('host=elsewhere', 'SELECT 1') AS t (x int);")},
    [RULE_security_definer_escape] =
        {.sql = "CREATE FUNCTION {own}() RETURNS int LANGUAGE sql SECURITY DEFINER "
                "AS 'SELECT 1';\n",
         .plpgsql = "CREATE FUNCTION {own}() RETURNS int LANGUAGE plpgsql SECURITY "
                    "DEFINER AS 'BEGIN RETURN 1; END';\n"},
    [RULE_cross_service_transaction] =
        {.sql = "BEGIN;\nDELETE FROM {own};\nDELETE FROM {theirs};\nCOMMIT;\n",
         .plpgsql = BODY("DELETE FROM {own}; DELETE FROM {theirs};")},
    [RULE_expired_exception] =
        {.sql = "-- ringfence:allow unparsed-sql reason=\"probe\" until=2000-01-01\n"
                "SELECT 1;\n"},
    [RULE_cross_service_foreign_key] =
        {.sql = "ALTER TABLE {own} ADD FOREIGN KEY (id) REFERENCES {theirs} (id);\n",
         .plpgsql = BODY("ALTER TABLE {own} ADD FOREIGN KEY (id) REFERENCES {theirs} (id);")},
    [RULE_cross_service_trigger] =
        {.sql = "CREATE TRIGGER ringfence_probe AFTER INSERT ON {theirs} FOR "
                "EACH ROW EXECUTE FUNCTION {own}();\n",
         .plpgsql = BODY("CREATE TRIGGER ringfence_probe AFTER INSERT ON {theirs} "
                         "FOR EACH ROW EXECUTE FUNCTION {own}();")},
    [RULE_cross_service_sequence] = {.sql = "SELECT nextval($probe${theirs}$probe$);\n",
                                     .plpgsql = BODY("PERFORM nextval($probe${theirs}$probe$);")},
    [RULE_cross_service_type] = {.sql = "SELECT NULL::{theirs};\n",
                                 .plpgsql = BODY("PERFORM NULL::{theirs};")},
    [RULE_cross_service_inheritance] = {.sql = "CREATE TABLE {own} (LIKE {theirs});\n",
                                        .plpgsql = BODY("CREATE TABLE {own} (LIKE {theirs});")},
    [RULE_cross_service_ddl] = {.sql = "ALTER TABLE {theirs} ADD COLUMN ringfence_probe int;\n",
                                .plpgsql =
                                    BODY("ALTER TABLE {theirs} ADD COLUMN ringfence_probe int;")},
    [RULE_cross_service_call] = {.sql = "SELECT {theirs}();\n",
                                 .plpgsql = BODY("PERFORM {theirs}();")},
    [RULE_cross_service_write] = {.sql = "DELETE FROM {theirs};\n",
                                  .plpgsql = BODY("DELETE FROM {theirs};")},
    [RULE_cross_service_join] = {.sql = "SELECT 1 FROM {own} a JOIN {theirs} b ON a.id = b.id;\n",
                                 .plpgsql = BODY(
                                     "PERFORM 1 FROM {own} a JOIN {theirs} b ON a.id = b.id;")},
    [RULE_cross_service_view] = {.sql = "CREATE VIEW {own} AS SELECT * FROM {theirs};\n",
                                 .plpgsql = BODY("CREATE VIEW {own} AS SELECT * FROM {theirs};")},
    [RULE_cross_service_routine] =
        {.sql = "CREATE FUNCTION {own}() RETURNS bigint LANGUAGE sql AS "
                "$ringfence$ SELECT count(*) FROM {theirs} $ringfence$;\n",
         .plpgsql = "CREATE FUNCTION {own}() RETURNS bigint LANGUAGE plpgsql AS $ringfence$ "
                    "BEGIN RETURN (SELECT count(*) FROM {theirs}); END $ringfence$;\n"},
    [RULE_cross_service_read] = {.sql = "SELECT * FROM {theirs};\n",
                                 .plpgsql = BODY("PERFORM * FROM {theirs};")},
    [RULE_foreign_credentials] =
        {.language = "python",
         .host = "DSN = \"postgresql://{their_role}:secret@db.internal/shop\"\n"},
    [RULE_cross_service_mapping] = {.language = "java",
                                    .host = "@Entity\n@Table(name = \"{bare_name}\", schema = "
                                            "\"{bare_schema}\")\nclass Probe {\n}\n"},
    [RULE_unused_suppression] =
        {.sql = "-- ringfence:allow unparsed-sql reason=\"probe\"\nSELECT 1;\n"},
};

/* A language that is read and has no row here cannot be probed, and `doctor` says so. */
const ProbeHost probe_hosts[] = {
    {"go", "package probe\n\nfunc f() { db.Query(\"{sql}\") }\n", false},
    {"python", "cursor.execute(\"{sql}\")\n", false},
    {"javascript", "db.query(\"{sql}\");\n", false},
    {"typescript", "db.query(\"{sql}\");\n", false},
    {"tsx", "db.query(\"{sql}\");\n", false},
    {"java", "class P { void f() { statement.executeQuery(\"{sql}\"); } }\n", false},
    {"kotlin", "fun f() { statement.executeQuery(\"{sql}\") }\n", false},
    {"scala", "object P { statement.executeQuery(\"{sql}\") }\n", false},
    {"csharp", "class P { void F() { connection.Query(\"{sql}\"); } }\n", false},
    {"ruby", "connection.execute(\"{sql}\")\n", false},
    {"php", "<?php\n$db->query(\"{sql}\");\n", false},
    {"rust", "fn f() { client.query(\"{sql}\", &[]); }\n", false},
    {"elixir", "Repo.query(\"{sql}\")\n", false},
    {"perl", "$dbh->prepare(\"{sql}\");\n", false},
    {"c", "void f(void) { PQexec(connection, \"{sql}\"); }\n", false},
    {"cpp", "void f() { PQexec(connection, \"{sql}\"); }\n", false},
    {"swift", "connection.query(\"{sql}\")\n", false},
    {"shell", "psql -c \"{sql}\"\n", false},
    {"vue", "<script>\ndb.query(\"{sql}\");\n</script>\n", false},
    {"svelte", "<script>\ndb.query(\"{sql}\");\n</script>\n", false},
    {"prisma", NULL, false},
    {"mybatis",
     "<!DOCTYPE mapper PUBLIC \"-//mybatis.org//DTD Mapper 3.0//EN\" "
     "\"http://mybatis.org/dtd/mybatis-3-mapper.dtd\">\n"
     "<mapper namespace=\"probe\"><select id=\"probe\">{sql}</select></mapper>\n",
     true},
    {"liquibase",
     "<databaseChangeLog><changeSet id=\"probe\" author=\"probe\"><sql>{sql}</sql></changeSet>"
     "</databaseChangeLog>\n",
     true},
};
const size_t probe_host_count = sizeof probe_hosts / sizeof *probe_hosts;
