// Writes a program that repeats one thing: growth.mjs NAME BYTES FILE. What is repeated looks like SQL or a mapping as
// far as possible, so that nothing of it is passed over.
import { writeFileSync } from 'node:fs';

const select = 'SELECT id FROM b.last';
const programs = {
    // [what begins it, what is repeated, what ends it]
    bundle: ['', (i) => `function a${i}(e,t){var n=e.b[${i}]||{title:"Select an item",k:"x"+t};return n.c(t?"y":'z',/[/]"/g)}`, ''],
    'one-literal': [`q("SELECT '`, () => 'abcdefghijklmnopqrstuvwxyz ', `' FROM b.last")`],
    strings: ['x = [', (i) => `"Select item ${i}","update set",`, ']'],
    'known-call': ['db.query("SELECT 1", [', (i) => `"Select item ${i} from a.t",`, '])'],
    calls: ['', () => `db.query("${select}");`, ''],
    formats: ['q = ', () => '"SELECT %s" % ', 'x'],
    'nested-formats': ['q = ', () => '("SELECT %s" % ', 'x'],
    specifiers: ['q = "SELECT ', () => '%s, ', '1 FROM b.t" % (a, b, c, d)'],
    'open-specifiers': ['q = "SELECT ', () => '%(a', '" % a'],
    'open-formats': ['q = "SELECT ', () => '{:', '".format(x)'],
    sum: ['q = ', (i) => `"SELECT a${i} FROM " + `, '"b.t"'],
    'sum-of-names': ['q = "SELECT " + ', (i) => `a${i} + `, '"x"'],
    'nested-calls': ['', () => 'f("SELECT 1 FROM b.t", ', '1'],
    'nested-lists': ['', () => '["SELECT 1 FROM b.t", ', '1'],
    appended: ['let q = "SELECT 1 FROM b.t ";\n', () => 'q += " UNION SELECT 2 FROM b.t";\n', 'db.query(q);'],
    builders: ['', (i) => `let q${i} = "SELECT 1 FROM b.t "; q${i} += "WHERE x"; db.query(q${i});\n`, ''],
    'one-name': ['', () => `q = "SELECT 1 FROM b.t "; q += "WHERE x"; db.query(q);\n`, ''],
    constants: ['const c0 = "b.t";\n', (i) => `const c${i + 1} = c${i} + "x";\n`, 'db.query("SELECT 1 FROM " + c9);'],
    'used-constant': ['const c = "b.t, b.t, b.t, b.t";\n', () => 'db.query("SELECT 1 FROM " + c);\n', ''],
    holes: ['q(`SELECT ', (i) => '${a' + i + '}, ', '1 FROM b.t`)'],
    'nested-holes': ['q(', () => '`SELECT 1 FROM ${', ''],
    choices: ['q("SELECT 1 FROM " + ', () => '(x ? "a" : "b") + ', '"")'],
    mappings: ['', (i) => `k.from("b.t${i}").join("b.u", x);\n`, ''],
    'mapped-names': ['', (i) => `k.from(n${i}).join(n, y);\n`, 'n = "b.t"'],
    'array-joins': ['', () => 'x.join(n)+y.join(",");', ''],
    entities: ['', (i) => `@Entity({name: "t${i}", schema: "b"}) class A${i} {}\n`, ''],
    comments: ['', () => '// SELECT id FROM b.t\n/* db.query("SELECT id FROM b.t") */\n', ''],
    'open-comments': ['q("SELECT 1 FROM b.t");\n', () => '/*\n', ''],
    signs: ['q("SELECT 1 FROM b.t" + ', () => '- ', 'x);'],
    'c-includes': ['void f() { q("SELECT 1 FROM b.t"); }\n', () => '#include "a"\n', ''],
    'shell-line': ['echo', () => ' "SELECT 1 FROM b.t"', ''],
    quotes: ['', () => `"SELECT 1 FROM b.t'\n`, ''],
    backticks: ['', () => '`SELECT 1 FROM b.t` `', ''],
    brackets: ['q("SELECT 1 FROM b.t"', () => '([{', ''],
    connections: ['', (i) => `c("postgres://r${i}:x@db.internal/x");\n`, ''],
    keys: ['', (i) => `postgres_user_${i}: "r${i}",\n`, ''],
};
const [name, bytes, file] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
if (!name) {
    console.log(Object.keys(programs).join('\n'));
} else {
    const [start, each, end] = programs[name];
    const parts = [start];
    for (let i = 0, length = 0; length < bytes; i++) {
        const part = each(i);
        parts.push(part);
        length += part.length;
    }
    parts.push(end, '\n');
    writeFileSync(file, parts.join(''));
}
