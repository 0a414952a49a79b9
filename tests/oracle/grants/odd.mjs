// What nobody would do on purpose, and what years of administration leave behind all the same.

import { apply, check, makeDatabase, mayAll, mayNone, must, psql, ringfence, same } from "./tools.mjs";

const manifest = { version: 1, services: {
    p: { paths: ["p/**"], owns: [{ schema: "p" }, { table: "public.p_*" }], roles: { owner: "p_owner", app: ["p_app"], readonly: ["p_ro"] },
         publishes: [{ relation: "p.seen", to: "q" }] },
    q: { paths: ["q/**"], owns: [{ schema: "q" }, { table: "public.q_*" }], roles: { owner: "q_owner", app: ["q_app"], readonly: ["q_ro"] } } } };

const OBJECTS = `CREATE SCHEMA p; CREATE SCHEMA q; CREATE TABLE p.t (id serial, x integer); CREATE TABLE p.seen (id integer); CREATE TABLE q.t (id integer);
    CREATE FUNCTION p.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE TYPE p.e AS ENUM ('a'); CREATE TABLE public.p_shared (id integer);`;

// Only who has passed a privilege on can take it back.
function testPassedOn() {
    const database = makeDatabase("passed_on", OBJECTS);
    apply("passed on, at first", database, manifest, { args: ["--create-roles"] });
    must(database, `CREATE ROLE dba LOGIN; CREATE ROLE auditor LOGIN; CREATE ROLE outsider LOGIN; CREATE ROLE "The 'Boss'" LOGIN SUPERUSER; GRANT CONNECT ON DATABASE passed_on TO dba, auditor;
        GRANT USAGE, CREATE ON SCHEMA p TO dba WITH GRANT OPTION; GRANT SELECT, UPDATE ON p.t, p.seen, public.p_shared TO dba WITH GRANT OPTION;
        GRANT INSERT (x) ON p.t TO dba WITH GRANT OPTION; GRANT EXECUTE ON FUNCTION p.f() TO dba WITH GRANT OPTION;
        GRANT USAGE ON TYPE p.e TO dba WITH GRANT OPTION; GRANT USAGE ON SEQUENCE p.t_id_seq TO dba WITH GRANT OPTION;
        GRANT SELECT ON p.t TO outsider WITH GRANT OPTION;
        SET ROLE dba; GRANT USAGE, CREATE ON SCHEMA p TO q_app; GRANT SELECT, UPDATE ON p.t, public.p_shared TO q_app, PUBLIC; GRANT INSERT (x) ON p.t TO q_app;
        GRANT EXECUTE ON FUNCTION p.f() TO q_ro; GRANT USAGE ON TYPE p.e TO q_app; GRANT USAGE ON SEQUENCE p.t_id_seq TO q_app;
        GRANT SELECT ON p.t TO auditor; GRANT USAGE ON SCHEMA p TO auditor; GRANT SELECT ON p.seen TO q_app WITH GRANT OPTION;`);
    mayAll(database, "q_app", ["SELECT * FROM p.t", "UPDATE public.p_shared SET id = 1", "CREATE TABLE p.mine ()"]);
    const missing = must(database, ringfence(manifest, ["--assert"]));
    check("passed on: the read-only script says as whom it is taken back", missing.includes("SET ROLE dba; REVOKE CREATE ON SCHEMA p FROM q_app; SET ROLE none"), missing);
    const messages = apply("passed on", database, manifest);
    check("passed on: without a warning", !/WARNING/.test(messages), messages);
    for (const role of ["q_app", "q_ro"]) {
        mayNone(database, role, ["SELECT * FROM p.t", "SELECT * FROM public.p_shared", "CREATE TABLE p.mine ()", "INSERT INTO p.t (x) VALUES (1)", "SELECT p.f()",
                                 "SELECT nextval('p.t_id_seq')", "CREATE TEMPORARY TABLE z (x p.e)", "GRANT SELECT ON p.t TO auditor"]);
        mayAll(database, role, ["SELECT * FROM p.seen"]);
    }
    mayAll(database, "dba", ["UPDATE p.t SET x = 1 WHERE x = 2", "CREATE TABLE p.mine ()", "GRANT SELECT ON p.t TO auditor"]);
    mayAll(database, "auditor", ["SELECT * FROM p.t"]);

    // Who cannot even name the object any more cannot take anything back; and the role in use stays the one in use.
    must(database, `SET ROLE dba; GRANT SELECT ON p.t TO q_app; RESET ROLE; GRANT USAGE ON SCHEMA p TO outsider;
        SET ROLE outsider; GRANT SELECT ON p.t TO q_ro; RESET ROLE; REVOKE USAGE ON SCHEMA p FROM outsider;`);
    const run = psql(database, `SET ROLE "The 'Boss'";\n${ringfence(manifest)}\nSELECT current_user;`);
    check("passed on: a warning where the grantor cannot name it", run.good &&
          run.messages.includes("WARNING:  not done, it takes more than \"The 'Boss'\" may do here: SET ROLE outsider; REVOKE SELECT ON TABLE p.t FROM q_ro; SET ROLE \"The 'Boss'\""), run.messages);
    same("passed on: the role is the same behind it", run.out, "The 'Boss'\n");
    mayNone(database, "q_app", ["SELECT * FROM p.t"]);
    must(database, "GRANT USAGE ON SCHEMA p TO outsider");
    apply("passed on, at last", database, manifest);
    mayNone(database, "q_ro", ["SELECT * FROM p.t"]);
}

