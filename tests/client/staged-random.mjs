// Random repositories with random staged DDL: what `--staged` says of files that are not staged, which it reads only if
// they hold a name of that DDL, must be what `--staged --diff HEAD` says, which reads all: staged-random.mjs BINARY FOLDER
// [COUNT [SEED]].
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync, unlinkSync, existsSync } from 'node:fs';

const [binary, folder] = process.argv.slice(2);
const count = Number(process.argv[4] ?? 60);
let seed = Number(process.argv[5] ?? 1);
const random = (n) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
};
const pick = (list) => list[random(list.length)];
const names = ['inv', 'acct', 'Ledger', 'total', 'sync_rows', 'stock_seq'];
const name = () => pick(names);
const schemas = ['orders', 'billing', 'public'];
const qualified = () => (random(2) ? `${pick(schemas)}.${name()}` : name());

const ddl = [
    () => `CREATE TABLE ${qualified()} (id int);`,
    () => `CREATE TABLE IF NOT EXISTS ${pick(schemas)}."${name()}" (id serial);`,
    () => `DROP TABLE IF EXISTS ${qualified()} CASCADE;`,
    () => `ALTER TABLE ${qualified()} RENAME TO ${name()};`,
    () => `ALTER TABLE ${qualified()} SET SCHEMA ${pick(schemas)};`,
    () => `CREATE VIEW ${qualified()} AS SELECT 1;`,
    () => `CREATE FUNCTION ${qualified()}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM ${name()}; RETURN NEW; END $$;`,
    () => `CREATE TRIGGER tr AFTER INSERT ON ${qualified()} FOR EACH ROW EXECUTE FUNCTION ${qualified()}();`,
    () => `CREATE TRIGGER tr AFTER UPDATE ON ${qualified()} REFERENCING NEW TABLE AS ${name()} FOR EACH STATEMENT EXECUTE FUNCTION ${qualified()}();`,
    () => `CREATE SEQUENCE ${qualified()};`,
    () => `CREATE TYPE ${qualified()} AS ENUM ('a');`,
    () => `SELECT 1 AS id INTO ${qualified()};`,
    () => `SET search_path = ${pick(schemas)}; CREATE TABLE ${name()} ();`,
    () => `DO $$ BEGIN EXECUTE format('CREATE TABLE %I.%I ()', 'billing', '${name()}'); END $$;`,
    () => `DO $$ BEGIN EXECUTE 'CREATE TABLE billing.' || '${name()}' || ' ()'; END $$;`,
    () => `\\set n ${name()}\nCREATE TABLE billing.:n ();`,
    () => `CREATE SCHEMA ${pick(schemas)} CREATE TABLE ${name()} ();`,
    () => `ALTER FUNCTION ${qualified()}() SET search_path = billing;`,
    () => `CREATE TABLE ${qualified()} PARTITION OF ${qualified()} DEFAULT;`,
];
const queries = [
    () => `SELECT * FROM ${qualified()}`,
    () => `INSERT INTO ${qualified()} DEFAULT VALUES`,
    () => `SELECT 1 FROM ${qualified()} a JOIN ${qualified()} b USING (id)`,
    () => `SELECT nextval('${qualified()}')`,
    () => `SELECT ${qualified()}()`,
    () => `UPDATE ${qualified()} SET id = 1`,
    () => `SELECT NULL::${qualified()}`,
];
const statement = () => (random(3) ? `${pick(queries)()};` : pick(ddl)());
const script = () => Array.from({ length: 1 + random(4) }, statement).join('\n') + '\n';
const files = {
    sql: script,
    py: () => `cur.execute("""${pick(queries)()}""")\nt = "${name()}"\ncur.execute("SELECT * FROM " + t)\n`,
    js: () => `db.query(\`${pick(queries)()}\`);\n`,
};
const service = () => pick(['orders', 'billing']);

const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
function write(path, text) {
    mkdirSync(`${folder}/${path}`.replace(/\/[^/]*$/, ''), { recursive: true });
    writeFileSync(`${folder}/${path}`, text);
}
function findings(...args) {
    const run = spawnSync(binary, ['check', '--format', 'json', '--root', folder, ...args], { encoding: 'utf8' });
    if (run.status !== 0 && run.status !== 1) {
        throw new Error(`exit status ${run.status}: ${run.stderr}`);
    }
    return JSON.parse(run.stdout).findings;
}

let failed = 0;
let caused = 0;
for (let round = 0; round < count; round++) {
    const began = seed;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    git('init', '-q', '.');
    write('ringfence.yaml', 'version: 1\nservices:\n' +
        '  orders: {paths: ["orders/**"], owns: [{schema: orders}, {table: public.inv}], search_path: [orders, public, billing]}\n' +
        '  billing: {paths: ["billing/**"], owns: [{schema: billing}, {table: public.acct}]}\n');
    const paths = [];
    for (let i = 0; i < 8; i++) {
        const ending = pick(Object.keys(files));
        paths.push(`${service()}/${pick(['', 'migrations/'])}f${i}.${ending}`);
        write(paths[i], files[ending]());
    }
    git('add', '-A');
    git('commit', '-qm', 'one');
    const changed = new Set();
    for (let i = 0; i < 1 + random(2); i++) {
        const path = random(3) ? `${service()}/migrations/new${i}.sql` : pick(paths.filter((p) => p.endsWith('.sql')).concat(`${service()}/x.sql`));
        changed.add(path);
        if (random(4) === 0 && existsSync(`${folder}/${path}`)) {
            unlinkSync(`${folder}/${path}`);
        } else {
            write(path, Array.from({ length: 1 + random(2) }, () => pick(ddl)()).join('\n') + '\n');
        }
    }
    git('add', '-A');
    const others = (list) => list.filter((f) => !changed.has(f.path)).map((f) => `${f.path}:${f.line}:${f.column} ${f.rule} ${f.message}`).sort();
    const few = others(findings('--staged'));
    const all = others(findings('--staged', '--diff', 'HEAD'));
    caused += all.length;
    if (few.join('\n') !== all.join('\n')) {
        failed++;
        console.log(`failed: seed ${began}: --staged`, few, '--staged --diff HEAD', all);
    }
}
if (!caused) {
    failed++;
    console.log('failed: no change caused anything: the cases are no good');
}
console.log(`${caused} findings that staged DDL causes elsewhere`);
console.log(`${count - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
