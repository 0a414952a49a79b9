// The worlds: a manifest, a schema, and statements.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { split } from "../depend/split.mjs";
import { forServer } from "../../lib/server.mjs";
import { generate } from "../generate.mjs";
import { worldManifest, worldMigrations, worldSchema, worldServices, worldStatements } from "./world.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../../..");
const read = (...path) => readFileSync(join(ROOT, ...path), "utf8");
const cut = (text) => split(text).map(({ start, end }) => text.slice(start, end));
// Sessions, transactions and psql's own are no matter of privileges.
const SESSION = /^(SET|RESET|BEGIN|COMMIT|ROLLBACK|START|SAVEPOINT|DISCARD|COPY|DECLARE|FETCH|PREPARE|EXPLAIN|CREATE|DROP|ALTER|REFRESH)\b/i;

const searchPaths = (yaml) => Object.fromEntries([...yaml.matchAll(/^ {2}(\w+):\n(?:^ {4}.*\n)*?^ {4}search_path: \[(.*)\]$/gm)]
    .map(([, name, path]) => [name, path]));

// Each relation in each way.
const EACH = (relations) => relations.flatMap((r) => [`SELECT * FROM ${r}`, `DELETE FROM ${r}`, `TRUNCATE ${r}`,
    `SELECT count(*) FROM ${r} AS a, ${r} AS b`, `SELECT '${r.replaceAll("'", "''")}'::regclass`]);

function generated(seed, count) {
    const services = worldServices();
    const migrations = services.flatMap(({ name, index, path }) => [1, 2, 3, 5].flatMap((step) => {
        const other = (index + step) % 10;
        const of = (number) => number % 4 === 3 ? `"W${number} Daten"` : `w${number}`;
        return worldMigrations(of(index), of(other), `m${index}_${other}`).map((parts) => ({ service: name, path, parts }));
    }));
    return { name: "generated", overloads: new Set(services.map(({ path }) => `${path.split(", ")[0].replaceAll('"', "")}.over`)),
             excepted: ({ service, text }) => service === "w5" && /\bw0\.numbers\b/.test(text),
             manifest: JSON.stringify(worldManifest()), schema: worldSchema(),
             paths: Object.fromEntries(services.map(({ name, path }) => [name, path])), samePath: true, execute: true,
             statements: worldStatements(seed, count), migrations };
}

function desk(seed, count, binary, smith) {
    const statements = readdirSync(join(HERE, "../depend/statements")).sort()
        .flatMap((name) => cut(read("tests/oracle/depend/statements", name)));
    const paths = Object.fromEntries(["desk", "orders", "inventory", "billing", "archive"].map((name) => [name, "desk, public"]));
    return { name: "desk", manifest: read("tests/oracle/equivalence/desk.json"), schema: read("tests/oracle/depend/schema.sql"), paths,
             samePath: true, execute: false, migrations: [], smith,
             statements: [...statements, ...cut(generate(seed, count))].filter((text) => !SESSION.test(text)) };
}

function shop() {
    const manifest = read("examples/shop/ringfence.yaml");
    const files = execFileSync("find", ["examples/shop", "-name", "*.sql"], { cwd: ROOT, encoding: "utf8" }).split("\n").filter(Boolean).sort();
    const migrations = (service) => files.filter((file) => file.includes(`/${service}/migrations/`))
        .map((file) => `SET search_path = ${service}, public, extensions;\n${read(file)}\n;RESET search_path;`).join("\n");
    const plain = (file) => read(file).replaceAll(/^\\.*$/gm, "").replaceAll(/^COPY counted.*\n([^\\]*?)\n(?=MERGE)/gm, "");
    const relations = ["public.orders", "public.order_items", "public.order_status_history", "public.invoices", "public.payment_attempts",
        "public.stock_levels", "public.stock_movements", "public.warehouses", "public.products", "public.product_prices",
        "orders.outbox", "orders.shipments", "orders.order_summary_v1", "inventory.reservations", "inventory.availability_v1",
        "payments.refunds", "payments.payment_status_v1", "catalog.categories", "catalog.product_card_v1",
        '"LegacyCatalog"."Artikel"', "reporting.daily_sales", "reporting.sales_by_country", "reference.countries"];
    return { name: "shop", manifest, rolesFirst: true, execute: true, migrations: [], paths: searchPaths(manifest),
             schema: "CREATE SCHEMA reference; CREATE SCHEMA extensions; CREATE SCHEMA audit;\n" +
                 ["catalog", "inventory", "orders", "payments", "reporting"].map(migrations).join("\n"),
             statements: [...files.filter((file) => !file.includes("/migrations/")).flatMap((file) => cut(plain(file))).filter((text) => !SESSION.test(text)),
                          ...EACH(relations), "SELECT orders.order_total(1)", "SELECT nextval('public.orders_id_seq')"] };
}

// What a definition does is checked when it is used.
function use(text) {
    const [, view] = /\bCREATE (?:MATERIALIZED )?VIEW ([\w.]+)/.exec(text) ?? [];
    const [, table] = /\bCREATE TABLE ([\w.]+) \([^;]*\bDEFAULT nextval/.exec(text) ?? [];
    const [, routine] = /RETURNS trigger/i.test(text) ? [] : /\bCREATE FUNCTION ([\w.]+)/.exec(text) ?? [];
    return [...view ? [`TABLE ${view}`] : [], ...table ? [`INSERT INTO ${table} DEFAULT VALUES`] : [], ...routine ? [`DO $do$ BEGIN EXECUTE (
        SELECT format('SELECT %s(%s)', oid::regproc, (SELECT string_agg('NULL::' || format_type(t, NULL), ', ') FROM unnest(proargtypes) AS t))
        FROM pg_proc WHERE oid = '${routine}'::regproc); END $do$`] : []];
}

// The blocks of the rules' pages that are SQL: each is run as the service that its first line's path belongs to.
function pages() {
    const manifest = read("tests/fixtures/pages/ringfence.yaml");
    const schema = ["inventory", "orders", "billing"].map((name) => read(`tests/fixtures/pages/schema/${name}.sql`)).join("\n");
    const migrations = readdirSync(join(ROOT, "rules")).filter((name) => name.endsWith(".md")).sort().flatMap((name) =>
        [...read("rules", name).matchAll(/^```sql\n(-- services\/(\w+)\/(\S+)\n[^]*?)^```$/gm)].map(([, text, service, file]) =>
            ({ service, file, page: name, text, parts: [...cut(text).filter((part) => !/^(BEGIN|COMMIT|ROLLBACK|START)\b/i.test(part)), ...use(text)] })))
        .filter(({ text }) => !text.includes("ringfence:allow"));
    const paths = searchPaths(manifest);
    return { name: "pages", manifest, schema: `CREATE SCHEMA reference;\n${schema}`, paths, execute: true, statements: [],
             migrations: migrations.map((one) => ({ ...one, path: paths[one.service] })) };
}

export function worlds({ seed, count, smith }) {
    const plain = (world) => ({ ...world, manifest: forServer(world.manifest), statements: world.statements.map((text) => typeof text === "string" ? { text } : text) });
    return [shop(), pages(), desk(seed, Math.ceil(count / 4), smith), generated(seed, count)].map(plain);
}
