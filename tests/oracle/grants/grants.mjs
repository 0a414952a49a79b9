// Do the generated grants do what they say?   grants.mjs BINARY
//
// Each test has a database of its own; roles are the server's, so each test names its own. After every apply, the
// script is run again and must change no byte, and the read-only script must return nothing.

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { forServer, major } from "../../lib/server.mjs";
import { hostile } from "./hostile.mjs";
import { testOdd } from "./odd.mjs";
import {
    apply, binary, check, count, effective, HERE, makeDatabase, mayAll, mayNone, must,
    psql, read, ringfence, ROOT, same, state, work, writeManifest,
} from "./tools.mjs";

const another = major === 18 ? 17 : 18; // a version that the server does not have

function testFeatures() {
    const database = makeDatabase("features", read("features.sql"));
    const manifest = read("features.json");
    const before = effective(database).split("\n");
    const messages = apply("features", database, manifest);
    const found = `${effective(database)}\n${messages.match(/^.*WARNING: .*$/gm)?.join("\n") ?? ""}\n`
        .replaceAll(/^psql:<stdin>:\d+: /gm, "");
    const path = join(HERE, `expected${major >= 17 ? "-17" : ""}.txt`); // 17 has MAINTAIN
    if (process.env.UPDATE) {
        writeFileSync(path, found);
    }
    const wanted = readFileSync(path, "utf8"); // 13 has no multiranges
    same("features: who may do what", found, major >= 14 ? wanted : wanted.replaceAll(/^routine a\.span_multirange.*\n/gm, ""));
    const about = (lines, pattern) => lines.filter((line) => pattern.test(line)).join("\n");
    const after = effective(database).split("\n");
    for (const pattern of [/ gone\./, / public\.gone_table/, / nobody\./, / public\.unclaimed/]) {
        same(`features: ${pattern} is left alone`, about(after, pattern), about(before, pattern));
    }
    for (const line of about(before, / watched\.| public\.w_table/).split("\n")) {
        const [object, holders] = line.split(": ");
        const now = after.find((other) => other.startsWith(`${object}: `))?.split(": ")[1].split(" ") ?? [];
        for (const holder of holders.split(" ")) {
            const [role, letters] = holder.split("=");
            const has = now.find((other) => other.startsWith(`${role}=`)) ?? "";
            check(`features: observed ${object} keeps ${holder}`, [...letters].every((l) => has.includes(l)), has);
        }
    }
    same("features: the memberships that are left", must(database, `SELECT string_agg(format('%s in %s', m.member::regrole,
         m.roleid::regrole), ', ' ORDER BY m.member::regrole::text, m.roleid::regrole::text) FROM pg_auth_members AS m WHERE m.roleid >= 16384`), "a_app in a_ro, b_ro in harmless, monitor in a_owner\n");
    same("features: an observed object keeps its owner",
         must(database, "SELECT relowner::regrole FROM pg_class WHERE relname = 'all_read'"), "old_owner\n");
    return { database, manifest };
}

