// Does the audit find what was planted, and nothing else?   audit.mjs BINARY

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { forServer, major } from "../../lib/server.mjs";
import { hostile } from "../grants/hostile.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const binary = process.argv[2];
const work = mkdtempSync(join(tmpdir(), "ringfence-audit."));
const read = (name) => readFileSync(join(HERE, name), "utf8");
const another = major === 14 ? 15 : 14; // a version that the server does not have
const NO_STATEMENTS = "ringfence: warning: what was run is not audited: the extension pg_stat_statements is not in this database\n";
let passed = 0;
let failed = 0;

function check(what, good, detail = "") {
    if (good) {
        passed++;
    } else {
        failed++;
        console.log(`FAILED ${what}${detail ? `\n${String(detail).replace(/^/gm, "    ")}` : ""}`);
    }
}

function same(what, got, wanted) {
    check(what, got === wanted, `wanted ${wanted}\n   got ${got}`);
}

// ---------------------------------------------------------------------------------------------------- tools

function psql(database, sql, role = "postgres") {
    const run = spawnSync("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-U", role, "-f", "-"],
                          { input: sql, encoding: "utf8", maxBuffer: 1 << 30 });
    if (run.status !== 0) {
        throw new Error(`${run.stderr.slice(0, 2000)}\n${sql.slice(0, 200)}`);
    }
    return run.stdout;
}

function makeDatabase(name, ...texts) {
    psql("postgres", `CREATE DATABASE ${name}`);
    for (const sql of texts) {
        psql(name, sql);
    }
    return name;
}

function ringfence(args, environment = {}) {
    const run = spawnSync(binary, args, { encoding: "utf8", maxBuffer: 1 << 30, cwd: work,
        env: { ...process.env, NO_COLOR: "1", GITHUB_STEP_SUMMARY: "", ...environment } });
    return { status: run.status, out: run.stdout, errors: run.stderr };
}

const audit = (database, manifest, args = [], environment = {}) =>
    ringfence(["audit", `dbname=${database}`, "--manifest", manifest, ...args], environment);

function findings(run) {
    return JSON.parse(run.out).findings;
}

function applyGrants(database, manifest) {
    const script = ringfence(["generate-grants", "--create-roles", "--manifest", manifest]);
    check(`${database}: the grants are generated`, script.status === 0, script.errors);
    psql(database, script.out);
}

// A copy of the manifest with the text changed.
function variant(name, change) {
    const path = join(work, name);
    writeFileSync(path, change(forServer(read("ringfence.yaml"))));
    return path;
}

function expected(what, name, got) {
    const path = join(HERE, name);
    if (process.env.UPDATE) {
        writeFileSync(path, got);
    }
    same(what, got, existsSync(path) ? readFileSync(path, "utf8") : "");
}

// ---------------------------------------------------------------------------------------------------- tests

const watched = variant("ringfence.yaml", (text) => text);
const enforced = variant("enforced.yaml", (text) => text.replace("    stage: observe\n", ""));

function testClean() {
    makeDatabase("clean", read("clean.sql"));
    applyGrants("clean", watched);
    const observed = audit("clean", watched);
    same("observed: no errors", observed.status, 0);
    expected("observed: what enforcing would take", "expected.observed", observed.out);
    applyGrants("clean", enforced);
    const run = audit("clean", enforced);
    same("clean: exits with 0", run.status, 0);
    same("clean: finds nothing", run.out,
         "no findings\ncoverage: 49 of 49 statements checked, 0 unparsed, 0 dynamic, in 32 objects\n");
    same("clean: says what it has not seen", run.errors, NO_STATEMENTS);
    applyGrants("clean", watched);
}

