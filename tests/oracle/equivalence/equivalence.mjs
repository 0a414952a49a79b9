// Is what ringfence rejects what PostgreSQL denies under the generated grants?
//
//   equivalence.mjs BINARY [--seed N] [--count N] [--only WORLD]
//
// For each statement, service and role of that service: the server denies it if, and only if, `check` finds something
// in the service's file that holds it. What differs must have one of the reasons in judge.mjs.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ask, build, knowledge, lacking, psql } from "./server.mjs";
import { judge } from "./judge.mjs";
import { split } from "../depend/split.mjs";
import { worlds } from "./worlds.mjs";

const SHOWN = 20;
const FLOOR = 5000; // pairs; fewer would prove less than this promises
const SMITH = { count: 300, seed: 1 };

function options(argv) {
    const found = { binary: argv[0], seed: 1, count: 800, only: null };
    for (let at = 1; at < argv.length; at += 2) {
        const name = argv[at].replace(/^--/, "");
        if (name === "only" && argv[at + 1]) found.only = argv[at + 1];
        else if (["seed", "count"].includes(name) && /^\d+$/.test(argv[at + 1] ?? "")) found[name] = Number(argv[at + 1]);
        else throw new Error(`unknown option ${argv[at]}`);
    }
    return found;
}

// Statements of sqlsmith's over the schema's plainly named part, for it writes no quotes.
function smithStatements(schema) {
    psql("postgres", "CREATE DATABASE smith");
    psql("smith", schema);
    const drops = psql("smith", `SELECT format('DROP SCHEMA %I CASCADE;', nspname) FROM pg_namespace
            WHERE quote_ident(nspname) <> nspname AND nspname !~ '^pg_';
        SELECT format('DROP %s IF EXISTS %I.%I CASCADE;', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, nspname, relname)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
        WHERE relkind IN ('r', 'v', 'm', 'p') AND nspname !~ '^(pg_|information_schema)' AND quote_ident(relname) <> relname;`);
    psql("smith", `SET client_min_messages = error;\n${drops}`);
    const target = `host=${process.env.PGHOST} port=${process.env.PGPORT} user=${process.env.PGUSER} dbname=smith`;
    const run = spawnSync("sqlsmith", [`--target=${target}`, "--dry-run", "--exclude-catalog", `--max-queries=${SMITH.count}`, `--seed=${SMITH.seed}`],
                          { encoding: "utf8", maxBuffer: 1 << 30 });
    if (run.status !== 0) throw new Error(`sqlsmith: ${run.stderr}`);
    psql("postgres", "DROP DATABASE smith");
    const text = run.stdout.replaceAll(/^--.*$/gm, "");
    return split(text).map(({ start, end }) => text.slice(start, end));
}

// The services that have a server here, with their roles: [{name, path, roles: [{role, purpose}]}].
function readServices(world, plan) {
    const services = new Map();
    for (const { name, service, purpose, stage } of plan.roles) {
        world.stages.set(service, stage);
        if (stage === "split" || !(service in world.paths)) continue;
        const own = services.get(service) ?? { name: service, path: world.paths[service], roles: [] };
        own.roles.push({ role: name, purpose });
        services.set(service, own);
    }
    return [...services.values()];
}

function put(root, path, text) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
}

// The findings in `root` by path.
function check(binary, root, manifest) {
    put(root, "ringfence.yaml", manifest);
    const run = spawnSync(binary, ["check", "--root", root, "--manifest", join(root, "ringfence.yaml"), "--format", "json", "--no-baseline"],
                          { encoding: "utf8", maxBuffer: 1 << 30 });
    if (run.status !== 0 && run.status !== 1) throw new Error(`check: exit status ${run.status}\n${run.stderr}`);
    const byPath = new Map();
    for (const finding of JSON.parse(run.stdout).findings) {
        if (!byPath.has(finding.path)) byPath.set(finding.path, []);
        byPath.get(finding.path).push(finding);
    }
    return byPath;
}

const folderOf = (world, service) => `${/^ {4}paths: \["services/m.test(world.manifest) ? "services/" : ""}${service}`;

