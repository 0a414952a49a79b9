// Writes one long JavaScript file of a kind and a size in MB: a minified bundle with a query in it, one literal on one
// line, statements by the thousand, and short strings in one array.
import { writeFileSync } from 'node:fs';

const [kind, size, path] = [process.argv[2], Number(process.argv[3]) * 1e6, process.argv[4]];
const kinds = {
    bundle: {
        start: 'db.query("SELECT id FROM app.things WHERE id = $1");',
        each: (i) => `function a${i}(e,t){var n=e.b[${i}]||{title:"Select an item",k:"x"+t};return n.c(t?"y":'z',/[/]"/g)}`,
    },
    line: { start: 'db.query("SELECT id FROM app.things WHERE name = \'', each: () => 'abcdefghijklmnopqrstuvwxyz ', end: '\'")' },
    statements: { start: '', each: (i) => `db.query("SELECT id FROM app.things WHERE id = ${i % 1000}");` },
    strings: { start: 'db.query("SELECT 1"); x = [', each: (i) => `"Select item ${i}","update set",`, end: ']' },
};
const { start, each, end = '\n' } = kinds[kind];
const limit = kind === 'statements' ? size / 25 : size;
const parts = [start];
for (let i = 0, length = 0; length < limit; i++) {
    const part = each(i);
    parts.push(part);
    length += part.length;
}
parts.push(end);
writeFileSync(path, parts.join(''));