// What each owner role makes after the script has run is as what it made before.
function testFuture({ database, manifest }) {
    const others = { a: ["b_owner", "b_app", "b_ro", "stranger"], b: ["a_owner", "a_app", "a_ro", "stranger"], watched: [] }; // observed: closed to nobody
    for (const [service, table] of [["a", "a_late"], ["b", "a_b_late"], ["watched", "w_late"]]) {
        must(database, `SET ROLE ${service}_owner;
            CREATE TABLE ${service}.late (id serial, n integer); CREATE VIEW ${service}.late_view AS SELECT * FROM ${service}.late;
            CREATE MATERIALIZED VIEW ${service}.late_totals AS SELECT 1 AS n;
            CREATE TABLE ${service}.late_parts (n integer) PARTITION BY LIST (n); CREATE TABLE ${service}.late_part PARTITION OF ${service}.late_parts DEFAULT;
            CREATE SEQUENCE ${service}.late_numbers; CREATE TYPE ${service}.late_type AS ENUM ('x'); CREATE DOMAIN ${service}.late_domain AS integer;
            CREATE FUNCTION ${service}.late_function() RETURNS integer LANGUAGE sql AS 'SELECT 1';
            CREATE PROCEDURE ${service}.late_procedure() LANGUAGE sql AS 'SELECT 1';
            CREATE TABLE public.${table} (id serial);`);
        const reads = ["late", "late_view", "late_totals", "late_parts", "late_part"].map((name) => `SELECT * FROM ${service}.${name}`);
        const all = [...reads, `INSERT INTO ${service}.late (n) VALUES (1)`, `INSERT INTO ${service}.late_part VALUES (1)`, `SELECT nextval('${service}.late_numbers')`,
                     `SELECT ${service}.late_function()`, `CALL ${service}.late_procedure()`, `INSERT INTO public.${table} DEFAULT VALUES`, `TRUNCATE ${service}.late`,
                     `CREATE TEMPORARY TABLE t (x ${service}.late_type, y ${service}.late_domain)`];
        mayAll(database, `${service}_app`, all);
        if (service !== "watched") {
            mayAll(database, `${service}_ro`, [...reads, `SELECT * FROM public.${table}`]);
            mayNone(database, `${service}_ro`, [`INSERT INTO ${service}.late (n) VALUES (1)`, `SELECT nextval('${service}.late_numbers')`, `CALL ${service}.late_procedure()`]);
        }
        for (const role of others[service]) {
            mayNone(database, role, [...all, `SELECT * FROM public.${table}`, `ALTER TABLE ${service}.late ADD COLUMN y integer`, `DROP TABLE ${service}.late`]);
        }
    }
    mayNone(database, "a_ro", ["SELECT a.writes()"]);
    apply("features, later", database, manifest);
    mayAll(database, "a_ro", ["SELECT a.late_function()"]);
    mayNone(database, "a_ro", ["CALL a.late_procedure()"]);
}

function testShrinking({ database, manifest }) {
    const smaller = JSON.parse(manifest);
    smaller.services.a.publishes = smaller.services.a.publishes.slice(1, 2);
    const today = 4102444800; // 2100-01-01: the exception has ended
    mayAll(database, "b_app", ["SELECT * FROM a.published_v1", "UPDATE public.a_two SET id = id"]);
    const script = ringfence(smaller, [], { SOURCE_DATE_EPOCH: String(today) });
    check("shrinking: an ended exception is left out", !script.includes("T-1"));
    must(database, script);
    mayNone(database, "b_app", ["SELECT * FROM a.published_v1", "UPDATE public.a_two SET id = id", "SELECT a.total(1::bigint)"]);
    mayAll(database, "b_app", ["SELECT * FROM a.for_all_v1"]);
    const old = JSON.parse(manifest);
    old.exceptions[0].until = "2020-06-30";
    must(database, ringfence(old, [], { SOURCE_DATE_EPOCH: "1577836800" }));
    mayNone(database, "b_app", ["UPDATE public.a_two SET id = id"]);
    apply("back again", database, manifest);
    mayAll(database, "b_app", ["UPDATE public.a_two SET id = id"]);
}

function testService({ database, manifest }) {
    must(database, "GRANT SELECT ON a.plain TO b_app; GRANT SELECT ON b.own TO a_app;");
    must(database, ringfence(manifest, ["--service", "b"]));
    same("--service b takes away what is b's", must(database,
         "SELECT has_table_privilege('a_app', 'b.own', 'SELECT'), has_table_privilege('b_app', 'a.plain', 'SELECT')"), "f|t\n");
    apply("after --service", database, manifest);
}

