// Random SELECT and DML over depend/schema.sql: the same text for the same seed.
//
// Every relation, CTE and subquery has a column `id`, and no other is used. So a statement stays valid
// whatever a name turns out to mean, and PostgreSQL alone decides between the table and the CTE.

const TABLES = [
    ["shop_orders", "orders"], ["shop_orders", "customers"], ["shop_orders", "events"],
    ["shop_orders", "events_2025"], ["shop_orders", "open_orders"], ["shop_orders", "big_open_orders"],
    ["shop_inventory", "products"], ["shop_inventory", "gift_cards"], ["shop_inventory", "warehouses"],
    ["shop_inventory", "moves"], ["shop_inventory", "sellable"],
    ["billing", "accounts"], ["billing", "invoices"], ["billing", "payments"], ["billing", "ledger"],
    ["billing", "unpaid"],
    ["desk", "tickets"], ["desk", "notes"], ["desk", "recent"], ["desk", "totals"], ["desk", "tree"],
    ["desk", "t"], ["desk", "u"], ["desk", "customers"], ["desk", "Tickets"], ["desk", "user"],
    ["desk", "order"], ["desk", "table"], ["desk", "year"],
    ["public", "customers"], ["public", "orders"], ["public", "t"], ["public", "only_public"],
    ["Quoted Schema", "Mixed Case"], ["Quoted Schema", "mixed_case"], ["Quoted Schema", "a.b"],
    ["Quoted Schema", "say \"hi\""], ["Quoted Schema", "semi;colon"], ["Quoted Schema", "-- no comment"],
    ["select", "from"], ["select", "lateral_"],
    ["ünïcode", "Größe"], ["ünïcode", "cafÉ"], ["ünïcode", "таблица"], ["ünïcode", "🧾"],
];
const HIDDEN = new Set(["public.customers", "public.t"]);
const VIEWS = new Set(["open_orders", "big_open_orders", "sellable", "unpaid"]);
const TARGETS = TABLES.filter(([schema, name]) => !VIEWS.has(name) && name !== "events" &&
    `${schema}.${name}` !== "shop_orders.customers");
const KEYED = new Set(["shop_orders.orders", "shop_inventory.products", "shop_inventory.warehouses",
                       "shop_inventory.moves", "billing.accounts", "billing.invoices",
                       "billing.payments", "billing.ledger", "desk.tickets", "desk.notes"]);
const RESERVED = new Set(["user", "order", "table", "select", "from"]);
const CTE_NAMES = ["recent", "totals", "tree", "t", "u", "x", "y", "orders", "customers", "tickets",
                   "Recent", "order", "gone", "invoices", "only_public"];
const ALIASES = ["a", "b", "c", "d", "e", "f", "recent", "orders", "invoices", "t", "u", "x", "Tickets",
                 "user", "таб", "billing", "desk", "select"];
const NOISE = ["\n", "\n    ", "\t", "  ", " /* ; */ ", " /* 'a /* nested; */ \" */ ", " -- it's; a comment\n",
               " -- SELECT * FROM billing.ledger;\n", " /* FROM shop_orders.orders é */ ", "\r\n"];
// A space that noise must leave alone.
const FIXED = "\u0002";