// Since 16 a membership that was passed on hangs on the one that it comes from.
function testMembershipPassedOn() {
    const database = makeDatabase("member_of", OBJECTS);
    apply("membership passed on, at first", database, manifest, { args: ["--create-roles"] });
    must(database, `CREATE ROLE deputy; GRANT p_app TO deputy WITH ADMIN OPTION; SET ROLE deputy; GRANT p_app TO q_app WITH ADMIN OPTION; RESET ROLE;
        SET ROLE q_app; GRANT p_app TO q_ro; RESET ROLE;`);
    const messages = apply("membership passed on", database, manifest);
    check("membership passed on: is taken back", messages.includes("REVOKE p_app FROM q_app"), messages);
    mayNone(database, "q_app", ["SELECT * FROM p.t"]);
    mayNone(database, "q_ro", ["SELECT * FROM p.t"]);
    must(database, "REVOKE p_app FROM deputy");
}

// An owner can take its own privileges away.
function testOwnersLack() {
    const database = makeDatabase("owners_lack", OBJECTS);
    apply("owners lack, at first", database, manifest);
    must(database, `REVOKE INSERT, SELECT ON p.t FROM p_owner; REVOKE USAGE ON SEQUENCE p.t_id_seq FROM p_owner; REVOKE EXECUTE ON FUNCTION p.f() FROM p_owner;
        REVOKE CREATE ON SCHEMA p FROM p_owner; REVOKE USAGE ON TYPE p.e FROM p_owner; REVOKE SELECT ON public.p_shared FROM p_owner`);
    const own = ["SELECT * FROM p.t", "INSERT INTO p.t (x) VALUES (1)", "SELECT p.f()", "CREATE TABLE p.more ()", "CREATE TABLE q_none (x p.e)", "SELECT * FROM public.p_shared"];
    mayNone(database, "p_owner", own);
    const messages = apply("owners lack", database, manifest);
    check("owners lack: what is given", messages.includes("GRANT INSERT, SELECT ON TABLE p.t TO p_owner"), messages);
    mayAll(database, "p_owner", own.filter((sql) => !sql.includes("q_none")));
}

// Default privileges that others than the owners have set in a service's schema.
function testForeignDefaults() {
    const database = makeDatabase("foreign_defaults", OBJECTS);
    apply("foreign defaults, at first", database, manifest);
    must(database, `ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA p GRANT SELECT ON TABLES TO q_app, PUBLIC, p_app, auditor;
        ALTER DEFAULT PRIVILEGES FOR ROLE dba IN SCHEMA p GRANT EXECUTE ON ROUTINES TO q_ro;
        ALTER DEFAULT PRIVILEGES FOR ROLE q_owner IN SCHEMA p GRANT USAGE ON SEQUENCES TO q_app;
        ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT ON TABLES TO q_app`);
    apply("foreign defaults", database, manifest);
    must(database, "CREATE TABLE p.late (id integer); CREATE TABLE public.nobodys (id integer)");
    mayNone(database, "q_app", ["SELECT * FROM p.late"]);
    mayAll(database, "p_app", ["SELECT * FROM p.late"]);
    mayAll(database, "q_app", ["SELECT * FROM public.nobodys"]);
    same("foreign defaults: those of roles that the manifest does not name stay", must(database, "SELECT has_table_privilege('auditor', 'p.late', 'SELECT')"), "t\n");
}

// An exception for a sequence names no relation, and is granted all the same.
function testExceptedSequence() {
    const database = makeDatabase("excepted_sequence", `${OBJECTS} CREATE SEQUENCE p.numbers;`);
    const exception = (to) => ({ service: "q", to, privileges: ["update"], reason: "numbers" });
    const messages = apply("excepted sequence", database, { ...manifest, exceptions: [exception("p.numbers"), exception("p.nothing")] }, { args: ["--create-roles"] });
    same("excepted sequence: one thing is missing", messages.match(/WARNING:.*/g)?.join("\n"),
         "WARNING:  relation p.nothing does not exist: nothing was granted on it");
    mayAll(database, "q_app", ["SELECT nextval('p.numbers')", "SELECT setval('p.numbers', 3)"]);
    mayNone(database, "q_ro", ["SELECT nextval('p.numbers')"]);
}

export function testOdd() {
    testExceptedSequence();
    testPassedOn();
    testMembershipPassedOn();
    testOwnersLack();
    testForeignDefaults();
}