function testShop() {
    const shop = join(ROOT, "examples/shop");
    const database = makeDatabase("shop", "CREATE SCHEMA reference; CREATE SCHEMA extensions; CREATE SCHEMA audit;");
    const manifest = join(work, "shop.yaml");
    writeFileSync(manifest, forServer(readFileSync(join(shop, "ringfence.yaml"), "utf8")));
    const script = (...args) => execFileSync(binary, ["generate-grants", "--manifest", manifest, ...args], { encoding: "utf8" });
    check("shop: the committed script is fresh", spawnSync(binary, ["generate-grants", "--manifest", join(shop, "ringfence.yaml"),
          "--create-roles", "--check", join(shop, "grants.sql")]).status === 0);
    const refused = psql(database, script());
    check("shop: missing roles are an error", !refused.good && /these roles do not exist: role catalog_app, /.test(refused.messages),
          refused.messages);
    must(database, script("--create-roles"));
    // The migrations grant to the roles, and the roles' privileges need what the migrations make.
    for (const service of ["catalog", "inventory", "orders", "payments", "reporting"]) {
        const folder = join(shop, "services", service, "migrations");
        for (const file of readdirSync(folder).sort()) {
            must(database, `SET search_path = ${service}, public, extensions;\n${readFileSync(join(folder, file), "utf8")}`);
        }
    }
    must(database, script());
    const before = state(database);
    const again = psql(database, script("--create-roles"));
    same("shop: the second run changes no byte", state(database), before);
    same("shop: and says nothing", again.messages, "");
    same("shop: nothing missing, nothing extra", must(database, script("--assert")), "");
    const tries = JSON.parse(read("shop.json"));
    same("shop: each role of the manifest is tried", Object.keys(tries).sort().join(),
         JSON.parse(script("--format", "json")).roles.map((role) => role.name).sort().join());
    for (const [role, { may, mayNot }] of Object.entries(tries)) {
        check(`shop: ${role} tries ten things each way`, may.length >= 10 && mayNot.length >= 10);
        mayAll(database, role, may);
        // Before 15 PUBLIC may CREATE in public, and keeps that while catalog is observed.
        mayNone(database, role, mayNot.filter((sql) => major >= 15 || !sql.startsWith("CREATE TABLE public.")));
    }
    testShopEnforced(database, manifest, script);
}

// Once the last service is no longer observed: its owner disposes, and nothing is left to PUBLIC.
function testShopEnforced(database, manifest, script) {
    mayNone(database, "catalog_owner", ["ALTER TABLE public.products ADD COLUMN note text"]);
    mayAll(database, "payments_ro", ["CREATE TEMPORARY TABLE t ()"]);
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/^ *stage: observe.*\n/m, ""));
    must(database, script());
    same("shop, enforced: nothing missing, nothing extra", must(database, script("--assert")), "");
    mayAll(database, "catalog_owner", ["ALTER TABLE public.products ADD COLUMN note text", "DROP TABLE catalog.categories",
                                       "ALTER TABLE reference.countries ADD COLUMN continent text"]);
    mayAll(database, "catalog_app", ["UPDATE public.product_prices SET price = 1", "UPDATE reference.countries SET name = 'x'"]);
    for (const role of ["payments_ro", "orders_ro", "reporting_ro", "reporting_dashboards"]) {
        mayNone(database, role, ["CREATE TEMPORARY TABLE t ()", "SELECT * FROM public.products"]);
        mayAll(database, role, ["SELECT * FROM catalog.product_card_v1"]);
    }
    for (const role of ["orders_app", "reporting_owner", "reporting_ro"]) {
        mayNone(database, role, ["CREATE TABLE public.mine ()"]);
    }
}

