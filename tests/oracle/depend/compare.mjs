// Are the relations that ringfence sees in a statement those that PostgreSQL records for it?
//
//   compare.mjs BINARY [--generate COUNT] [--seed SEED] [--statements FILE] [--failed FILE]
//
// FILE holds statements of another generator; those of them that PostgreSQL refuses are counted, no more.
//
// Beside the statements of statements/ and saved/ it asks about COUNT random ones. saved/ is for random statements that
// failed once: they are asked about each time. A random one that fails now is written to the FILE of --failed.
//
// PostgreSQL parses the statement as the body of a function (BEGIN ATOMIC) and writes down in pg_depend
// what the body uses. It knows nothing of libpg_query, nor of this program.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync }
    from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "../generate.mjs";
import { split, tokenAt } from "./split.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
// The manifest's: what the role of the service that owns the statements starts with.
const SEARCH_PATH = "desk,public";
// What PostgreSQL calls the permissions. A row lock asks for the one of UPDATE.
const ACCESS_BITS = { insert: 1, select: 2, update: 4, delete: 8, lock: 4 };

const RELATIONS = ["relation", "sequence"];

// Statements that cannot stand in a function's body, and how PostgreSQL is asked about them:
//   view     the statement is run, and its rule's dependencies are read
//   query    what it wraps is asked about instead; the relation that it makes itself is not compared
//   session  it is run for good, and what it makes is temporary
const CLASSES = [
    { name: "session", head: /^(SET|RESET|CREATE TEMP(ORARY)? TABLE|DROP TABLE)\b/i },
    { name: "view", head: /^CREATE (OR REPLACE )?(RECURSIVE |MATERIALIZED )*VIEW\b/i },
    { name: "query", head: /^EXPLAIN\s*(\([^)]*\)|(ANALYZE|VERBOSE)\b|\s)*/i },
    { name: "query", head: /^DECLARE\s+\w+\s[^]*?\bFOR\b/i },
    { name: "query", head: /^PREPARE\s+\w+\s+AS\b/i },
    { name: "query", head: /^CREATE TABLE [\w.]+ AS\b/i },
    { name: "query", head: /^COPY\s*\((?=[^]*\)\s*TO\s)/i, tail: /\)\s*TO\s[^]*$/i },
    { name: "query", head: /^(?=SELECT\b[^]*\bINTO\s+(TABLE\s+)?made_\w+)/i,
      inner: /\bINTO\s+(TABLE\s+)?made_\w+/i },
    { name: "body", head: /^/ },
];

function classify(text) {
    const found = CLASSES.find(({ head }) => head.test(text));
    const query = text.replace(found.head, "").replace(found.tail ?? "", "")
        .replace(found.inner ?? "", "");
    return { class: found.name, query: found.name === "query" ? query : text };
}

function readStatements(root, path) {
    const text = readFileSync(join(root, path), "utf8");
    return split(text).map((statement, index) => {
        const own = text.slice(statement.start, statement.end);
        return { path, index, ...statement, text: own, ...classify(own),
                 id: `${path.replace(/^.*\//, "")}: ${statement.label ?? index + 1}`, facts: [] };
    });
}

// What PostgreSQL says of each statement, all in one session.
function askPostgres(schema, statements) {
    const script = [schema, readFileSync(join(HERE, "truth.sql"), "utf8")];
    const asked = [];
    let path = null;
    for (const statement of statements) {
        if (statement.path !== path) {
            path = statement.path;
            script.push("DISCARD ALL;");
        }
        if (statement.class === "session") {
            script.push(`${statement.text}\n;`);
            continue;
        }
        const by = statement.class === "view" ? "view" : "body";
        script.push(`SELECT oracle.ask('${by}', $oracle$${statement.query}$oracle$);`);
        asked.push(statement);
    }
    const output = execFileSync("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", "-f", "-"], {
        input: script.join("\n"), encoding: "utf8", maxBuffer: 1 << 30,
        env: { ...process.env, PGOPTIONS: `-c client_min_messages=warning -c search_path=${SEARCH_PATH}` },
    });
    const answers = output.trimEnd().split("\n").map((line) => JSON.parse(line));
    if (answers.length !== asked.length) throw new Error("psql gave fewer answers than asked");
    asked.forEach((statement, index) => { statement.truth = answers[index]; });
    return asked;
}

