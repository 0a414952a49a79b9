#include "check/probe.h"

#include "base/banned.h"

#define BODY(statement) "DO $ringfence$ BEGIN " statement " END $ringfence$;\n"

/* A rule's text is a violation of that rule and, as far as that can be, of no other. */
const ProbeText probe_texts[RULE_COUNT] = {
    [RULE_unparsed_sql] = {"SELECT FROM WHERE;\n", BODY("DELETE WHERE;"), false},
    [RULE_dynamic_sql] = {"DO $ringfence$ BEGIN EXECUTE current_query(); END $ringfence$;\n",
                          BODY("EXECUTE current_query();"), false},
    [RULE_unowned_code] = {"SELECT * FROM {theirs};\n", NULL, true},
    [RULE_search_path_escape] = {"SET search_path = {their_schema};\n", NULL, false},
    [RULE_cross_service_capture] = {"CREATE PUBLICATION ringfence_probe FOR TABLE {theirs};\n",
                                    BODY("CREATE PUBLICATION ringfence_probe FOR TABLE {theirs};"),
                                    false},
    [RULE_ambiguous_name] = {"SET search_path = {own_schema}, {their_schema};\n"
                             "SELECT * FROM ringfence_probe_of_two;\n",
                             NULL, false},
    [RULE_unowned_object] = {"CREATE TABLE ringfence_probe_nobodys.ringfence_probe (id int);\n",
                             BODY("PERFORM * FROM ringfence_probe_nobodys.ringfence_probe;"),
                             false},
    [RULE_role_escape] = {"CREATE ROLE ringfence_probe SUPERUSER;\n",
                          BODY("CREATE ROLE ringfence_probe SUPERUSER;"), false},
    [RULE_grant_outside_manifest] = {"GRANT SELECT ON {own} TO PUBLIC;\n",
                                     BODY("GRANT SELECT ON {own} TO PUBLIC;"), false},
    [RULE_foreign_data_bypass] =
        {"SELECT * FROM dblink('host=elsewhere', 'SELECT 1') AS t (x int);\n",
         BODY("PERFORM * FROM dblink('host=elsewhere', 'SELECT 1') AS t (x int);"), false},
    [RULE_security_definer_escape] =
        {"CREATE FUNCTION {own}() RETURNS int LANGUAGE sql SECURITY DEFINER "
         "AS 'SELECT 1';\n",
         "CREATE FUNCTION {own}() RETURNS int LANGUAGE plpgsql SECURITY "
         "DEFINER AS 'BEGIN RETURN 1; END';\n",
         false},
    [RULE_cross_service_transaction] =
        {"BEGIN;\nDELETE FROM {own};\nDELETE FROM {theirs};\nCOMMIT;\n",
         BODY("DELETE FROM {own}; DELETE FROM {theirs};"), false},
    [RULE_expired_exception] =
        {"-- ringfence:allow unparsed-sql reason=\"probe\" until=2000-01-01\n"
         "SELECT 1;\n",
         NULL, false},
    [RULE_cross_service_foreign_key] =
        {"ALTER TABLE {own} ADD FOREIGN KEY (id) REFERENCES {theirs} (id);\n",
         BODY("ALTER TABLE {own} ADD FOREIGN KEY (id) REFERENCES {theirs} (id);"), false},
    [RULE_cross_service_trigger] = {"CREATE TRIGGER ringfence_probe AFTER INSERT ON {theirs} FOR "
                                    "EACH ROW EXECUTE FUNCTION {own}();\n",
                                    BODY("CREATE TRIGGER ringfence_probe AFTER INSERT ON {theirs} "
                                         "FOR EACH ROW EXECUTE FUNCTION {own}();"),
                                    false},
    [RULE_cross_service_sequence] = {"SELECT nextval($probe${theirs}$probe$);\n",
                                     BODY("PERFORM nextval($probe${theirs}$probe$);"), false},
    [RULE_cross_service_type] = {"SELECT NULL::{theirs};\n", BODY("PERFORM NULL::{theirs};"),
                                 false},
    [RULE_cross_service_inheritance] = {"CREATE TABLE {own} (LIKE {theirs});\n",
                                        BODY("CREATE TABLE {own} (LIKE {theirs});"), false},
    [RULE_cross_service_ddl] = {"ALTER TABLE {theirs} ADD COLUMN ringfence_probe int;\n",
                                BODY("ALTER TABLE {theirs} ADD COLUMN ringfence_probe int;"),
                                false},
    [RULE_cross_service_call] = {"SELECT {theirs}();\n", BODY("PERFORM {theirs}();"), false},
    [RULE_cross_service_write] = {"DELETE FROM {theirs};\n", BODY("DELETE FROM {theirs};"), false},
    [RULE_cross_service_join] = {"SELECT 1 FROM {own} a JOIN {theirs} b ON a.id = b.id;\n",
                                 BODY("PERFORM 1 FROM {own} a JOIN {theirs} b ON a.id = b.id;"),
                                 false},
    [RULE_cross_service_view] = {"CREATE VIEW {own} AS SELECT * FROM {theirs};\n",
                                 BODY("CREATE VIEW {own} AS SELECT * FROM {theirs};"), false},
    [RULE_cross_service_routine] =
        {"CREATE FUNCTION {own}() RETURNS bigint LANGUAGE sql AS "
         "$ringfence$ SELECT count(*) FROM {theirs} $ringfence$;\n",
         "CREATE FUNCTION {own}() RETURNS bigint LANGUAGE plpgsql AS $ringfence$ "
         "BEGIN RETURN (SELECT count(*) FROM {theirs}); END $ringfence$;\n",
         false},
    [RULE_cross_service_read] = {"SELECT * FROM {theirs};\n", BODY("PERFORM * FROM {theirs};"),
                                 false},
    [RULE_foreign_credentials] =
        {.language = "python",
         .host = "DSN = \"postgresql://{their_role}:secret@db.internal/shop\"\n"},
    [RULE_cross_service_mapping] = {.language = "java",
                                    .host = "@Entity\n@Table(name = \"{bare_name}\", schema = "
                                            "\"{bare_schema}\")\nclass Probe {\n}\n"},
    [RULE_unused_suppression] = {"-- ringfence:allow unparsed-sql reason=\"probe\"\nSELECT 1;\n",
                                 NULL, false},
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
};
const size_t probe_host_count = sizeof probe_hosts / sizeof *probe_hosts;
