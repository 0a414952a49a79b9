// What the tests of the grants share: a database each, the generated script applied, and roles that try what they may.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { forServer, major } from "../../lib/server.mjs";

export const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = join(HERE, "../../..");
export const binary = process.argv[2];
export const work = mkdtempSync(join(tmpdir(), "ringfence-grants."));
export const read = (name) => readFileSync(join(HERE, name), "utf8");
export const count = { passed: 0, failed: 0 };

export function check(what, good, detail = "") {
    if (good) {
        count.passed++;
    } else {
        count.failed++;
        console.log(`FAILED ${what}${detail ? `\n${String(detail).replace(/^/gm, "    ")}` : ""}`);
    }
}

export function same(what, got, wanted) {
    check(what, got === wanted, `wanted ${JSON.stringify(wanted)}\n   got ${JSON.stringify(got)}`);
}

export function psql(database, sql, { role = "postgres", verbosity = "default" } = {}) {
    const run = spawnSync("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v", `VERBOSITY=${verbosity}`,
                                   "-d", database, "-U", role, "-f", "-"], { input: sql, encoding: "utf8", maxBuffer: 1 << 30 });
    return { good: run.status === 0, out: run.stdout, messages: run.stderr };
}

export function must(database, sql, options) {
    const run = psql(database, sql, options);
    if (!run.good) {
        throw new Error(`${run.messages.slice(0, 2000)}\n${sql.slice(0, 200)}`);
    }
    return run.out;
}

export function makeDatabase(name, sql = "", owner = "postgres") {
    must("postgres", `CREATE DATABASE ${name} OWNER ${owner}`);
    must(name, sql);
    return name;
}

// As text, it is for this server; as an object too, unless it says otherwise.
export function writeManifest(manifest) {
    const path = join(work, "ringfence.json");
    writeFileSync(path, typeof manifest === "string" ? forServer(manifest) : JSON.stringify({ postgres: major, ...manifest }));
    return path;
}

export function ringfence(manifest, args = [], environment = {}) {
    return execFileSync(binary, ["generate-grants", "--manifest", writeManifest(manifest), ...args],
                        { encoding: "utf8", maxBuffer: 1 << 30, env: { ...process.env, ...environment } });
}

export const state = (database) => must(database, read("state.sql"));
export const effective = (database) => must(database, read("effective.sql"));

// Applies the manifest; then the second run and the read-only script must find nothing.
export function apply(what, database, manifest, { args = [], role } = {}) {
    const first = psql(database, ringfence(manifest, args), { role });
    check(`${what}: applies`, first.good, first.messages);
    const before = state(database);
    const second = psql(database, ringfence(manifest, args), { role });
    check(`${what}: applies again`, second.good, second.messages);
    check(`${what}: the second run runs nothing`, !/NOTICE/.test(second.messages), second.messages);
    same(`${what}: the second run changes no byte`, state(database), before);
    same(`${what}: nothing missing, nothing extra`,
         must(database, ringfence(manifest, [...args.filter((a) => a !== "--create-roles"), "--assert"]), { role }), "");
    return first.messages;
}

export function mayAll(database, role, statements) {
    for (const sql of statements) {
        const run = psql(database, `BEGIN; ${sql}; ROLLBACK;`, { role });
        check(`${database}: ${role} may ${sql}`, run.good, run.messages);
    }
}

export function mayNone(database, role, statements) {
    for (const sql of statements) {
        const run = psql(database, `BEGIN; ${sql}; ROLLBACK;`, { role, verbosity: "verbose" });
        check(`${database}: ${role} may not ${sql}`, !run.good && / ERROR: {2}42501: /.test(run.messages), // insufficient_privilege
              run.messages || "it was done");
    }
}