function testLessThanSuperuser() {
    must("postgres", "CREATE ROLE deployer LOGIN CREATEROLE; CREATE ROLE visitor LOGIN;");
    const manifest = { version: 1, services: {
        n1: { paths: ["n1/**"], owns: [{ schema: "n1" }, { table: "mixed.n1_*" }], roles: { owner: "n1_owner", app: ["n1_app"], readonly: ["n1_ro"] },
              publishes: [{ relation: "n1.t", to: "n2" }] },
        n2: { paths: ["n2/**"], owns: [{ schema: "n2" }, { table: "mixed.n2_*" }], roles: { owner: "n2_owner", app: ["n2_app"] } } } };
    const tables = `CREATE SCHEMA n1; CREATE SCHEMA n2; CREATE SCHEMA mixed; CREATE TABLE n1.t (id serial); CREATE TABLE n2.t (id integer);
        CREATE TABLE mixed.n1_x (id integer); CREATE TYPE n1.e AS ENUM ('a'); CREATE FUNCTION n1.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';`;
    const database = makeDatabase("deployed", "", "deployer");
    must(database, tables, { role: "deployer" });
    const messages = apply("as deployer", database, manifest, { args: ["--create-roles"], role: "deployer" });
    check("as deployer: no warning", !/WARNING/.test(messages), messages);
    check("as deployer: the owner can be acted as", /GRANT n1_owner TO CURRENT_USER/.test(messages), messages);
    mayAll(database, "n2_app", ["SELECT * FROM n1.t"]);
    mayNone(database, "n2_app", ["INSERT INTO n1.t DEFAULT VALUES", "SELECT * FROM mixed.n1_x"]);
    apply("as deployer, without --create-roles", database, manifest, { role: "deployer" });

    // Schemas of its own, in a database of somebody else.
    const other = makeDatabase("visited", "GRANT CREATE ON DATABASE visited TO deployer;");
    must(other, tables, { role: "deployer" });
    must(other, "CREATE TABLE n1.of_postgres (id integer)");
    const run = psql(other, ringfence(manifest), { role: "deployer" });
    check("visited: applies", run.good, run.messages);
    for (const statement of ["REVOKE CONNECT, TEMPORARY ON DATABASE visited FROM PUBLIC", "ALTER TABLE n1.of_postgres OWNER TO n1_owner"]) {
        check(`visited: a warning tells of ${statement}`,
              run.messages.includes(`WARNING:  not done, it takes more than deployer may do here: ${statement}`), run.messages);
    }
    mayNone(other, "n2_app", ["SELECT * FROM mixed.n1_x"]);
    const extra = must(other, ringfence(manifest, ["--assert"]), { role: "deployer" });
    check("visited: the read-only script tells, too", extra.includes("REVOKE CONNECT, TEMPORARY ON DATABASE visited FROM PUBLIC"), extra);
    const nothing = state(other);
    check("a visitor can do nothing", psql(other, ringfence(manifest), { role: "visitor" }).good);
    same("a visitor changed nothing", state(other), nothing);
    apply("the superuser does the rest", other, manifest);
}

