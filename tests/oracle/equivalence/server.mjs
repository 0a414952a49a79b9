// The private server: worlds as databases, and what it says of statements.

import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const ASK = readFileSync(new URL("ask.sql", import.meta.url), "utf8");
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const EXPLAINED = /^[\s(]*(SELECT|WITH|VALUES|TABLE|INSERT|UPDATE|DELETE|MERGE)\b/i;
const LIMIT_MS = 5000;

export function psql(database, sql) {
    return execFileSync("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-"],
                        { input: sql, encoding: "utf8", maxBuffer: 1 << 30, stdio: ["pipe", "pipe", "pipe"] });
}

// The same, beside other sessions.
function psqlBeside(database, sql) {
    return new Promise((resolve, reject) => {
        const child = spawn("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-"],
                            { stdio: ["pipe", "pipe", "inherit"],
                              env: { ...process.env, PGOPTIONS: `-c client_min_messages=error -c jit=off -c statement_timeout=${LIMIT_MS}` } });
        let out = "";
        child.stdout.setEncoding("utf8").on("data", (text) => { out += text; });
        child.on("error", reject);
        child.on("close", (status) => status === 0 ? resolve(out) : reject(new Error(`psql: exit status ${status} in ${database}`)));
        child.stdin.on("error", () => {}); // the exit status tells
        child.stdin.end(sql);
    });
}

// Makes the world's database, applies its grants, and looks that nothing is missing.
export function build(world, script, assertScript) {
    psql("postgres", `CREATE DATABASE ${world.name}`);
    psql(world.name, world.rolesFirst ? script : "");
    psql(world.name, `SET client_min_messages = error;\n${world.schema}`);
    psql(world.name, script);
    const rest = psql(world.name, assertScript);
    if (rest) throw new Error(`${world.name}: the grants are not complete:\n${rest}`);
    psql(world.name, ASK);
}

function askOne(role, path, parts, execute) {
    const all = parts.flatMap((part) => !EXPLAINED.test(part) ? [part] : execute ? [`EXPLAIN ${part}`, part] : [`EXPLAIN ${part}`]);
    return `SELECT equivalence.ask(${literal(role)}, ${literal(path)}, ARRAY[${all.map(literal).join(", ")}]);`;
}

// Sets `answer` of each pair {role, path, parts, execute}: "done", or SQLSTATE and message. In a few sessions at once.
export async function ask(database, pairs, sessions) {
    const size = Math.ceil(pairs.length / sessions) || 1;
    const chunks = Array.from({ length: sessions }, (_, index) => pairs.slice(index * size, (index + 1) * size)).filter((c) => c.length);
    await Promise.all(chunks.map(async (chunk) => {
        const sql = chunk.map((pair) => askOne(pair.role, pair.path, pair.parts, pair.execute)).join("\n");
        const lines = (await psqlBeside(database, `\\pset null ''\nSET standard_conforming_strings = on;\n${sql}`)).split("\n").slice(0, -1);
        // A message may hold newlines: each answer begins with "done" or with a SQLSTATE.
        const answers = [];
        for (const line of lines) {
            if (/^(done$|[0-9A-Z]{5} )/.test(line)) answers.push(line);
            else answers[answers.length - 1] += `\n${line}`;
        }
        if (answers.length !== chunk.length) throw new Error(`${database}: ${answers.length} answers to ${chunk.length} questions`);
        chunk.forEach((pair, index) => { pair.answer = answers[index]; });
    }));
}

// Map of "statement role" to what the role lacks of what the statement uses: [{kind, name, privilege}]. Statements
// {number, path, text} that pg_depend cannot be asked about are not in `known`.
export async function lacking(database, statements, roles) {
    const asked = statements.filter(({ text }) => EXPLAINED.test(text));
    const learned = await psqlBeside(database, asked.map(({ number, path, text }) =>
        `SELECT equivalence.learn(${number}, ${literal(path)}, ${literal(text)});`).join("\n"));
    const known = new Set();
    learned.split("\n").slice(0, -1).forEach((answer, index) => { if (answer === "t") known.add(asked[index].number); });
    const values = roles.map(({ role }) => `(${literal(role)})`).join(", ");
    const out = await psqlBeside(database, `
        SET statement_timeout = 0;
        WITH roles (role) AS (VALUES ${values}), needs AS MATERIALIZED (
            SELECT DISTINCT r.role, u.kind, u.object, u.privilege FROM roles AS r, equivalence.uses AS u
        ), denied AS MATERIALIZED (
            SELECT * FROM needs AS n WHERE NOT equivalence.may(n.role, n.kind, n.object, n.privilege)
        )
        SELECT json_build_object('statement', u.statement, 'role', d.role, 'lacks',
               json_agg(json_build_object('kind', u.kind, 'name', u.name, 'privilege', u.privilege) ORDER BY u.kind, u.name, u.privilege))
        FROM equivalence.uses AS u JOIN denied AS d USING (kind, object, privilege) GROUP BY u.statement, d.role;`);
    const map = new Map();
    for (const line of out.split("\n").filter(Boolean)) {
        const { statement, role, lacks } = JSON.parse(line);
        map.set(`${statement} ${role}`, lacks);
    }
    return { known, of: (number, role) => known.has(number) ? map.get(`${number} ${role}`) ?? [] : null };
}

// What helps to read refusals: routines that write on their reader's behalf, PostgreSQL's own that not everyone may
// call, and for each role the names of what it may read.
export function knowledge(database) {
    const list = (sql) => new Set(psql(database, sql).split("\n").filter(Boolean));
    return {
        writers: list("SELECT proname FROM pg_proc WHERE oid >= 16384 AND (prokind = 'p' OR (prosecdef AND provolatile = 'v'))"),
        rows: list("SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE relkind <> 'c'"),
        reserved: list("SELECT proname FROM pg_proc WHERE oid < 16384 AND NOT has_function_privilege('pg_monitor', oid, 'EXECUTE')"),
        readable: list(`SELECT r.rolname || ' ' || c.relname FROM pg_class AS c CROSS JOIN pg_roles AS r
            WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND r.oid >= 16384
              AND has_schema_privilege(r.oid, c.relnamespace, 'USAGE') AND has_table_privilege(r.oid, c.oid, 'SELECT')`),
    };
}