// The findings of each service in each statement: a list by service of lists by statement.
function checkStatements(binary, root, world, services) {
    const starts = [];
    let text = "";
    let line = 1;
    for (const statement of world.statements) {
        starts.push(line);
        text += `${statement.text}\n;\n`;
        line += statement.text.split("\n").length + 1;
    }
    const path = (service) => `${folderOf(world, service.name)}/statements.sql`;
    put(root, "schema.sql", `-- ringfence:service ${services[0].name}\n${world.schema}`);
    for (const service of services) put(root, path(service), text);
    const byPath = check(binary, root, world.manifest);
    world.callerRights = (byPath.get("schema.sql") ?? []).filter(({ rule, message }) =>
        rule === "security-definer-escape" && /caller's rights/.test(message)).map((finding) => finding.relations[0].name);
    return new Map(services.map((service) => {
        const lists = world.statements.map(() => []);
        for (const finding of byPath.get(path(service)) ?? []) {
            let low = 0;
            for (let high = starts.length; high - low > 1;) {
                const middle = (low + high) >> 1;
                if (starts[middle] <= finding.line) low = middle; else high = middle;
            }
            lists[low].push(finding);
        }
        return [service.name, lists];
    }));
}

function checkMigrations(binary, root, world) {
    const path = (one, index) => `${folderOf(world, one.service)}/m${index}/${one.file ?? "migration.sql"}`;
    put(root, "schema.sql", world.schema);
    world.migrations.forEach((one, index) => put(root, path(one, index), one.text ?? `${one.parts.join(";\n")};\n`));
    const byPath = check(binary, root, world.manifest);
    return world.migrations.map((one, index) => byPath.get(path(one, index)) ?? []);
}

// What the superuser is told: it says which statements are any good.
async function askSuperuser(world, questions, sessions) {
    await ask(world.name, questions, sessions);
    return questions.map(({ answer }) => answer);
}

const isGood = (answer) => answer === "done" || !/^(42|0A|3D|3F|25|26|57|22023|54|55000 cannot)/.test(answer);

async function comparePairs(binary, root, world, services, sessions) {
    const found = checkStatements(binary, root, world, services);
    const paths = world.samePath ? [services[0].path] : [...new Set(services.map(({ path }) => path))];
    const superuser = new Map();
    for (const path of paths) {
        const questions = world.statements.map(({ text }) => ({ role: "postgres", path, parts: [text], execute: world.execute }));
        superuser.set(path, await askSuperuser(world, questions, sessions));
    }
    const pathOf = (service) => world.samePath ? paths[0] : service.path;
    const pairs = [];
    for (const service of services) {
        world.statements.forEach(({ text, asked }, number) => {
            const answer = superuser.get(pathOf(service))[number];
            if (!isGood(answer) || (asked && !asked.has(service.name))) return;
            for (const { role, purpose } of service.roles.filter((one) => one.purpose !== "owner")) {
                pairs.push({ world: world.name, number, text, service: service.name, role, purpose, path: service.path, parts: [text],
                             execute: world.execute, superuser: answer, findings: found.get(service.name)[number] });
            }
        });
    }
    await ask(world.name, pairs, sessions);
    await addUses(world, services, pairs, paths, superuser);
    const skipped = world.statements.filter((_, number) => !paths.some((path) => isGood(superuser.get(path)[number]))).length;
    return { pairs, skipped };
}

// What pg_depend and the privileges say of each pair.
async function addUses(world, services, pairs, paths, superuser) {
    const roles = services.flatMap((service) => service.roles);
    const learned = [];
    paths.forEach((path, index) => world.statements.forEach(({ text }, number) => {
        if (isGood(superuser.get(path)[number])) learned.push({ number: number * paths.length + index, path, text });
    }));
    const lacks = await lacking(world.name, learned, roles);
    const appOf = new Map(services.map(({ name, roles: own }) => [name, own.find(({ purpose }) => purpose === "app")?.role]));
    for (const pair of pairs) {
        const number = pair.number * paths.length + (world.samePath ? 0 : paths.indexOf(pair.path));
        pair.lacks = lacks.of(number, pair.role);
        pair.appLacks = lacks.of(number, appOf.get(pair.service));
    }
}

async function compareMigrations(binary, root, world, services) {
    const found = checkMigrations(binary, root, world);
    const usable = world.migrations.map((one, index) => ({ ...one, findings: found[index] })).filter(({ parts }) => parts.length > 0);
    const questions = usable.map(({ path, parts }) => ({ role: "postgres", path, parts, execute: true }));
    const answers = await askSuperuser(world, questions, 1);
    const pairs = usable.map((one, index) => {
        const owner = services.find(({ name }) => name === one.service)?.roles.find(({ purpose }) => purpose === "owner");
        return { world: world.name, text: one.text ?? one.parts.join(";\n"), service: one.service, role: owner?.role, purpose: "owner", path: one.path,
                 parts: one.parts, execute: true, superuser: answers[index], findings: one.findings, lacks: null, page: one.page };
    }).filter((pair) => pair.role && isGood(pair.superuser));
    await ask(world.name, pairs, 1);
    return { pairs, skipped: usable.length - pairs.length };
}

async function compareWorld(binary, world, work, sessions) {
    const path = join(work, `${world.name}.yaml`);
    writeFileSync(path, world.manifest);
    const script = (...args) => execFileSync(binary, ["generate-grants", "--manifest", path, ...args], { encoding: "utf8", maxBuffer: 1 << 30 });
    build(world, script("--create-roles"), script("--assert"));
    world.stages = new Map();
    if (world.smith) world.statements.push(...world.smith(world.schema).map((text) => ({ text })));
    const services = readServices(world, JSON.parse(script("--format", "json")));
    const statements = await comparePairs(binary, join(work, world.name, "statements"), world, services, sessions);
    const migrations = await compareMigrations(binary, join(work, world.name, "migrations"), world, services);
    const known = knowledge(world.name);
    const pairs = [...statements.pairs, ...migrations.pairs];
    for (const pair of pairs) Object.assign(pair, judge(pair, world, known));
    return { world, pairs, known, statements: world.statements.length, migrations: world.migrations.length,
             skipped: statements.skipped + migrations.skipped };
}

const describe = (pair) => `-- ${pair.world}: ${pair.service} as ${pair.role}: ${pair.difference}\n-- the server: ${pair.answer.replaceAll("\n", " ")}\n` +
    pair.findings.map(({ rule, message }) => `-- check: ${rule}: ${message}\n`).join("") +
    (pair.lacks?.length ? `-- lacks: ${pair.lacks.map(({ kind, name, privilege }) => `${kind} ${name} (${privilege})`).join(", ")}\n` : "") +
    `SET search_path = ${pair.path};\n${pair.text};\n`;

// The comparison must notice what it is for.
function selfTest(results) {
    const all = results.flatMap(({ world, pairs, known }) => pairs.map((pair) => ({ pair, world, known })));
    const changed = (outcome, change) => {
        const one = all.find(({ pair }) => pair.outcome === outcome && pair.purpose === "app" && pair.lacks &&
            pair.findings.every(({ rule, level }) => level === "error" && rule !== "cross-service-join"));
        return one !== undefined && judge({ ...one.pair, ...change(one.pair) }, one.world, one.known).difference !== undefined;
    };
    return [
        ["notices a finding that is not there", changed("denied, and rejected", () => ({ findings: [] }))],
        ["notices a privilege too few", changed("allowed, and accepted", () => ({ answer: "42501 permission denied for table x" }))],
        ["notices a privilege too many", changed("denied, and rejected", () => ({ answer: "done", lacks: [] }))],
        ["notices a finding too many", changed("denied, and rejected", (pair) => ({ findings: [...pair.findings,
            { rule: "cross-service-read", message: "", help: "", level: "error", owner: "x", relations: [{ name: "x.y" }] }] }))],
    ];
}

function report(results, { seed }) {
    const counts = new Map();
    const differences = results.flatMap(({ pairs }) => pairs.filter((pair) => pair.difference));
    for (const { world, pairs, statements, migrations, skipped } of results) {
        console.log(`${world.name}: ${statements} statements, ${migrations} migrations (${skipped} refused whoever asks), ` +
                    `${new Set(pairs.map(({ role }) => role)).size} roles, ${pairs.length} pairs`);
    }
    for (const { outcome } of results.flatMap(({ pairs }) => pairs)) if (outcome) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    for (const [outcome, count] of [...counts].sort()) console.log(`  ${String(count).padStart(6)}  ${outcome}`);
    for (const pair of differences.slice(0, SHOWN)) console.log(`not ok:\n${describe(pair)}`);
    if (differences.length > 0) {
        mkdirSync("build", { recursive: true });
        writeFileSync("build/equivalence-failed.sql", differences.map(describe).join("\n"));
        console.log(`${differences.length} differences; all of them are in build/equivalence-failed.sql`);
    }
    const pairs = results.reduce((sum, one) => sum + one.pairs.length, 0);
    console.log(`generated from seed ${seed}, sqlsmith's from ${SMITH.seed}`);
    return { pairs, differences: differences.length };
}

async function main() {
    const { binary, seed, count, only } = options(process.argv.slice(2));
    const work = mkdtempSync(join(tmpdir(), "ringfence-equivalence-"));
    try {
        const results = [];
        for (const world of worlds({ seed, count, smith: smithStatements }).filter(({ name }) => !only || name === only)) {
            results.push(await compareWorld(binary, world, work, Math.min(4, cpus().length)));
        }
        const { pairs, differences } = report(results, { seed });
        const tests = [...(only ? [] : selfTest(results)), [`compares at least ${FLOOR} pairs`, only !== null || pairs >= FLOOR]];
        const bad = tests.filter(([, good]) => !good);
        for (const [name] of bad) console.log(`not ok: the comparison ${name}`);
        console.log(`${pairs - differences + tests.length - bad.length} passed, ${differences + bad.length} failed`);
        process.exitCode = differences + bad.length > 0 ? 1 : 0;
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

main().catch((error) => {
    console.log(`not ok: ${error.stack}`);
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
});