// What newer servers have: one membership by several grantors, without INHERIT or SET; MAINTAIN; and CREATEROLE that
// reaches only the roles that it administers.
function testNewer({ database, manifest }) {
    if (major >= 16) {
        must(database, `CREATE ROLE middle; GRANT a_owner TO middle WITH ADMIN OPTION; SET ROLE middle;
            GRANT a_owner TO b_app WITH INHERIT FALSE, SET TRUE; RESET ROLE; GRANT a_owner TO b_app WITH INHERIT TRUE, SET FALSE;
            GRANT a_ro TO b_ro WITH INHERIT FALSE, SET FALSE;`);
        apply("memberships by several grantors", database, manifest);
        mayNone(database, "b_app", ["SET ROLE a_owner", "SELECT * FROM a.plain"]);
        same("memberships of b's roles", must(database, `SELECT count(*) FROM pg_auth_members WHERE roleid = ANY ('{a_owner,a_ro}'::regrole[])
            AND member = ANY ('{b_app,b_ro}'::regrole[])`), "0\n");
        const roles = { o: { paths: ["o/**"], owns: [{ schema: "of_others" }], roles: { owner: "others_owner", app: ["others_app"] } } };
        must("postgres", "CREATE ROLE others_owner; CREATE ROLE others_app; CREATE ROLE helper LOGIN CREATEROLE");
        const other = makeDatabase("of_others", `SET ROLE helper; CREATE SCHEMA of_others; CREATE TABLE of_others.t (id integer);`, "helper");
        const run = psql(other, ringfence({ version: 1, services: roles }, ["--create-roles"]), { role: "helper" });
        check("of others: CREATEROLE takes no role of others", run.good && run.messages.includes("not done, it takes more than helper may do here: " +
              "GRANT others_owner TO CURRENT_USER WITH INHERIT TRUE, SET TRUE"), run.messages);
        must(other, "GRANT others_owner TO helper WITH ADMIN OPTION, INHERIT FALSE, SET FALSE");
        apply("of others: with ADMIN OPTION", other, { version: 1, services: roles }, { args: ["--create-roles"], role: "helper" });
    }
    if (major >= 17) {
        must(database, "GRANT MAINTAIN ON a.plain, a.totals TO b_app, a_app; GRANT MAINTAIN ON a.totals TO PUBLIC");
        mayAll(database, "b_app", ["REFRESH MATERIALIZED VIEW a.totals", "LOCK TABLE a.plain IN ACCESS EXCLUSIVE MODE"]);
        apply("MAINTAIN", database, manifest);
        mayNone(database, "b_app", ["REFRESH MATERIALIZED VIEW a.totals", "LOCK TABLE a.plain IN ACCESS EXCLUSIVE MODE"]);
        mayNone(database, "a_app", ["REFRESH MATERIALIZED VIEW a.totals", "REINDEX TABLE a.plain"]);
        mayAll(database, "a_owner", ["REFRESH MATERIALIZED VIEW a.totals", "REINDEX TABLE a.plain"]);
    }
}

// --diff asks by itself: it must say what the script would run, and what --assert returns.
function testDiff({ database, manifest }) {
    const diff = (conninfo, model = manifest, args = []) =>
        spawnSync(binary, ["generate-grants", "--manifest", writeManifest(model), "--diff", conninfo, ...args], { encoding: "utf8" });
    const settled = diff(`dbname=${database}`);
    same("--diff: nothing to do", [settled.status, settled.stdout.replace(/^-- routine .*\n/m, ""), settled.stderr].join("|"), "0||");
    must(database, "GRANT SELECT ON a.plain TO b_app; REVOKE SELECT ON a.for_all_v1 FROM b_app; ALTER TABLE a.identity OWNER TO old_owner;");
    const before = state(database);
    const found = diff(`postgresql:///${database}`);
    same("--diff: the statements", found.stdout.replace(/^--.*\n/gm, ""), "ALTER TABLE a.identity OWNER TO a_owner;\n" +
        "GRANT SELECT ON TABLE a.for_all_v1 TO b_app;\nREVOKE SELECT ON TABLE a.plain FROM b_app;\n");
    same("--diff: exit status", found.status, 1);
    same("--diff: changes nothing", state(database), before);
    must(database, found.stdout);
    same("--diff: what it prints is what lacks", diff(database).status, 0);
    for (const conninfo of ["host=/nowhere password=s3cret", "postgresql://u:s3cret@/x?host=/nowhere", "s3cret=1", "dbname=nothing_like_it password=s3cret",
                            "postgresql://u:s3cret", "postgresql://u@h:s3cret/db", "host=h port=s3cret", "postgresql://u:s3cr@s3cret:1/x", "mysql://u:s3cret@h/x"]) {
        const run = diff(conninfo);
        check(`--diff ${conninfo}: says what is wrong, not the password`, run.status === 2 && /^ringfence: error: /.test(run.stderr) &&
              !(run.stdout + run.stderr).includes("s3cret"), run.stderr);
    }
    const version = diff(database, { version: 1, postgres: another });
    check("--diff: another major version", version.status === 2 && version.stderr.includes(`postgres: ${another}, the server is ${major}`), version.stderr);
}