function randomSource(seed) {
    let state = (seed ^ 0x9e3779b9) >>> 0;
    return () => { // mulberry32
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

class Generator {
    constructor(seed) {
        this.random = randomSource(seed);
        this.budget = 0;
        this.forbidden = []; // names that recursion does not allow just here
    }

    chance(probability) { return this.random() < probability; }
    below(count) { return Math.floor(this.random() * count); }
    pick(list) { return list[this.below(list.length)]; }
    oneOf(...makers) { return this.pick(makers)(); }
    list(most, make, separator = ", ") {
        return Array.from({ length: 1 + this.below(most) }, make).join(separator);
    }

    // Names ------------------------------------------------------------------------------------

    identifier(name) {
        const quoted = `"${name.replaceAll('"', '""').replaceAll(" ", FIXED)}"`;
        if (!/^[a-z_\u0400-\u04ff][a-z0-9_\u0400-\u04ff]*$/.test(name) || RESERVED.has(name)) return quoted;
        return this.pick([name, name, name, name, quoted, name.replace(/[a-z]/g, (c) => c.toUpperCase()),
                          name.replace(/^[a-z]/, (c) => c.toUpperCase())]);
    }

    qualified([schema, name]) {
        const dot = this.chance(0.05) ? this.pick([" . ", ". ", " ."]) : ".";
        const database = this.chance(0.02) ? "postgres." : "";
        return `${database}${this.identifier(schema)}${dot}${this.identifier(name)}`;
    }

    unqualified(name) { return this.forbidden.includes(name) ? null : this.identifier(name); }

    tableName(table) {
        const [schema, name] = table;
        const visible = ["desk", "public"].includes(schema) && !HIDDEN.has(`${schema}.${name}`);
        return (visible && this.chance(0.7) && this.unqualified(name)) || this.qualified(table);
    }

    // What may be a table or a CTE.
    sourceName() {
        const shadowed = ["recent", "totals", "tree", "t", "u", "customers", "orders", "tickets", "order",
                          "only_public"];
        const cte = [...shadowed, ...this.ctes ?? []];
        return (this.chance(0.45) && this.unqualified(this.pick(cte))) || this.tableName(this.pick(TABLES));
    }

    freshAlias(taken) {
        const free = ALIASES.filter((name) => !taken.includes(name));
        const alias = free.length > 0 ? this.pick(free) : `z${taken.length}`;
        taken.push(alias);
        return alias;
    }

    column(scope) {
        return scope.length > 0 ? `${this.identifier(this.pick(scope))}.id` : `${this.below(9)}`;
    }

    // Expressions --------------------------------------------------------------------------------

    number(scope) {
        if (this.budget-- < 0 || this.chance(0.5)) return this.column(scope);
        return this.oneOf(
            () => `${this.below(100)}`,
            () => `(${this.number(scope)} + ${this.number(scope)})`,
            () => `(${this.scalar(scope)})`,
            () => `(${this.scalar(scope)})`,
            () => `coalesce(${this.number(scope)}, (${this.scalar(scope)}), 0)`,
            () => `CASE WHEN ${this.condition(scope)} THEN ${this.number(scope)} ELSE ${this.number(scope)} END`,
            () => `(ARRAY(${this.query(scope)}))[1]`,
            () => `greatest(${this.number(scope)}, ${this.number(scope)})`,
            () => `shop_orders.order_total(${this.number(scope)})::bigint`,
            () => `length(';${FIXED}FROM${FIXED}billing.ledger''' || $q$;${FIXED}"$q$ || E'\\';')`,
            () => `(CAST(ROW(${this.number(scope)}, 'EUR') AS billing.money_amount)).amount::bigint`);
    }

    // A query of one row: an aggregate over something of its own.
    scalar(outer) {
        return this.withList(outer, () => {
            const from = this.from(outer);
            const own = this.identifier(this.pick(from.aliases));
            const filter = this.chance(0.2) ? ` FILTER (WHERE ${this.condition(from.aliases)})` : "";
            return `SELECT ${this.pick(["max", "min", "count"])}(${own}.id)${filter}::bigint AS id ${from.text}` +
                this.where([...outer, ...from.aliases]);
        });
    }

    condition(scope) {
        if (this.budget-- < 0 || this.chance(0.4)) {
            return `${this.column(scope)} ${this.pick(["=", "<", "<>", ">="])} ${this.column(scope)}`;
        }
        return this.oneOf(
            () => `${this.pick(["", "NOT "])}EXISTS (${this.query(scope)})`,
            () => `EXISTS (TABLE ${this.sourceName()})`,
            () => `EXISTS (SELECT FROM ${this.sourceName()})`,
            () => `EXISTS (SELECT FROM ${this.qualified(this.pick(TARGETS))} AS locked ` +
                `FOR ${this.pick(["UPDATE", "SHARE", "NO KEY UPDATE"])} OF locked)`,
            () => `${this.number(scope)} ${this.pick(["IN", "NOT IN", "= ANY", "<> ALL"])} (${this.query(scope)})`,
            () => `${this.number(scope)} BETWEEN ${this.number(scope)} AND ${this.number(scope)}`,
            () => `(${this.condition(scope)} ${this.pick(["AND", "OR"])} ${this.condition(scope)})`,
            () => `NOT (${this.condition(scope)})`,
            () => `${this.number(scope)} IS ${this.pick(["NULL", "NOT NULL"])}`,
            () => `${this.number(scope)} IS DISTINCT FROM ${this.number(scope)}`,
            () => `(${this.number(scope)}, 1) IN (SELECT id, 1 FROM ${this.sourceName()} AS q)`);
    }

    where(scope) { return this.chance(0.6) ? ` WHERE ${this.condition(scope)}` : ""; }

    // FROM -----------------------------------------------------------------------------------------

    // {text, aliases} of one thing in FROM; `before` is what a LATERAL one may name.
    source(taken, before) {
        const alias = this.freshAlias(taken);
        const as = `${this.pick(["AS ", ""])}${this.identifier(alias)}`;
        if (this.budget-- < 0 || this.chance(0.6)) {
            const plain = this.sourceName();
            const only = this.chance(0.05) ? this.qualified(["shop_inventory", "products"]) : null;
            const text = only ? this.pick([`ONLY ${only}`, `ONLY (${only})`, `${only} *`]) : plain;
            return { text: `${text} AS ${this.identifier(alias)}`, aliases: [alias] };
        }
        const text = this.oneOf(
            () => `(${this.query([])}) ${as}`,
            () => `(${this.query([])}) ${as}`,
            () => `LATERAL (${this.query(before)}) ${as}`,
            () => `(VALUES (${this.number([])}), (${this.number([])})) AS ${this.identifier(alias)} (id)`,
            () => `generate_series(1, ${this.number(before)}) AS ${this.identifier(alias)} (id)`,
            () => `ROWS FROM (unnest(ARRAY(${this.query(before)}))) AS ${this.identifier(alias)} (id)`,
            () => `${this.qualified(["shop_orders", "orders"])} AS ${this.identifier(alias)} ` +
                `TABLESAMPLE bernoulli (${1 + this.below(99)})`,
            () => `(SELECT oid::bigint AS id FROM pg_class) ${as}`);
        return { text, aliases: [alias] };
    }

    // LATERAL may not look to the left through RIGHT and FULL, so joins give it nothing to look at.
    join(taken) {
        let left = { ...this.source(taken, []), merged: true };
        for (let count = 1 + this.below(2); count > 0; count--) {
            const nested = this.chance(0.15) && this.budget-- > 0;
            const right = nested ? this.join(taken) : this.source(taken, []);
            const side = nested ? `(${right.text})` : right.text;
            const aliases = [...left.aliases, ...right.aliases];
            const kind = this.pick(["JOIN", "INNER JOIN", "LEFT JOIN", "RIGHT OUTER JOIN", "FULL JOIN"]);
            const mergeable = left.merged && !nested;
            left = this.oneOf(
                () => ({ text: `${left.text} CROSS JOIN ${side}`, merged: false }),
                () => mergeable
                    ? { text: `${left.text} ${kind} ${side} USING (id)`, merged: true }
                    : { text: `${left.text} CROSS JOIN ${side}`, merged: false },
                () => ({ text: `${left.text} ${kind} ${side} ON ${this.condition(aliases)}`, merged: false }));
            left.aliases = aliases;
        }
        return left;
    }

    items(taken) {
        const items = [];
        for (let count = 1 + this.below(this.budget > 0 ? 3 : 1); count > 0; count--) {
            const before = items.flatMap(({ aliases }) => aliases);
            items.push(this.chance(0.3) && this.budget > 0 ? this.join(taken) : this.source(taken, before));
        }
        return { text: items.map(({ text }) => text).join(", "),
                 aliases: items.flatMap(({ aliases }) => aliases) };
    }

    from() {
        const { text, aliases } = this.items([]);
        return { text: `FROM ${text}`, aliases };
    }

    // Queries: one column, `id` ------------------------------------------------------------------

    select(outer) {
        const { text: from, aliases } = this.from();
        const scope = [...outer.filter((name) => !aliases.includes(name)), ...aliases];
        const own = `${this.identifier(this.pick(aliases))}.id`;
        const where = this.where(scope);
        return this.oneOf(
            () => `SELECT ${this.number(scope)}::bigint AS id ${from}${where}`,
            () => `SELECT ${this.number(scope)}::bigint AS id ${from}${where}`,
            () => `SELECT DISTINCT ${own}::bigint AS id ${from}${where}`,
            () => `SELECT DISTINCT ON (${own}) ${own}::bigint AS id ${from}${where}`,
            () => `SELECT ${own}::bigint AS id ${from}${where} GROUP BY ${own} ` +
                `HAVING count(*) > ${this.number([])}`,
            () => `SELECT max(${own})::bigint AS id ${from}${where}`,
            () => `SELECT (row_number() OVER (PARTITION BY ${this.number(scope)} ORDER BY ${own}))::bigint AS id ` +
                `${from}${where}`,
            () => `SELECT ${own}::bigint AS id ${from}${where} ORDER BY 0 + ${this.number(scope)} LIMIT 3`,
            () => `SELECT ${own}::bigint AS id ${from}${where} LIMIT ${this.number([])}`);
    }

    query(outer) {
        if (this.budget-- < 0) return `SELECT q.id::bigint AS id FROM ${this.sourceName()} AS q`;
        return this.oneOf(
            () => this.select(outer), () => this.select(outer), () => this.select(outer),
            () => this.withList(outer, () => this.select(outer)),
            () => this.withList(outer, () => this.select(outer)),
            () => `(${this.query(outer)}) ${this.operator()} (${this.query(outer)})`,
            () => `(${this.query(outer)}) ${this.operator()} (${this.query(outer)}) ORDER BY 1 LIMIT 5`,
            () => `SELECT s.id::bigint AS id FROM ${this.sourceName()} s ${this.operator()} (${this.query(outer)})`,
            () => `SELECT s.id::bigint AS id FROM (${this.query([])}) AS s`,
            () => `(${this.query(outer)})`);
    }

    operator() {
        return this.pick(["UNION", "UNION ALL", "INTERSECT", "EXCEPT", "EXCEPT ALL"]);
    }

    // WITH -------------------------------------------------------------------------------------------

    // Perhaps a WITH before what `main` makes. `top`: it may change data.
    withList(outer, main, { top = false, always = false, plain = false } = {}) {
        if (!always && !this.chance(0.5)) return main();
        const names = [...new Set(Array.from({ length: 1 + this.below(3) }, () => this.pick(CTE_NAMES)))];
        const recursive = !plain && this.chance(0.25);
        const saved = { ctes: this.ctes, forbidden: this.forbidden };
        const entries = names.map((name, index) => {
            if (recursive) this.forbidden = [...saved.forbidden, ...names.slice(index)];
            const entry = this.cte(name, recursive, top);
            this.ctes = [...this.ctes ?? [], name];
            return entry;
        });
        this.forbidden = saved.forbidden.filter((name) => !names.includes(name));
        const text = `WITH ${recursive ? "RECURSIVE " : ""}${entries.join(", ")} ${main()}`;
        Object.assign(this, saved);
        return text;
    }

    cte(name, recursive, top) {
        const own = this.identifier(name);
        const hint = this.pick(["", "", "", "MATERIALIZED ", "NOT MATERIALIZED "]);
        if (recursive && this.chance(0.7)) {
            const tail = this.pick(["", "", ` SEARCH ${this.pick(["DEPTH", "BREADTH"])} FIRST BY id SET walk`,
                                    " CYCLE id SET looped USING path"]);
            return `${own} (id) AS (SELECT s.id::bigint FROM ${this.sourceName()} AS s UNION ALL ` +
                `SELECT r.id FROM ${this.recursion(own)} WHERE ${this.condition(["r"])})${tail}`;
        }
        // Under RECURSIVE a write's target counts as a use of the CTE of its name.
        if (top && !recursive && this.chance(0.35)) return `${own} AS (${this.write({ returning: true })})`;
        if (this.chance(0.15)) return `${own} (id) AS ${hint}(VALUES (${this.number([])}::bigint), (3))`;
        return `${own} AS ${hint}(${this.query([])})`;
    }

    recursion(own) {
        const other = this.sourceName();
        return this.pick([`${own} AS r JOIN ${other} AS s ON s.id = r.id`, `${other} AS s, ${own} AS r`,
                          `${own} AS r`]);
    }

    // Statements ---------------------------------------------------------------------------------

    returning(scope, always) {
        if (always) return ` RETURNING ${this.column(scope.slice(0, 1))}::bigint AS id`;
        return this.chance(0.3) ? ` RETURNING ${this.number(scope)} AS id` : "";
    }

    write(options) { return this.oneOf(() => this.insert(options), () => this.update(options),
                                       () => this.remove(options)); }

    insert({ returning }) {
        const table = this.pick(TARGETS);
        const alias = this.freshAlias([]);
        const rows = this.oneOf(() => this.query([]), () => this.query([]), () => "DEFAULT VALUES",
            () => `VALUES (${this.number([])}), (${this.number([])})`);
        const columns = rows === "DEFAULT VALUES" ? "" : " (id)";
        const set = () => `DO UPDATE SET id = ${this.number([alias, "excluded"])}` + this.where([alias, "excluded"]);
        const conflict = KEYED.has(table.join(".")) && this.chance(0.4)
            ? ` ON CONFLICT (id) ${this.pick(["DO NOTHING", set()])}`
            : this.pick(["", "", "", " ON CONFLICT DO NOTHING"]);
        return `INSERT INTO ${this.tableNameOfTarget(table)} AS ${this.identifier(alias)}${columns} ${rows}` +
            conflict + this.returning([alias], returning);
    }

    // The target of a write is never a CTE, so nothing is forbidden here.
    tableNameOfTarget(table) {
        const saved = this.forbidden;
        this.forbidden = [];
        const name = this.tableName(table);
        this.forbidden = saved;
        return name;
    }

    update({ returning }) {
        const taken = [];
        const alias = this.freshAlias(taken);
        const target = `${this.pick(["", "", "", "ONLY "])}${this.tableNameOfTarget(this.pick(TARGETS))} AS ${this.identifier(alias)}`;
        const items = this.chance(0.5) ? this.items(taken) : { text: "", aliases: [] };
        const scope = [alias, ...items.aliases];
        const set = this.oneOf(() => `id = ${this.number(scope)}`, () => `(id) = (${this.scalar(scope)})`,
            () => `(id) = ROW (${this.number(scope)})`, () => "id = DEFAULT");
        return `UPDATE ${target} SET ${set}${items.text ? ` FROM ${items.text}` : ""}${this.where(scope)}` +
            this.returning(scope, returning);
    }

    remove({ returning }) {
        const taken = [];
        const alias = this.freshAlias(taken);
        const target = `${this.tableNameOfTarget(this.pick(TARGETS))} AS ${this.identifier(alias)}`;
        const items = this.chance(0.5) ? this.items(taken) : { text: "", aliases: [] };
        const scope = [alias, ...items.aliases];
        return `DELETE FROM ${target}${items.text ? ` USING ${items.text}` : ""}${this.where(scope)}` +
            this.returning(scope, returning);
    }

    merge() {
        const taken = [];
        const alias = this.freshAlias(taken);
        const source = this.source(taken, []);
        const scope = [alias, ...source.aliases];
        const and = (names) => this.chance(0.4) ? ` AND ${this.condition(names)}` : "";
        const matched = () => ` WHEN MATCHED${and(scope)} THEN ` + this.oneOf(() => "DELETE", () => "DO NOTHING",
            () => `UPDATE SET id = ${this.number(scope)}`, () => `UPDATE SET (id) = (${this.scalar(scope)})`);
        const missing = () => ` WHEN NOT MATCHED${and(source.aliases)} THEN ` + this.oneOf(() => "DO NOTHING",
            () => "INSERT DEFAULT VALUES", () => `INSERT (id) VALUES (${this.number(source.aliases)})`);
        return `MERGE INTO ${this.tableNameOfTarget(this.pick(TARGETS))} AS ${this.identifier(alias)} ` +
            `USING ${source.text} ON ${this.condition(scope)}` +
            this.oneOf(() => matched(), () => missing(), () => matched() + missing());
    }

    statement() {
        this.budget = 4 + this.below(14);
        this.ctes = [];
        this.forbidden = [];
        const text = this.oneOf(
            () => this.query([]), () => this.query([]), () => this.query([]),
            () => this.withList([], () => this.select([]), { top: true, always: true }),
            () => this.withList([], () => this.insert({}), { top: true }),
            () => this.withList([], () => this.update({}), { top: true }),
            () => this.withList([], () => this.remove({}), { top: true }),
            () => this.withList([], () => this.merge(), { top: true, plain: true }));
        return text.replace(/ /g, () => this.chance(0.04) ? this.pick(NOISE) : " ").replaceAll(FIXED, " ");
    }
}

// SQL text of `count` statements.
export function generate(seed, count) {
    const generator = new Generator(seed);
    return Array.from({ length: count }, () => `${generator.statement()};\n`).join("\n");
}