function runFacts(binary, root, paths) {
    const output = execFileSync(binary,
        ["facts", "--manifest", join(root, "ringfence.yaml"), "--root", root, ...paths],
        { cwd: root, encoding: "utf8", maxBuffer: 1 << 30 });
    return output.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

// Offsets of a file's positions: lines start at 1, columns count code points.
class Positions {
    constructor(text) {
        this.text = text;
        this.lines = [0];
        for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
            this.lines.push(at + 1);
        }
    }

    offset(line, column) {
        const start = this.lines[line - 1];
        if (start === undefined) return -1;
        const before = [...this.text.slice(start, this.lines[line])].slice(0, column - 1);
        return start + before.join("").length;
    }

    line(offset) {
        let low = 0;
        for (let high = this.lines.length; high - low > 1;) {
            const middle = (low + high) >> 1;
            if (this.lines[middle] <= offset) low = middle; else high = middle;
        }
        return low + 1;
    }
}

// The parts of the name that PostgreSQL reads in `written`; comments and spaces are left out.
function readName(written) {
    let bare = "";
    for (let at = 0; at < written.length;) {
        const { text, kind } = tokenAt(written, at);
        if (kind === "token") bare += text;
        at += text.length;
    }
    const parts = bare.match(/(?:[uU]&)?"(?:[^"]|"")*"|[^."]+/g) ?? [];
    return parts.map((part) => {
        const quoted = /^(?:([uU]&))?"([^]*)"$/.exec(part);
        let name = quoted ? quoted[2].replaceAll('""', '"')
            : part.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
        if (quoted?.[1]) {
            name = name.replace(/\\(?:\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4}))/g,
                                (_, six, four) => String.fromCodePoint(parseInt(six ?? four, 16)));
        }
        while (Buffer.byteLength(name) > 63) name = [...name].slice(0, -1).join("");
        return name;
    });
}

// Gives each fact to the statement that its position lies in; returns what is wrong with positions.
function assignFacts(statements, facts, texts) {
    const mistakes = [];
    const byPath = new Map(statements.map(({ path }) => [path, []]));
    for (const one of statements) byPath.get(one.path).push(one);
    for (const fact of facts) {
        const own = byPath.get(fact.path);
        if (!own) continue;
        const positions = texts.get(fact.path);
        const start = positions.offset(fact.line, fact.column);
        const end = positions.offset(fact.end_line, fact.end_column);
        const statement = own.find((one) => one.start <= start && end <= one.end);
        if (!statement) {
            mistakes.push(`${fact.path}:${fact.line}:${fact.column}: ${fact.name} lies in no statement`);
            continue;
        }
        statement.facts.push({ ...fact, text: positions.text.slice(start, end),
                               custom: /^(\s|--.*\n|\/\*[^]*?\*\/)*UESCAPE\b/i.test(positions.text.slice(end)),
                               first: positions.line(statement.start),
                               last: positions.line(statement.end),
                               closed: positions.line(statement.close) });
    }
    return mistakes;
}

function positionMistakes(fact) {
    const mistakes = [];
    const at = `${fact.line}:${fact.column}`;
    if (fact.text !== fact.written) {
        mistakes.push(`${at} holds ${JSON.stringify(fact.text)}, not ${JSON.stringify(fact.written)}`);
    }
    // With UESCAPE, which stands behind the name, a backslash is not what escapes.
    const known = fact.kind === "relation" && !fact.custom;
    if (known && !`.${fact.name}`.endsWith(`.${readName(fact.written).slice(-2).join(".")}`)) {
        mistakes.push(`${at} ${JSON.stringify(fact.written)} cannot mean ${fact.name}`);
    }
    if (fact.statement_line !== fact.first || ![fact.last, fact.closed].includes(fact.statement_end_line)) {
        mistakes.push(`${at} lies in lines ${fact.first} to ${fact.last}, not ` +
                      `${fact.statement_line} to ${fact.statement_end_line}`);
    }
    return mistakes;
}

// The two sides' difference: {missing, extra, accesses}, each a sorted list.
function difference(statement) {
    const counted = statement.facts.filter(({ owner, access }) =>
        owner !== "system" && owner !== "temporary" &&
        !(statement.class === "query" && access === "create"));
    const relations = counted.filter(({ kind }) => RELATIONS.includes(kind));
    const accesses = [];
    for (const [name, bits] of Object.entries(statement.truth.accesses ?? {})) {
        const own = relations.filter((fact) => fact.name === name)
            .reduce((sum, { access }) => sum | (ACCESS_BITS[access] ?? 0), 0);
        if (relations.some((fact) => fact.name === name) && own !== bits) {
            accesses.push(`${name}: ${accessNames(bits)} seen as ${accessNames(own)}`);
        }
    }
    const sides = [namesOf(relations, statement.truth.relations),
                   namesOf(counted.filter(({ kind }) => kind === "routine"), statement.truth.routines, "()"),
                   namesOf(counted.filter(({ kind }) => kind === "type"), statement.truth.types, " type")];
    return {
        missing: sides.flatMap(({ missing }) => missing).sort(),
        extra: sides.flatMap(({ extra }) => extra).sort(),
        accesses: accesses.sort(),
    };
}