function testUsage() {
    const wrong = [[["extra"], "it takes no path: extra"], [["--check", "f", "--diff", "x"], "--diff does not go with --check"],
        [["--assert", "--diff", "x"], "--diff does not go with --assert"], [["--diff", "x", "--format", "json"], "--diff does not go with --format json"],
        [["--assert", "--format", "json"], "--assert does not go with --format json"], [["--format", "yaml"], "not understood: yaml"],
        [["--service", "nobody"], "no service called nobody"], [["--check", "."], "cannot be read"], [["--output", "/nowhere/x"], "cannot be written"]];
    for (const [args, message] of wrong) {
        const run = spawnSync(binary, ["generate-grants", "--manifest", writeManifest({ version: 1, services: {} }), ...args], { encoding: "utf8" });
        check(`usage: ${args.join(" ")}`, run.status === 2 && run.stdout === "" && run.stderr.includes(message), `exit ${run.status}\n${run.stderr}`);
    }
}

function testErrors() {
    const database = makeDatabase("errors");
    const other = { version: 1, postgres: another, services: { e: { paths: ["e/**"], owns: [{ schema: "e" }], roles: { owner: "e_owner" } } } };
    const before = state(database);
    const version = psql(database, ringfence(other));
    check("another major version is refused", !version.good && version.messages.includes(`this script is for PostgreSQL ${another}, the server is ${major}`),
          version.messages);
    const missing = psql(database, ringfence({ ...other, postgres: major }));
    check("missing roles are refused", !missing.good && /these roles do not exist: role e_owner/.test(missing.messages), missing.messages);
    same("nothing was changed", state(database), before);
    must(database, ringfence({ version: 1 }));
    same("an empty manifest changes nothing", state(database), before);
    const warned = psql(database, ringfence({ ...other, postgres: major }, ["--create-roles"]));
    check("a missing schema is a warning", warned.good && /WARNING: {2}schema e does not exist/.test(warned.messages), warned.messages);
}

function testHostile() {
    for (const seed of (process.env.HOSTILE_SEEDS ?? "1 2 3").split(" ")) {
        const { schema, manifest, roles, bystanders, database } = hostile(seed);
        makeDatabase(database, schema);
        const before = must(database, bystanders.query);
        const shell = psql(database, ringfence(manifest));
        check(`hostile ${seed}: applies`, shell.good, shell.messages);
        same(`hostile ${seed}: bystanders stay`, must(database, bystanders.query), before);
        apply(`hostile ${seed}`, database, manifest);
        for (const off of ["off", "on"]) {
            const script = `SET standard_conforming_strings = ${off}; SET escape_string_warning = off;\n${ringfence(manifest)}`;
            check(`hostile ${seed}: standard_conforming_strings = ${off}`, psql(database, script).good);
        }
        const denied = must(database, roles.query).trim();
        same(`hostile ${seed}: every role has its own and nothing else`, denied, "");
        must(database, ringfence(manifest, ["--assert"]));
    }
}

// Services of the same shape: what each may do is known without looking.
function large(services, prefix) {
    const manifest = { version: 1, services: {} };
    for (let i = 0; i < services; i++) {
        const name = `${prefix}${i}`;
        manifest.services[name] = { paths: [`${name}/**`], owns: [{ schema: name }, { table: `public.${name}_*` }],
            roles: { owner: `${name}_owner`, app: [`${name}_app`], readonly: [`${name}_ro`] },
            publishes: [{ relation: `${name}.t0`, to: i % 10 === 0 ? "*" : `${prefix}${(i + 1) % services}` }] };
    }
    return manifest;
}