function testPlanted() {
    psql("postgres", "CREATE DATABASE planted TEMPLATE clean");
    psql("planted", read("planted.sql"));
    psql("planted", "GRANT CONNECT ON DATABASE planted TO auditor;");
    const before = psql("planted", read("../grants/state.sql"));
    const run = audit("planted", watched);
    same("planted: exits with 1", run.status, 1);
    same("planted: no other message", run.errors, NO_STATEMENTS);
    expected("planted: every crossing and every drift", "expected.planted", run.out);
    same("planted: the same for --jobs 1", audit("planted", watched, ["--jobs", "1"]).out, run.out);
    same("planted: the same for a role without any rights", audit("planted", watched, [], { PGUSER: "auditor" }).out, run.out);
    same("planted: nothing is changed", psql("planted", read("../grants/state.sql")), before);
    check("planted: no password is shown", !/hunter2/.test(run.out));
    for (const format of ["json", "sarif", "github", "gitlab", "junit", "markdown", "html"]) {
        const report = audit("planted", watched, ["--format", format]);
        same(`planted: as ${format}`, report.status, 1);
        check(`planted: ${format} names the object`, /database(:|%3A)billing\.joins/.test(report.out));
        same(`planted: ${format} says nothing else`, report.errors, NO_STATEMENTS);
    }
    const all = findings(audit("planted", watched, ["--format", "json"]));
    const of = (args) => findings(audit("planted", watched, ["--format", "json", ...args]));
    same("planted: fingerprints differ", new Set(all.map((one) => one.fingerprint)).size, all.length);
    const orders = of(["--service", "orders"]);
    same("--service: its own", orders.length, all.filter((one) => [one.service, one.owner].includes("orders")).length);
    same("--rule: off", of(["--rule", "grant-outside-manifest=off"]).length,
         all.filter((one) => one.rule !== "grant-outside-manifest").length);
    same("--fail-on never", audit("planted", watched, ["--fail-on", "never"]).status, 0);
    const output = join(work, "report.json");
    same("--output: to a file", audit("planted", watched, ["--format", "json", "--output", output]).out, "");
    same("--output: all of it", JSON.parse(readFileSync(output, "utf8")).findings.length, all.length);
}

function testBaseline() {
    const baseline = join(work, "audit-baseline.json");
    const use = ["--baseline", baseline];
    const written = audit("planted", watched, [...use, "--accept-new"]);
    same("baseline: is written", written.status, 0);
    same("baseline: says so", /counts \d+ findings/.test(written.errors), true);
    const known = audit("planted", watched, use);
    same("baseline: knows all", known.status, 0);
    psql("planted", "GRANT INSERT ON orders.debt TO billing_app; REVOKE SELECT ON watched.things FROM orders_app");
    const later = findings(audit("planted", watched, [...use, "--format", "json"]));
    same("baseline: what is new, and what is gone", later.map((one) => `${one.path} ${one.rule}`).join("\n"),
         `${baseline} unused-suppression\ndatabase:orders.debt grant-outside-manifest`);
    same("baseline: without the file", audit("planted", watched, ["--baseline", join(work, "none.json")]).status, 2);
    same("baseline: --accept-new needs a file", audit("planted", watched, ["--accept-new"]).status, 2);
}

