// A larger generated world: services with every kind of object, shared ones, publications, exceptions and stages, and
// statements about all of them. The same for the same seed.

const SERVICES = 10;
const OBSERVED = 8; // the service at stage observe
const SPLIT = 9;    // the one with a server of its own, whose objects are still on this one

function randomSource(seed) {
    let state = (seed ^ 0x9e3779b9) >>> 0;
    return () => { // mulberry32
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

const quote = (name) => /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
const service = (index) => `w${index % SERVICES}`;
const schemaOf = (index) => quote(index % 4 === 3 ? `W${index} Daten` : `w${index}`);

// What one service owns. `r` relations may be read, `t` of them may be written, too.
function objectsOf(index) {
    const s = schemaOf(index);
    const old = `public.w${index}_`;
    return {
        tables: [`${s}.plain`, `${s}.serial`, `${s}.identity`, `${s}.events`, `${s}.events_low`, `${s}.contract`, `${s}.writable`,
                 `${old}one`, `${old}two`, `public.legacy${index}`],
        views: [`${s}.private_view`, `${s}.next_v1`, `${s}.all_v1`, `${s}.some_v1`, `${s}.sums`],
        sequences: [`${s}.numbers`, `${s}.serial_id_seq`, `${s}.writable_id_seq`],
        calls: [`${s}.reads(1)`, `${s}.definer(1)`, `${s}.pure(1)`, `${s}.over(1)`, `${s}.over('x'::text)`, `${s}.writes()`,
                `${s}.labels('a'::${s}.state)`],
        procedures: [`${s}.work()`],
        types: [`${s}.state`, `${s}.price`, `${s}.pair`],
    };
}

function schemaSql(index) {
    const s = schemaOf(index);
    const old = `public.w${index}_`;
    return `
CREATE SCHEMA ${s};
CREATE TYPE ${s}.state AS ENUM ('a', 'b');
CREATE DOMAIN ${s}.price AS numeric CHECK (VALUE >= 0);
CREATE TYPE ${s}.pair AS (a integer, b integer);
CREATE SEQUENCE ${s}.numbers;
CREATE TABLE ${s}.plain (id integer PRIMARY KEY, n integer, state ${s}.state);
CREATE TABLE ${s}.serial (id serial PRIMARY KEY, n integer);
CREATE TABLE ${s}.identity (id integer GENERATED ALWAYS AS IDENTITY, n integer);
CREATE TABLE ${s}.events (id integer NOT NULL, n integer) PARTITION BY RANGE (id);
CREATE TABLE ${s}.events_low PARTITION OF ${s}.events FOR VALUES FROM (0) TO (1000);
CREATE TABLE ${s}.contract (id integer PRIMARY KEY, n integer);
CREATE TABLE ${s}.writable (id serial PRIMARY KEY, n integer);
CREATE TABLE ${old}one (id integer PRIMARY KEY, n integer);
CREATE TABLE ${old}two (id integer PRIMARY KEY, n integer);
CREATE TABLE public.legacy${index} (id integer PRIMARY KEY, n integer);
CREATE VIEW ${s}.private_view AS SELECT id, n FROM ${s}.plain;
CREATE VIEW ${s}.next_v1 AS SELECT id, n FROM ${s}.plain;
CREATE VIEW ${s}.all_v1 AS SELECT id, n FROM ${old}one;
CREATE VIEW ${s}.some_v1 AS SELECT p.id, q.n FROM ${s}.plain AS p JOIN ${old}two AS q ON q.id = p.id;
CREATE MATERIALIZED VIEW ${s}.sums AS SELECT n AS id, count(*)::integer AS n FROM ${s}.plain GROUP BY n;
CREATE FUNCTION ${s}.reads(integer) RETURNS integer LANGUAGE sql STABLE AS $$ SELECT n FROM ${s}.plain WHERE id = $1 $$;
CREATE FUNCTION ${s}.definer(integer) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${s}, pg_temp
    AS $$ SELECT n FROM ${s}.plain WHERE id = $1 $$;
CREATE FUNCTION ${s}.pure(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1 + 1;
CREATE FUNCTION ${s}.over(integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN $1; END $$;
CREATE FUNCTION ${s}.over(text) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN length($1); END $$;
CREATE FUNCTION ${s}.writes() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${s}, pg_temp
    AS $$ BEGIN UPDATE ${s}.plain SET n = n + 1; RETURN 1; END $$;
CREATE FUNCTION ${s}.labels(${s}.state) RETURNS text LANGUAGE sql IMMUTABLE RETURN 'label';
CREATE FUNCTION ${s}.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE PROCEDURE ${s}.work() LANGUAGE plpgsql AS $$ BEGIN UPDATE ${s}.plain SET n = 0; END $$;
INSERT INTO ${s}.plain (id, n) VALUES (1, 1), (2, 2);
INSERT INTO ${old}one VALUES (1, 1);
INSERT INTO ${s}.events VALUES (1, 1);
`;
}

export const worldSchema = () => Array.from({ length: SERVICES }, (_, index) => schemaSql(index)).join("") + `
CREATE SCHEMA common;
CREATE TABLE common.units (id integer PRIMARY KEY, n integer);
CREATE SEQUENCE common.tickets;
CREATE TYPE common.colour AS ENUM ('red', 'green');
CREATE FUNCTION common.twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN 2 * $1;
CREATE SCHEMA reference;
CREATE TABLE reference.countries (id integer PRIMARY KEY, n integer);
CREATE TABLE reference.other (id integer PRIMARY KEY, n integer);
CREATE SCHEMA nobody;
CREATE TABLE nobody.thing (id integer PRIMARY KEY, n integer);
CREATE FUNCTION nobody.does() RETURNS integer LANGUAGE sql AS 'SELECT 1';
`;

export function worldManifest() {
    const manifest = { version: 1, services: {},
        shared: [{ schema: "common" }, { relation: "reference.countries", owner: "w0" }], exceptions: [] };
    for (let index = 0; index < SERVICES; index++) {
        const s = schemaOf(index);
        const next = service(index + 1);
        manifest.services[service(index)] = {
            team: `@world/${index}`,
            paths: [`${service(index)}/**`],
            owns: [{ schema: s }, { table: `public.w${index}_*` }, { table: `public.legacy${index}` }],
            roles: { owner: `w${index}_owner`, app: [`w${index}_app`], ...(index % 3 < 2 ? { readonly: [`w${index}_ro`] } : {}) },
            search_path: [s, "public"],
            publishes: [
                { relation: `${s}.next_v1`, to: [next] },
                { relation: `${s}.all_v1`, to: "*", joinable: true },
                { relation: `${s}.some_v1`, to: [next, service(index + 3)], joinable: index % 2 === 0 },
                { relation: `${s}.contract`, to: [next], privileges: ["select", "update"] },
                { relation: `${s}.writable`, to: [next, service(index + 2)], privileges: ["select", "insert"] },
                { routine: `${s}.definer(integer)`, to: "*" },
                { routine: `${s}.reads(integer)`, to: [service(index + 2)] },
                { routine: `${s}.over(text)`, to: [next] },
                { routine: `${s}.writes`, to: [service(index + 2)] },
                { routine: `${s}.labels(${s}.state)`, to: [next] },
            ],
            ...(index === OBSERVED ? { stage: "observe" } : index === SPLIT ? { stage: "split" } : {}),
        };
    }
    const except = (from, to, privileges, until) => manifest.exceptions.push(
        { service: service(from), to, privileges, reason: `W-${from}`, ...(until ? { until } : {}) });
    except(1, `${schemaOf(5)}.plain`, ["select"], "2099-12-31");
    except(2, "public.w4_*", ["select", "update"]);
    except(4, `${schemaOf(0)}.serial`, ["select", "insert"]);
    except(5, `${schemaOf(0)}.numbers`, ["update"]);
    except(6, `${schemaOf(2)}.pure`, ["execute"]);
    except(7, `${schemaOf(1)}.plain`, ["select"], "2020-01-31"); // over
    return manifest;
}

export const worldServices = () => Array.from({ length: SERVICES }, (_, index) => index).filter((index) => index !== SPLIT)
    .map((index) => ({ name: service(index), index, path: `${schemaOf(index)}, public` }));

// Statements ------------------------------------------------------------------------------------

const SHARED = { tables: ["common.units", "reference.countries", "reference.other", "nobody.thing"], views: [],
    sequences: ["common.tickets"], calls: ["common.twice(1)", "nobody.does()"], procedures: [], types: ["common.colour"] };

// Each object in each way, alone.
function probes(objects) {
    const of = (list, ...makers) => list.flatMap((name) => makers.map((make) => make(name)));
    return [
        ...of([...objects.tables, ...objects.views], (r) => `SELECT * FROM ${r}`, (r) => `SELECT count(*) FROM ${r} AS x WHERE x.id > 0`,
              (r) => `SELECT '${r}'::regclass`),
        ...of(objects.tables, (t) => `INSERT INTO ${t} (n) SELECT 1 WHERE false`, (t) => `INSERT INTO ${t} (id, n) SELECT 10, 1 WHERE false RETURNING id`,
              (t) => `UPDATE ${t} SET n = 1`, (t) => `UPDATE ${t} SET n = n + 1 WHERE id = 7 RETURNING n`, (t) => `DELETE FROM ${t}`,
              (t) => `DELETE FROM ${t} WHERE id = 5`, (t) => `TRUNCATE ${t}`, (t) => `LOCK TABLE ${t} IN SHARE ROW EXCLUSIVE MODE`,
              (t) => `SELECT id FROM ${t} FOR UPDATE`,
              (t) => `INSERT INTO ${t} AS x (id, n) SELECT 10, 1 WHERE false ON CONFLICT DO NOTHING`,
              (t) => `MERGE INTO ${t} AS x USING (VALUES (1, 2)) AS v (id, n) ON x.id = v.id WHEN MATCHED THEN DELETE`,
              (t) => `MERGE INTO ${t} AS x USING (VALUES (-1, 2)) AS v (id, n) ON x.id = v.id WHEN MATCHED THEN UPDATE SET n = v.n`),
        ...of(objects.sequences, (q) => `SELECT nextval('${q}')`, (q) => `SELECT setval('${q}'::regclass, 5)`,
              (q) => `SELECT last_value FROM ${q}`),
        ...of(objects.calls, (c) => `SELECT ${c}`, (c) => `SELECT * FROM ${c} AS f`, (c) => `SELECT 1 WHERE ${c} IS NOT NULL`),
        ...of(objects.procedures, (p) => `CALL ${p}`),
        ...of(objects.types, (t) => `SELECT NULL::${t}`, (t) => `CREATE TEMPORARY TABLE made (x ${t})`, (t) => `SELECT ARRAY[NULL::${t}]`),
    ];
}

// Several of them in one statement.
class Mixer {
    constructor(seed) {
        this.random = randomSource(seed);
        this.own = Array.from({ length: SERVICES }, (_, index) => objectsOf(index));
    }

    below(count) { return Math.floor(this.random() * count); }
    pick(list) { return list[this.below(list.length)]; }
    objects() { return this.random() < 0.1 ? SHARED : this.pick(this.focus); }
    table() { return this.pick(this.objects().tables); }
    relation() { const o = this.objects(); return this.pick([...o.tables, ...o.views]); }
    call() { return this.pick(this.objects().calls.filter((call) => !/labels|writes/.test(call))); }

    scalar(depth) {
        return this.pick([
            () => `${this.below(50)}`, () => "a.n", () => "a.id", () => `${this.call()}`,
            () => `(SELECT max(z.n) FROM ${this.source(depth)} AS z)`,
            () => `(SELECT count(*)::integer FROM ${this.relation()} AS z WHERE z.id = a.id)`,
            () => `coalesce(a.n, (SELECT min(z.id) FROM ${this.relation()} AS z))`,
        ])();
    }

    condition(depth) {
        return this.pick([
            () => "a.id > 0", () => `a.n = ${this.scalar(depth)}`, () => `EXISTS (SELECT 1 FROM ${this.relation()} AS z WHERE z.id = a.id)`,
            () => `EXISTS (SELECT ${this.scalar(0)} FROM ${this.relation()} AS z)`,
            () => `a.id IN (SELECT z.n FROM ${this.source(depth)} AS z)`, () => `(a.id, 1) NOT IN (SELECT z.id, 1 FROM ${this.relation()} AS z)`,
            () => `false AND EXISTS (SELECT 1 FROM ${this.relation()} AS z)`, () => `true OR a.id = (SELECT max(z.id) FROM ${this.relation()} AS z)`,
        ])();
    }

    source(depth) {
        if (depth <= 0 || this.random() < 0.5) return this.relation();
        return `(${this.query(depth - 1)})`;
    }

    query(depth) {
        return this.pick([
            () => `SELECT a.id, a.n FROM ${this.source(depth)} AS a WHERE ${this.condition(depth)}`,
            () => `SELECT a.id, ${this.scalar(depth)} AS n FROM ${this.source(depth)} AS a`,
            () => `SELECT a.id, b.n FROM ${this.source(depth)} AS a ${this.pick(["JOIN", "LEFT JOIN", "FULL JOIN"])} ${this.source(depth)} AS b ON b.id = a.id`,
            () => `SELECT a.id, b.n FROM ${this.source(depth)} AS a, LATERAL (SELECT z.n FROM ${this.relation()} AS z WHERE z.id = a.id) AS b`,
            () => `SELECT id, n FROM ${this.relation()} ${this.pick(["UNION ALL", "EXCEPT", "INTERSECT"])} SELECT id, n FROM ${this.relation()}`,
            () => `WITH c AS (${this.query(depth - 1)}) SELECT a.id, a.n FROM ${this.pick(["c", "c", this.relation()])} AS a`,
            () => `WITH c AS (SELECT id, n FROM ${this.relation()}) SELECT a.id, b.n FROM c AS a JOIN c AS b ON a.id = b.n`,
            () => `SELECT a.id, a.n FROM ${this.relation()} AS a WHERE a.id = 1 ORDER BY ${this.scalar(0)} + 0 LIMIT 3`,
        ])();
    }

    // One service's objects for the most part, and who is asked about it: that service, its neighbours, to whom it publishes,
    // and somebody.
    statement(index) {
        const at = index % SERVICES;
        const others = [1, 2, 3].map((step) => (at + step) % SERVICES);
        this.focus = [at, at, at, at, this.pick([at, at, ...others, this.below(SERVICES)])].map((number) => this.own[number]);
        const asked = new Set([at, ...others, this.below(SERVICES)].map(service));
        return { text: this.text(), asked };
    }

    text() {
        return this.pick([
            () => this.query(2), () => this.query(2), () => this.query(1), () => this.query(0),
            () => `INSERT INTO ${this.table()} (id, n) SELECT a.id, a.n FROM ${this.source(1)} AS a WHERE false`,
            () => `WITH gone AS (DELETE FROM ${this.table()} WHERE id = 99 RETURNING id, n) INSERT INTO ${this.table()} (id, n) SELECT g.id, g.n FROM gone AS g`,
            () => `UPDATE ${this.table()} AS a SET n = ${this.scalar(0)} WHERE ${this.condition(0)} AND a.id < 0`,
            () => `UPDATE ${this.table()} AS a SET n = b.n FROM ${this.source(1)} AS b WHERE b.id = a.id AND a.id < 0`,
            () => `DELETE FROM ${this.table()} AS a USING ${this.relation()} AS b WHERE b.id = a.id AND a.id < 0`,
            () => `MERGE INTO ${this.table()} AS a USING ${this.relation()} AS b ON a.id = b.id AND a.id < 0 WHEN MATCHED THEN UPDATE SET n = 2`,
            () => `WITH kept AS (UPDATE ${this.table()} AS a SET n = 1 WHERE a.id < 0 RETURNING a.id) SELECT a.id FROM ${this.relation()} AS a`,
            () => `TRUNCATE ${this.table()}, ${this.table()}`,
            () => `SELECT '${this.relation()}'::regclass, ${this.call()}`,
        ])();
    }
}

export function worldStatements(seed, count) {
    const mixer = new Mixer(seed);
    const subjects = [0, 3, 5, OBSERVED, SPLIT].map(objectsOf);
    return [...[...subjects, SHARED].flatMap(probes).map((text) => ({ text })),
            ...Array.from({ length: count }, (_, index) => mixer.statement(index))];
}

// What migrations do: run as the owner role, one transaction each; the later parts use what the first one makes.
// {make, own}: `own` is the schema of the service whose code it is.
export function worldMigrations(own, other, name) {
    const o = other;
    const t = `${o}.plain`;
    const made = `${own}.${name}`;
    const using = (make, ...use) => [make, ...use];
    return [
        ...[`${o}.plain`, `${o}.next_v1`, `${o}.all_v1`, `${o}.some_v1`, `${o}.contract`, `${o}.writable`].flatMap((relation, index) => [
            using(`CREATE VIEW ${made}_v${index} AS SELECT id FROM ${relation}`, `SELECT * FROM ${made}_v${index}`),
            using(`CREATE MATERIALIZED VIEW ${made}_m${index} AS SELECT id FROM ${relation}`),
            using(`CREATE TABLE ${made}_c${index} AS SELECT id FROM ${relation}`),
            using(`CREATE FUNCTION ${made}_f${index}() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM ${relation} $$`, `SELECT ${made}_f${index}()`),
            using(`CREATE FUNCTION ${made}_p${index}() RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE c bigint; BEGIN SELECT count(*) INTO c FROM ${relation}; RETURN c; END $$`,
                  `SELECT ${made}_p${index}()`),
        ]),
        using(`DO $$ BEGIN DELETE FROM ${t}; END $$`),
        using(`CREATE TABLE ${made}_fk (id integer REFERENCES ${o}.contract (id))`),
        using(`ALTER TABLE ${own}.plain ADD FOREIGN KEY (n) REFERENCES ${t}`),
        using(`CREATE TABLE ${made}_in () INHERITS (${t})`),
        using(`CREATE TABLE ${made}_li (LIKE ${t})`),
        using(`CREATE TABLE ${made}_po PARTITION OF ${o}.events FOR VALUES FROM (5000) TO (6000)`),
        using(`CREATE TABLE ${made}_ty (x ${o}.state)`),
        using(`CREATE TABLE ${made}_ar (x ${o}.price[])`),
        using(`CREATE DOMAIN ${made}_do AS ${o}.price`),
        using(`CREATE FUNCTION ${made}_arg(${o}.pair) RETURNS integer LANGUAGE sql AS 'SELECT 1'`),
        using(`CREATE TABLE ${made}_de (id bigint DEFAULT nextval('${o}.numbers'), n integer)`, `INSERT INTO ${made}_de (n) VALUES (1)`),
        using(`CREATE TRIGGER ${name} BEFORE INSERT ON ${t} FOR EACH ROW EXECUTE FUNCTION ${own}.touch()`),
        using(`CREATE TRIGGER ${name} BEFORE INSERT ON ${own}.plain FOR EACH ROW EXECUTE FUNCTION ${o}.touch()`),
        using(`CREATE FUNCTION ${made}_tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO ${o}.plain (id) VALUES (77); RETURN NEW; END $$`,
              `CREATE TRIGGER ${name} BEFORE INSERT ON ${own}.plain FOR EACH ROW EXECUTE FUNCTION ${made}_tf()`,
              `INSERT INTO ${own}.plain (id) VALUES (78)`),
        using(`CREATE INDEX ON ${t} (n)`),
        using(`ALTER TABLE ${t} ADD COLUMN extra_${name} integer`),
        using(`COMMENT ON TABLE ${t} IS 'mine'`),
        using(`CREATE POLICY ${name} ON ${t} USING (true)`),
        using(`CREATE RULE ${name} AS ON INSERT TO ${own}.plain DO ALSO INSERT INTO ${t} (id) VALUES (5)`, `INSERT INTO ${own}.plain (id) VALUES (79)`),
        using(`CREATE RULE ${name} AS ON INSERT TO ${t} DO INSTEAD NOTHING`),
        using(`CREATE TABLE ${o}.${name} (id integer)`),
        using(`CREATE STATISTICS ${made}_st ON id, n FROM ${t}`),
        using(`ALTER TABLE ${own}.plain ALTER COLUMN n SET DEFAULT ${o}.pure(1)`, `INSERT INTO ${own}.plain (id) VALUES (80)`),
        using(`ALTER FUNCTION ${o}.pure(integer) COST 7`),
        using(`ALTER SEQUENCE ${o}.numbers RESTART`),
        using(`ALTER TYPE ${o}.state ADD VALUE 'z_${name}'`),
        using(`REFRESH MATERIALIZED VIEW ${o}.sums`),
        using(`GRANT SELECT ON ${t} TO CURRENT_USER`),
        using(`CREATE TABLE public.${name}_x (id integer)`),
        using(`CREATE TABLE ${made}_fo (id integer REFERENCES common.units (id))`),
        using(`CREATE TABLE ${made}_fc (id integer REFERENCES reference.countries (id))`),
        using(`CREATE TABLE ${made}_co (x common.colour DEFAULT 'red', y bigint DEFAULT nextval('common.tickets'))`, `INSERT INTO ${made}_co DEFAULT VALUES`),
        using(`CREATE VIEW ${made}_vc AS SELECT id FROM reference.countries`, `TABLE ${made}_vc`),
        using(`CREATE TABLE ${made}_ok (id serial, n integer)`, `INSERT INTO ${made}_ok (n) VALUES (1)`),
        using(`ALTER TABLE ${own}.plain ADD COLUMN made_${name} integer`),
        using(`DROP VIEW ${own}.some_v1`),
    ];
}
