// A manifest and a schema full of names that a careless generator would trip over: the same for the same seed.

const PARTS = ["'", "''", "\"", "$$", "$ringfence$", "$ringfence1$", "\\", "\\'", ";", "--", "/*", "*/", ":x", ":'x'", ":\"x\"", "%", "%s", "%I",
    "_", " ", ".", ",", "(", ")", "ü", "Größe", "таблица", "🧾", "SELECT", "user", "public", "PUBLIC", "Select", "null", "NULL",
    "{a,b}", "{", "\u00a0", "\u2028", "E'", "{{x}}", "${x}", "\\gexec", "\\! true", "); DROP TABLE x; --", "' OR '1'='1", "COMMIT;", "\u202e"];

function random(seed) {
    let state = seed * 2654435761 >>> 0;
    return (limit) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor(state / 4294967296 * limit);
    };
}

const bytes = (text) => Buffer.byteLength(text);
const identifier = (text) => `"${text.replaceAll("\"", "\"\"")}"`;
const literal = (text) => ` E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

export function hostile(seed) {
    const pick = random(seed);
    const used = new Set();
    // A name of up to 63 bytes; every second one has all 63.
    const name = (fixed = "") => {
        for (;;) {
            let text = fixed;
            for (let count = 1 + pick(4); count > 0; count--) {
                const part = PARTS[pick(PARTS.length)];
                text += bytes(text + part) <= 63 ? part : "";
            }
            text += pick(2) ? "x".repeat(63 - bytes(text)) : "";
            if (text && !used.has(text) && !/^pg_|[*?]|^(public|none)$/i.test(text)) {
                used.add(text);
                return text;
            }
        }
    };
    const sql = ["CREATE TABLE public.x (id integer); CREATE TABLE public.bystander (id integer);"];
    const manifest = { version: 1, services: {} };
    const expected = [];
    const published = [];
    const services = Array.from({ length: 6 }, (_, index) => ({
        key: `s${index}`, schema: name(), owner: name(`o${seed}${index}`), app: name(), readonly: name(),
        tables: Array.from({ length: 4 }, () => name()), prefix: name(`g${index}`).slice(0, 20), routine: name(), type: name() }));
    for (const [index, s] of services.entries()) {
        const glob = `${s.prefix}*`;
        for (const role of [s.owner, s.app, s.readonly]) {
            sql.push(`CREATE ROLE ${identifier(role)};`);
        }
        sql.push(`CREATE SCHEMA ${identifier(s.schema)};`);
        const all = [...s.tables.map((table) => [s.schema, table]), ["public", `${s.prefix}1`], ["public", `${s.prefix}%_\\'"`]];
        for (const [schema, table] of all) {
            sql.push(`CREATE TABLE ${identifier(schema)}.${identifier(table)} (id serial);`);
            sql.push(`GRANT SELECT, UPDATE ON ${identifier(schema)}.${identifier(table)} TO PUBLIC;`);
            for (const [role, purpose] of [[s.owner, "owner"], [s.app, "app"], [s.readonly, "readonly"]]) {
                expected.push([schema, table, role, purpose]);
            }
        }
        sql.push(`CREATE TYPE ${identifier(s.schema)}.${identifier(s.type)} AS ENUM ('a');`);
        sql.push(`CREATE FUNCTION ${identifier(s.schema)}.${identifier(s.routine)}(${identifier(s.schema)}.${identifier(s.type)}, integer[])
            RETURNS integer LANGUAGE sql AS 'SELECT 1';`);
        const next = services[(index + 1) % services.length];
        published.push([s.schema, s.tables[0], next]);
        manifest.services[s.key] = {
            team: `@team ${name()}\n); DROP TABLE public.x; $ringfence$ */ \u0000`.replaceAll("\u0000", ""),
            paths: [`${s.key}/**`],
            owns: [{ schema: identifier(s.schema) }, { table: `public.${identifier(glob)}` }],
            roles: { owner: identifier(s.owner), app: [identifier(s.app)], readonly: [identifier(s.readonly)] },
            publishes: [{ relation: `${identifier(s.schema)}.${identifier(s.tables[0])}`, to: next.key }] };
        // Arguments hold letters, digits and quoted names; a quote in a quoted name is not one of them.
        if (!/"/.test(s.schema + s.type)) {
            manifest.services[s.key].publishes.push({
                routine: `${identifier(s.schema)}.${identifier(s.routine)}(${identifier(s.schema)}.${identifier(s.type)}, int[])`, to: "*" });
        }
    }
    manifest.exceptions = [{ service: "s0", to: `${identifier(services[3].schema)}.${identifier(services[3].tables[1])}`,
        reason: "line\nDROP TABLE public.x; \r\n$ringfence$; */ '); --" }];
    const tables = expected.map((row) => `(${row.map(literal).join(",")})`).join(",\n");
    const others = published.flatMap(([schema, table, next]) => [next.owner, next.app, next.readonly]
        .map((role) => `(${[schema, table, role].map(literal).join(",")})`));
    for (const role of [services[0].owner, services[0].app, services[0].readonly]) {
        others.push(`(${[services[3].schema, services[3].tables[1], role].map(literal).join(",")})`);
    }
    return {
        database: `hostile_${seed}`, schema: sql.join("\n"), manifest,
        bystanders: { query: "SELECT relname, relowner::regrole, relacl FROM pg_class WHERE relname IN ('x', 'bystander') ORDER BY 1;" },
        roles: { query: `WITH own (schema, name, role, purpose) AS (VALUES ${tables}), other (schema, name, role) AS (VALUES ${others.join(",\n")})
            SELECT format('%s of %I.%I: %I', p.privilege, n.nspname, c.relname, r.rolname)
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            CROSS JOIN (SELECT DISTINCT role FROM own) AS o JOIN pg_roles AS r ON r.rolname = o.role
            CROSS JOIN unnest('{SELECT,INSERT,TRIGGER}'::text[]) AS p(privilege)
            LEFT JOIN own AS w ON w.schema = n.nspname AND w.name = c.relname AND w.role = r.rolname
            LEFT JOIN other AS x ON x.schema = n.nspname AND x.name = c.relname AND x.role = r.rolname
            WHERE c.relkind = 'r' AND (n.nspname, c.relname) IN (SELECT schema, name FROM own)
              AND has_table_privilege(r.oid, c.oid, p.privilege) IS DISTINCT FROM (CASE
                  WHEN w.purpose = 'owner' THEN true WHEN w.purpose = 'app' THEN p.privilege <> 'TRIGGER'
                  WHEN w.purpose = 'readonly' OR x.role IS NOT NULL THEN p.privilege = 'SELECT' ELSE false END);` },
    };
}