// Whatever is called like something of PostgreSQL's would write, which the read-only transaction refuses.
function testTraps() {
    const functions = ["quote_ident(text)", "quote_ident(name)", "pg_get_viewdef(oid)", "pg_get_functiondef(oid)", "pg_get_expr(pg_node_tree, oid)",
        "format_type(oid, integer)", "oidvectortypes(oidvector)", "aclexplode(aclitem[])", "acldefault(\"char\", oid)",
        "pg_get_userbyid(oid)", "array_to_string(text[], text)", "current_database()", "substr(text, integer)", "lower(text)",
        "string_to_array(text, text)", "pg_get_publication_tables(text)", "pg_get_constraintdef(oid)", "to_regtype(text)",
        "pg_partition_root(regclass)", "cardinality(text[])", "translate(text, text, text)"];
    const operators = ["= (name, name)", "= (oid, oid)", "<> (name, name)", "~ (name, text)", "!~ (name, text)", "|| (text, text)",
        "~~ (text, text)", "= (\"char\", \"char\")", "<> (name, text)", "= (text, text)", "= (name, text)", "< (text, text)"];
    const sql = ["CREATE TABLE public.caught (what text);"];
    for (const [index, name] of functions.entries()) {
        sql.push(`CREATE FUNCTION public.${name} RETURNS text LANGUAGE sql AS $$ INSERT INTO public.caught VALUES ('${index}') RETURNING what $$;`);
    }
    for (const [index, text] of operators.entries()) {
        const [, name, types] = text.match(/^(\S+) \((.*)\)$/);
        sql.push(`CREATE FUNCTION public.operator_${index}(${types}) RETURNS boolean LANGUAGE sql AS $$ INSERT INTO public.caught VALUES ('o') RETURNING true $$;
            CREATE OPERATOR public.${name} (FUNCTION = public.operator_${index}, LEFTARG = ${types.split(", ")[0]}, RIGHTARG = ${types.split(", ")[1]});`);
    }
    sql.push("CREATE VIEW public.pg_class AS SELECT 1 AS oid; CREATE VIEW public.pg_roles AS SELECT 1 AS oid;");
    for (const setting of ["search_path = public, pg_catalog", "quote_all_identifiers = on", "standard_conforming_strings = off", "DateStyle = 'German'",
        "default_transaction_read_only = off", "statement_timeout = '1ms'", "enable_hashjoin = off", "check_function_bodies = off"]) {
        sql.push(`ALTER DATABASE traps SET ${setting};`);
    }
    makeDatabase("traps", read("clean.sql"));
    applyGrants("traps", enforced);
    psql("traps", sql.join("\n"));
    const run = audit("traps", enforced, ["--format", "json"]);
    check("traps: none goes off", run.status === 1 && run.errors === NO_STATEMENTS, run.errors);
    const rules = new Set(findings(run).map((one) => `${one.rule} ${one.path.replace(/public\..*/, "public.*")}`));
    same("traps: nothing but that nobody owns them", [...rules].join(), "unowned-object database:public.*");
}