function testLarge() {
    const services = 40, tables = 20;
    const sql = [];
    for (let i = 0; i < services; i++) {
        sql.push(`CREATE SCHEMA l${i};`);
        for (let t = 0; t < tables; t++) {
            sql.push(`CREATE TABLE l${i}.t${t} (id ${t % 2 ? "integer" : "serial"});`);
        }
        sql.push(`CREATE TABLE public.l${i}_own (id integer);`);
    }
    const database = makeDatabase("large", sql.join("\n"));
    const start = Date.now();
    apply("large", database, large(services, "l"), { args: ["--create-roles"] });
    const seconds = (Date.now() - start) / 1000;
    same("large: each role has what its service owns, what is published to it, and nothing else", must(database, `
        SELECT format('%s %s.%s %s', r.rolname, n.nspname, c.relname, p.privilege)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL (SELECT CASE n.nspname WHEN 'public' THEN split_part(c.relname, '_', 1) ELSE n.nspname END AS service) AS o
        CROSS JOIN pg_roles AS r
        CROSS JOIN unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS p(privilege)
        CROSS JOIN LATERAL (SELECT split_part(r.rolname, '_', 1) AS service, split_part(r.rolname, '_', 2) AS purpose) AS s
        WHERE c.relkind = 'r' AND o.service ~ '^l[0-9]' AND r.rolname ~ '^l[0-9]' AND has_table_privilege(r.oid, c.oid, p.privilege) IS DISTINCT FROM (CASE
            WHEN s.service = o.service THEN s.purpose = 'owner' OR (s.purpose = 'app' AND p.privilege NOT IN ('REFERENCES', 'TRIGGER'))
                 OR p.privilege = 'SELECT'
            WHEN c.relname = 't0' AND p.privilege = 'SELECT' THEN substr(o.service, 2)::integer % 10 = 0
                 OR (substr(o.service, 2)::integer + 1) % ${services} = substr(s.service, 2)::integer
            ELSE false END)`), "");
    same("large: PUBLIC has nothing in the database and may create nothing", must(database, `
        SELECT 'public', x.privilege_type FROM pg_namespace AS n, aclexplode(n.nspacl) AS x WHERE x.grantee = 0 AND (n.nspname ~ '^l' OR n.nspname = 'public')
        UNION ALL SELECT 'database', x.privilege_type FROM pg_database AS d, aclexplode(d.datacl) AS x WHERE x.grantee = 0 AND d.datname = current_database()`),
         "public|USAGE\n");
    check(`large: ${services} services take no more than a minute (${seconds} s)`, seconds < 60);
}

// A thousand services of twenty tables: linear text. tests/bench measures the time.
function testScale() {
    const manifest = join(work, "scale.json"), script = join(work, "scale.sql");
    const generate = (count) => {
        const model = large(count, "s");
        for (const [name, one] of Object.entries(model.services)) {
            one.owns = [{ schema: name }, ...Array.from({ length: 20 }, (_, table) => ({ table: `public.${name}_${table}` }))];
        }
        writeFileSync(manifest, JSON.stringify(model));
        execFileSync(binary, ["generate-grants", "--manifest", manifest, "--output", script]);
        return readFileSync(script).length;
    };
    const half = generate(500), whole = generate(1000);
    // Each line of the second half costs what a line of the first one costs, but for longer numbers.
    const perService = (whole - half) / 500;
    check(`scale: the size grows with the services (${half}, ${whole} bytes)`, whole < 2.05 * half && perService < 3000);
}

try {
    const features = testFeatures();
    testFuture(features);
    testShrinking(features);
    testService(features);
    testNewer(features);
    testDiff(features);
    if (major >= 14) {
        testShop();
    } else {
        console.log("skipped: the shop: PostgreSQL 14 introduced its BEGIN ATOMIC");
    }
    testLessThanSuperuser();
    testOdd();
    testUsage();
    testErrors();
    testHostile();
    testLarge();
    testScale();
} finally {
    rmSync(work, { recursive: true, force: true });
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed ? 1 : 0);