// What one side alone names, of one kind.
function namesOf(facts, truth, suffix = "") {
    const seen = new Set(facts.map(({ name }) => name));
    const known = new Set(truth);
    return {
        missing: [...known].filter((name) => !seen.has(name)).map((name) => name + suffix),
        extra: [...seen].filter((name) => !known.has(name)).map((name) => name + suffix),
    };
}

function accessNames(bits) {
    return ["select", "insert", "update", "delete"].filter((name) => bits & ACCESS_BITS[name]).join("+") ||
        "nothing";
}

function isEqual({ missing, extra, accesses }) {
    return missing.length + extra.length + accesses.length === 0;
}

function describe({ missing, extra, accesses }) {
    return [missing.length ? `only PostgreSQL: ${missing.join(", ")}` : "",
            extra.length ? `only ringfence: ${extra.join(", ")}` : "",
            ...accesses].filter(Boolean);
}

// {passed, failed, equal, explained, problems} of all statements. `explained` says which differ, and how.
function compare(statements, explained) {
    const result = { passed: 0, failed: 0, equal: 0, explained: 0, problems: [] };
    for (const statement of statements) {
        const problems = statement.truth.error ? [`PostgreSQL refuses it: ${statement.truth.error}`]
            : statement.facts.flatMap(positionMistakes);
        if (!statement.truth.error) {
            const found = difference(statement);
            const expected = explained[statement.id];
            if (expected) {
                const { reason, ...differs } = expected;
                const full = { missing: [], extra: [], accesses: [], ...differs };
                if (JSON.stringify(found) === JSON.stringify(full)) result.explained++;
                else problems.push("differs in another way than explained.json says", ...describe(found));
            } else if (isEqual(found)) {
                result.equal++;
            } else {
                problems.push(...describe(found));
            }
        }
        if (problems.length === 0) {
            result.passed++;
        } else {
            result.failed++;
            result.problems.push({ statement, problems });
        }
    }
    for (const id of Object.keys(explained)) {
        if (!statements.some((statement) => statement.id === id)) {
            result.failed++;
            result.problems.push({ statement: { id }, problems: ["explained, but no statement"] });
        }
    }
    return result;
}

// The comparison must notice one fact too few and one too many.
function selfTest(statements, explained) {
    const before = compare(statements, explained).failed;
    const index = statements.findIndex((one) => one.class === "body" && isEqual(difference(one)) &&
        new Set(one.facts.map(({ name }) => name)).size === one.facts.length && one.facts.length > 1);
    if (index < 0) return [["has a statement to test itself with", false]];
    const changed = (facts) => compare(
        statements.map((one, at) => at === index ? { ...one, facts } : one), explained).failed;
    const { facts } = statements[index];
    return [
        ["notices a lost fact", changed(facts.slice(1)) === before + 1],
        ["notices an invented fact",
         changed([...facts, { ...facts[0], name: "shop_orders.invented", written: facts[0].written }])
         === before + 1],
        ["notices a fact in the wrong place",
         changed([{ ...facts[0], text: `${facts[0].text}x` }, ...facts.slice(1)]) === before + 1],
        ["notices a write taken for a read", changedAccess(statements, explained, before)],
    ];
}

function changedAccess(statements, explained, before) {
    const index = statements.findIndex((one) => one.class === "body" && isEqual(difference(one)) &&
        one.facts.length === 1 && one.facts[0].access === "delete");
    if (index < 0) return false;
    const facts = [{ ...statements[index].facts[0], access: "select" }];
    return compare(statements.map((one, at) => at === index ? { ...one, facts } : one), explained)
        .failed === before + 1;
}

function options(argv) {
    const found = { binary: argv[0], generate: 2000, seed: 1, statements: null, failed: null };
    for (let at = 1; at < argv.length; at += 2) {
        const name = argv[at].replace(/^--/, "");
        if (["statements", "failed"].includes(name) && argv[at + 1]) {
            found[name] = argv[at + 1];
            continue;
        }
        if (!["generate", "seed"].includes(name) || !/^\d+$/.test(argv[at + 1] ?? "")) {
            throw new Error(`unknown option ${argv[at]}`);
        }
        found[name] = Number(argv[at + 1]);
    }
    return found;
}

function print(result, positions) {
    for (const { statement, problems } of result.problems) {
        const where = statement.path
            ? ` (${statement.path}:${positions.get(statement.path).line(statement.start)})` : "";
        console.log(`not ok: ${statement.id}${where}`);
        for (const problem of problems) console.log(`    ${problem}`);
        if (statement.text) console.log(statement.text.replace(/^/gm, "    | "));
    }
}