function testNames() {
    for (const seed of [101, 102, 103, 105]) { // roles are the server's: these seeds' differ
        const { schema, manifest, database } = hostile(seed);
        const path = join(work, "ringfence.json");
        writeFileSync(path, JSON.stringify({ ...manifest, postgres: major }));
        makeDatabase(database, schema);
        applyGrants(database, path);
        const services = Object.values(manifest.services);
        for (const [index, service] of services.entries()) {
            const next = services[(index + 2) % services.length].owns[0].schema;
            const table = psql(database, `SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND quote_ident(n.nspname) IN (${["", " "].map((end) => `E'${next.replaceAll("\\", "\\\\").replaceAll("'", "''")}${end}'`)},
                    E'${next.slice(1, -1).replaceAll("\\", "\\\\").replaceAll("'", "''")}')
                ORDER BY c.relname COLLATE "C" LIMIT 1`).trimEnd();
            psql(database, `CREATE VIEW ${service.owns[0].schema}."v ${index} "";--$$" AS SELECT id AS ":x \\ ""{{y}} \${z}" FROM ${table} AS "a.b""c";
                ALTER VIEW ${service.owns[0].schema}."v ${index} "";--$$" OWNER TO ${service.roles.owner};
                GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ${service.owns[0].schema}."v ${index} "";--$$" TO ${service.roles.app[0]};
                GRANT SELECT ON ${service.owns[0].schema}."v ${index} "";--$$" TO ${service.roles.readonly[0]};`);
        }
        const run = audit(database, path, ["--format", "json"]);
        const report = JSON.parse(run.out);
        const count = (rule) => report.findings.filter((one) => one.rule === rule).length;
        same(`${database}: all is understood`, report.coverage.unparsed + report.coverage.dynamic, 0);
        check(`${database}: views cross`, count("cross-service-view") >= services.length - 1, JSON.stringify(report.findings.slice(0, 5), null, 1));
        same(`${database}: and nothing else`, report.findings.filter((one) => !["cross-service-view", "unowned-object"].includes(one.rule)).length, 0);
        same(`${database}: two are nobody's`, count("unowned-object"), 2);
    }
}

// Only who has granted something takes it back: the statement of each finding's help makes that finding go away.
function testPassedOn() {
    psql("postgres", "CREATE DATABASE passed TEMPLATE clean");
    applyGrants("passed", enforced);
    psql("passed", `CREATE ROLE dba; CREATE ROLE "Day Temp"; CREATE ROLE clerk LOGIN;
        GRANT USAGE, CREATE ON SCHEMA orders TO dba WITH GRANT OPTION;
        GRANT SELECT, UPDATE ON orders.debt, orders.events, public.orders TO dba WITH GRANT OPTION;
        GRANT INSERT (id) ON orders.debt TO dba WITH GRANT OPTION;
        GRANT EXECUTE ON FUNCTION orders.add(numeric, numeric) TO dba WITH GRANT OPTION;
        GRANT DELETE ON orders.debt TO "Day Temp" WITH GRANT OPTION; GRANT SELECT ON orders.debt TO billing_app;
        GRANT UPDATE ON orders.events TO orders_ro WITH GRANT OPTION;
        SET ROLE dba; GRANT SELECT, UPDATE ON orders.debt TO billing_app, PUBLIC; GRANT INSERT (id) ON orders.debt TO billing_app;
        GRANT SELECT ON orders.events, public.orders TO billing_app WITH GRANT OPTION; GRANT CREATE ON SCHEMA orders TO billing_owner;
        GRANT EXECUTE ON FUNCTION orders.add(numeric, numeric) TO billing_app; GRANT SELECT ON orders.debt, public.orders TO clerk;
        RESET ROLE; GRANT UPDATE ON orders.debt TO billing_app;
        SET ROLE billing_app; GRANT SELECT ON public.orders TO billing_owner; RESET ROLE;
        SET ROLE orders_ro; GRANT UPDATE ON orders.events TO billing_owner; RESET ROLE;
        GRANT USAGE ON SCHEMA orders TO "Day Temp"; SET ROLE "Day Temp"; GRANT DELETE ON orders.debt TO billing_app; RESET ROLE;
        REVOKE USAGE ON SCHEMA orders FROM "Day Temp";`);
    if (major >= 16) { // a membership is its grantor's, and what a member passes on hangs on it
        psql("passed", `GRANT orders_app TO dba WITH ADMIN OPTION; SET ROLE dba; GRANT orders_app TO billing_app WITH ADMIN OPTION; RESET ROLE;
            SET ROLE billing_app; GRANT orders_app TO billing_owner; RESET ROLE; GRANT orders_ro TO billing_app;`);
    } else {
        psql("passed", "GRANT orders_ro TO billing_app");
    }
    const before = psql("passed", read("../grants/state.sql"));
    const all = () => {
        const run = audit("passed", enforced, ["--format", "json"]);
        check("passed on: can be asked", run.errors === NO_STATEMENTS, run.errors);
        return findings(run);
    };
    const statement = (one) => one.help.replace(/^run /, "").replace(/(, as the script|: the manifest|: a member).*/s, "");
    const first = all();
    check("passed on: is found", first.length > 10 && first.every((one) => one.rule === "grant-outside-manifest"), JSON.stringify(first, null, 1));
    expected("passed on: what is told to run", `expected.passed${major >= 16 ? "-16" : ""}`, first.map((one) => `${one.path}: ${statement(one)}\n`).join(""));
    // Each by itself: in the state that it is about.
    for (const one of first) {
        const rest = psql("passed", `BEGIN; ${statement(one)}; SELECT 1; ROLLBACK`, "postgres");
        same(`passed on: runs: ${statement(one)}`, rest, "1\n");
    }
    same("passed on: nothing is changed by looking", psql("passed", read("../grants/state.sql")), before);
    // And one after the other, from the last: what it has passed on itself does not go with it.
    for (let left = first; left.length;) {
        const one = left.at(-1);
        psql("passed", statement(one));
        const after = all();
        check(`passed on: mends it: ${statement(one)}`, after.length < left.length &&
            !after.some((other) => other.fingerprint === one.fingerprint), after.map(statement).join("\n"));
        if (after.length >= left.length) {
            break;
        }
        left = after;
    }
}

// What was run is judged as the code of the role's service, in its search_path.
function testStatements() {
    makeDatabase("seen", read("clean.sql"));
    applyGrants("seen", enforced);
    check("seen: without the extension it says so",
          /warning: what was run is not audited: the extension pg_stat_statements is not/.test(audit("seen", enforced).errors));
    psql("seen", `CREATE EXTENSION pg_stat_statements SCHEMA tools; CREATE VIEW tools.pg_stat_statements_x AS SELECT 1;
        GRANT SELECT, UPDATE ON public.orders TO billing_app; GRANT SELECT ON tools.pg_stat_statements TO PUBLIC;
        DROP VIEW tools.pg_stat_statements_x;`);
    psql("seen", `SELECT count(*) FROM public.orders o JOIN billing.accounts a ON a.id = o.id WHERE o.id = 17;
        UPDATE public.orders SET country = 'secret' WHERE id = 4711;
        SELECT id FROM orders.summary_v1 WHERE name = 'x';
        SELECT name FROM reference.countries;
        SET search_path = orders;`, "billing_app");
    psql("seen", "SELECT total FROM orders WHERE id = 3; CREATE TEMP TABLE public_only (id bigint);", "orders_app");
    psql("seen", "SELECT * FROM billing.accounts;");
    psql("seen", "REVOKE SELECT, UPDATE ON public.orders FROM billing_app;");
    const run = audit("seen", enforced, ["--format", "json"]);
    same("seen: says nothing", run.errors, "");
    const shown = findings(run).map((one) => `${one.path.replace(/[0-9a-f]{16}/, "HASH")} ${one.line}:${one.column} ${one.rule} ${one.service}`);
    same("seen: what crossed", shown.sort().join("\n"),
         ["join", "write"].map((rule, i) => `database:statement HASH of billing_app 1:${[22, 8][i]} cross-service-${rule} billing`).join("\n"));
    check("seen: constants are not shown", !/secret|4711/.test(run.out), run.out);
    psql("seen", "GRANT CONNECT ON DATABASE seen TO auditor");
    check("seen: may not be looked at", /what was run is not audited: .*permission denied/.test(audit("seen", enforced, [], { PGUSER: "auditor" }).errors));
    psql("seen", "GRANT USAGE ON SCHEMA tools TO auditor");
    const hidden = audit("seen", enforced, [], { PGUSER: "auditor" });
    same("seen: nothing for a role that sees nothing", hidden.status, 0);
    check("seen: which says so", /\d+ statements of the services' roles cannot be seen/.test(hidden.errors), hidden.errors);
}

function testErrors() {
    const refused = (what, conninfo, pattern, environment = {}) => {
        const run = ringfence(["audit", conninfo, "--manifest", watched], environment);
        same(`${what}: exits with 2`, run.status, 2);
        check(`${what}: says why`, pattern.test(run.errors), run.errors);
        check(`${what}: keeps the password`, !/hunter2|s3cr/.test(run.errors + run.out), run.errors);
    };
    const host = encodeURIComponent(process.env.PGHOST);
    refused("no server", "host=/nowhere password=hunter2", /cannot connect/);
    refused("no database", `postgresql://postgres:hunter2@${host}/none`, /"none" does not exist/);
    refused("the database is called so", "dbname=hunter2x password=hunter2", /cannot connect: .*\*\*\*/);
    refused("from the environment", "dbname=s3cret", /cannot connect: .*\*\*\*/, { PGPASSWORD: "s3cret" });
    refused("@ in a password", `postgresql://postgres:hun@hunter2@${host}/none`, /%40/);
    refused("/ in a password", `postgresql://postgres:s3cr/hunter2@${host}/none`, /%2F/);
    refused("no keyword", "host=x hunter2", /not understood/);
    refused("unfinished", "password='hunter2", /not understood/);
    refused("another URL", "postgres+psycopg://postgres:hunter2@localhost/shop", /postgresql:\/\//);
    refused("unknown keyword", "hunter2=x", /not understood/);
    refused("unknown in a URL", `postgresql://${host}/none?hunter2=1`, /not understood/);
    refused("no role", `dbname=clean user=nobody_here`, /nobody_here/);
    const other = variant("other.yaml", (text) => text.replace(`postgres: ${major}`, `postgres: ${another}`));
    const version = audit("clean", other);
    same("another version: exits with 2", version.status, 2);
    check("another version: says so", version.errors.includes(`the manifest says postgres: ${another}, the server is ${major}`), version.errors);
    const bare = variant("bare.yaml", (text) => text.replace(/^    roles: .*watched.*\n/m, ""));
    check("no roles: says where", /:19:3: error: .*"watched" needs "roles"/.test(audit("clean", bare).errors), audit("clean", bare).errors);
    same("no database", ringfence(["audit", "--manifest", watched]).status, 2);
    same("two databases", ringfence(["audit", "a", "b", "--manifest", watched]).status, 2);
    same("an unknown service", audit("clean", watched, ["--service", "x"]).status, 2);
    check("--help", /CONNINFO/.test(ringfence(["audit", "--help"]).out));
}

// The catalogs' functions look past the snapshot: what is dropped while it is read is no reason to give up.
async function testDropped() {
    const database = makeDatabase("dropped", "CREATE SCHEMA dropped AUTHORIZATION auditor; CREATE TABLE dropped.t (id integer); CREATE VIEW dropped.v AS SELECT * FROM dropped.t");
    const path = join(work, "dropped.json");
    writeFileSync(path, JSON.stringify({ version: 1, postgres: major, services: {
        d: { paths: ["d/**"], owns: [{ schema: "dropped" }], roles: { owner: "auditor" } } } }));
    const other = spawn("psql", ["-X", "-q", "-d", database, "-c", "BEGIN; DROP VIEW dropped.v", "-c", "SELECT pg_sleep(2)", "-c", "COMMIT"], { stdio: "ignore" });
    const ended = new Promise((resolve) => { other.on("exit", resolve); });
    while (psql(database, "SELECT count(*) FROM pg_locks WHERE relation = 'dropped.v'::regclass AND mode = 'AccessExclusiveLock'") !== "1\n");
    const run = audit(database, path, ["--quiet", "--fail-on", "never"]);
    await ended;
    check("dropped while it is read: it is read again", run.status === 0 && !run.errors.includes("error"), run.errors);
    check("dropped while it is read: it is gone", / in \d+ objects?\n/.test(run.out) && !run.out.includes("dropped.v"), run.out);
}

function testLarge() {
    const services = {};
    const sql = [];
    for (let i = 0; i < 20; i++) {
        services[`s${i}`] = { paths: [`s${i}/**`], owns: [{ schema: `large_${i}` }], roles: { owner: `large_${i}_owner`, app: [`large_${i}_app`] } };
        sql.push(`CREATE ROLE large_${i}_owner; CREATE ROLE large_${i}_app; CREATE SCHEMA large_${i} AUTHORIZATION large_${i}_owner;`);
        sql.push(`DO $$ BEGIN FOR i IN 1 .. 1000 LOOP
            EXECUTE format('CREATE TABLE large_${i}.t%s (id bigint, at date DEFAULT now(), n integer CHECK (n > 0))', i); END LOOP; END $$;`);
    }
    const path = join(work, "large.json");
    writeFileSync(path, JSON.stringify({ version: 1, postgres: major, services }));
    makeDatabase("large", ...sql);
    const start = process.hrtime.bigint();
    const run = audit("large", path, ["--quiet", "--fail-on", "never"]);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    check("large: 20,000 tables", run.status === 0 && /in 2000\d objects/.test(run.out), run.errors || run.out.slice(-200));
    check("large: within 30 seconds", seconds < 30, seconds);
    console.log(`20,000 tables: ${seconds.toFixed(1)} s`);
}

try {
    testClean();
    psql("postgres", "CREATE ROLE auditor LOGIN");
    testStatements();
    testTraps(); // before the roles get what they should not have
    testPassedOn();
    testPlanted();
    testBaseline();
    testNames();
    testErrors();
    await testDropped();
    testLarge();
} catch (error) {
    check("runs to the end", false, error.stack);
} finally {
    rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