// Random statements that failed: where they are kept, so that nobody has to meet them by chance again.
function keepFailed(result, file) {
    const random = result.problems.filter(({ statement }) => statement.path?.startsWith("generated/"));
    if (random.length === 0 || !file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, random.map(({ statement, problems }) =>
        `-- ${problems.join("; ").replaceAll("\n", " ")}\n${statement.text};\n`).join("\n"));
    console.log(`${random.length} random statements failed; they are in ${file}.`);
    console.log("Add each one, made as small as it can be, with a comment that says what was wrong, to " +
                "tests/oracle/depend/saved/sqlsmith.sql or random.sql: these are asked about in each run.");
}

// A cast to the type that a value has already leaves nothing for pg_depend; sqlsmith writes many.
function forgetIdleCasts(asked) {
    let forgotten = 0;
    const foreign = ["generated/foreign.sql", "saved/sqlsmith.sql"];
    for (const one of asked.filter((statement) => foreign.includes(statement.path))) {
        const casts = (fact) => fact.kind === "type" && !(one.truth.types ?? []).includes(fact.name);
        forgotten += one.facts.filter(casts).length;
        one.facts = one.facts.filter((fact) => !casts(fact));
    }
    if (forgotten) console.log(`casts to the type that a value has: ${forgotten}`);
}

function main() {
    const { binary, generate: count, seed, statements: foreign, failed: kept } = options(process.argv.slice(2));
    const root = mkdtempSync(join(tmpdir(), "ringfence-oracle-"));
    try {
        for (const name of ["ringfence.yaml", "schema.sql", "statements", "saved"]) {
            cpSync(join(HERE, name), join(root, name), { recursive: true });
        }
        mkdirSync(join(root, "generated"));
        const generated = `generated/seed_${seed}.sql`;
        writeFileSync(join(root, generated), generate(seed, count));
        const fixed = ["statements", "saved"].flatMap((folder) =>
            readdirSync(join(root, folder)).sort().map((name) => `${folder}/${name}`));
        const paths = [...fixed, generated, ...(foreign ? ["generated/foreign.sql"] : [])];
        if (foreign) cpSync(foreign, join(root, "generated/foreign.sql"));
        const explained = JSON.parse(readFileSync(join(HERE, "explained.json"), "utf8"));
        const texts = new Map(paths.map((path) =>
            [path, new Positions(readFileSync(join(root, path), "utf8"))]));
        const all = paths.flatMap((path) => readStatements(root, path));
        const answered = askPostgres(readFileSync(join(root, "schema.sql"), "utf8"), all);
        const refused = (one) => one.path === "generated/foreign.sql" && one.truth.error;
        const asked = answered.filter((one) => !refused(one));
        const taken = asked.filter((one) => one.path === "generated/foreign.sql").length;
        if (foreign) {
            console.log(`of another generator: ${taken} compared, ${answered.length - asked.length} refused`);
        }
        const lost = assignFacts(all, runFacts(binary, root, ["schema.sql", ...paths]), texts);
        forgetIdleCasts(asked);

        const result = compare(asked, explained);
        print(result, texts);
        lost.forEach((line) => console.log(`not ok: ${line}`));
        keepFailed(result, kept);
        const tests = selfTest(asked, explained);
        if (foreign) {
            tests.push(["has statements of the other generator, a quarter of which PostgreSQL takes",
                        taken > 0 && 4 * taken >= answered.filter(({ path }) => path === "generated/foreign.sql").length]);
        }
        tests.forEach(([name, ok]) => console.log(`${ok ? "ok" : "not ok"}: the comparison ${name}`));

        const classes = {};
        for (const one of asked) classes[one.class] = (classes[one.class] ?? 0) + 1;
        console.log(`files ${paths.length}, statements ${asked.length} (${Object.entries(classes)
            .map(([name, number]) => `${name} ${number}`).join(", ")}), equal ${result.equal}, ` +
            `explained ${result.explained}, facts ${asked.reduce((n, one) => n + one.facts.length, 0)}, ` +
            `generated ${count} from seed ${seed}`);
        const good = tests.filter(([, ok]) => ok).length;
        const failed = result.failed + lost.length + tests.length - good;
        console.log(`${result.passed + good} passed, ${failed} failed`);
        process.exitCode = failed > 0 ? 1 : 0;
    } finally {
        rmSync(root, { recursive: true, force: true });
    }
}

try {
    main();
} catch (error) {
    console.log(`not ok: ${error.message}`);
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
}
