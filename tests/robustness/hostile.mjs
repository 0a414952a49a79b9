// Prints hostile SQL: hostile.mjs NAME [SCALE]. Sizes are divided by SCALE.
import fs from 'node:fs';

const scale = Number(process.argv[3] || 1);
const times = (count, text) => text.repeat(Math.ceil(count / scale));
const nested = (count, open, middle, close) => times(count, open) + middle + times(count, close);
// The rows of an INSERT, in pieces that are no longer than a string may be.
function* rows(bytes) {
    yield "INSERT INTO b.t VALUES (1, 'x')";
    const piece = ",(1,'abcdefghijklmnop')".repeat(10000);
    for (let written = 0; written < bytes / scale; written += piece.length) yield piece;
    yield ';\n';
}
function* blanks(bytes) {
    const piece = '-- nothing to see here\n'.repeat(100000);
    for (let written = 0; written < bytes / scale; written += piece.length) yield piece;
}

const inputs = {
    terms: () => `SELECT ${times(100000, '1+')}1;\n`,
    'more-terms': () => `SELECT ${times(200000, '1+')}1;\n`,
    parentheses: () => `SELECT ${nested(50000, '(', '1', ')')};\n`,
    arrays: () => `SELECT ${nested(50000, 'ARRAY[', '1', ']')};\n`,
    cases: () => `SELECT ${nested(50000, 'CASE WHEN true THEN ', '1', ' END')};\n`,
    subselects: () => `SELECT * FROM ${nested(20000, '(SELECT * FROM ', 'b.t', ') x')};\n`,
    'scalar-subselects': () => `SELECT ${nested(20000, '(SELECT ', '1', ')')};\n`,
    calls: () => `SELECT ${nested(50000, 'f(', '1', ')')};\n`,
    nots: () => `SELECT ${times(100000, 'NOT ')}true;\n`,
    casts: () => `SELECT 1${times(100000, '::int')};\n`,
    ands: () => `SELECT true${times(100000, ' AND x = 1')};\n`,
    blocks: () => `DO $$ BEGIN ${nested(50000, 'BEGIN ', 'NULL;', ' END;')} END $$;\n`,
    bodies: () => {
        let body = 'SELECT 1';
        for (let i = 0; i < 200; i++) body = `DO $t${i}$ BEGIN ${body}; END $t${i}$`;
        return `${body};\n`;
    },
    with: () => `WITH ${times(20000, 'c AS (SELECT 1), ')}d AS (SELECT 1) SELECT 1;\n`,
    comments: () => `${nested(100000, '/*', ' ', '*/')} SELECT 1;\n`,
    tiny: () => times(1000000, 'SELECT 1;\n'),
    semicolons: () => `${times(1000000, ';')}\n`,
    backslashes: () => `${times(100000, '\\echo x\n')}`,
    'open-copies': () => times(50000, 'COPY b.t FROM stdin;\n1\n'),
    insert: () => rows(100e6),
    joins: () => `SELECT 1 FROM a.t${times(50000, ' JOIN b.t ON true')};\n`,
    union: () => `${times(100000, 'SELECT 1 FROM b.t\nUNION ALL ')}SELECT 1;\n`,
    columns: () => `SELECT ${times(200000, 'x.y, ')}1;\n`,
    identifier: () => `SELECT * FROM b.${times(1000000, 'x')};\n`,
    'dotted-name': () => `SELECT * FROM b${times(100000, '.x')};\n`,
    'quotes-in-quotes': () => `SELECT '${times(1000000, "''")}', E'${times(1000000, "\\'")}', "${times(1000000, '""')}";\n`,
    'nul-early': () => 'SELECT \0 1;\n',
    'nul-late': () => `${' '.repeat(9000)}\nSELECT \0 1;\n`,
    latin1: () => Buffer.from("SELECT '\xe9' FROM b.\"caf\xe9\";\n", 'latin1'),
    utf16: () => Buffer.from('\ufeffSELECT 1;\nSELECT * FROM b.last;\n', 'utf16le'),
    'utf16-unmarked': () => Buffer.from('SELECT 1;\n', 'utf16le'),
    'placeholders': () => `INSERT INTO b.t VALUES ${times(300000, '(1, ?), ')}(2, ?);\n`,
    'bad-placeholders': () => times(5000, 'SELECT a FROM b.t WHERE c = :x AND d[:y] ,,;\n'),
    'holes': () => `SELECT ${times(100000, '{{x}} ')};\n`,
    'hole-quotes': () => `SELECT ${times(300000, "{{'}} ")};\n`,
    'hole-strings': () => `SELECT ${times(300000, "'{{a'b}}'")};\n`,
    'holes-unclosed': () => `SELECT ${times(1000000, '{{ ')};\n`,
    'operators': () => `SELECT a ${times(300000, '<% b ')};\n`,
    'template-ifs': () => `SELECT ${times(100000, '{% if a %} x {% else %} y ')};\n`,
    'psql-ifs': () => times(300000, '\\if x\n'),
    'psql-values': () => `\\set a '${times(6000, 'SELECT 1;')}'\n${times(100000, ':a\n')};\n`,
    'psql-set': () => `\\set a ${times(60000, 'x')}\n${times(300000, '\\set b :a\n')}`,
    'psql-circle': () => `\\set a ':a:a:a:a'\n:a;\n`,
    'include-circle': () => times(3000, '\\i input.sql\n'),
    'markers': () => times(300000, '-- name: a\nSELECT 1\n') + ';',
    'quote-open': () => "SELECT 'abc;\n",
    'escape-open': () => "SELECT E'abc\\';\n",
    'name-open': () => 'SELECT "abc;\n',
    'dollar-open': () => 'SELECT $x$abc;\n',
    'parenthesis-open': () => 'SELECT (1;\nSELECT 2;\n',
    'atomic-open': () => 'CREATE FUNCTION a.f() RETURNS int BEGIN ATOMIC SELECT 1;\n',
    binary: () => Buffer.from(Array.from({ length: 100000 }, (_, i) => (i * 2654435761) >>> 24)),
    comment: () => blanks(500e6),
};

// As one text or in pieces; behind all but those that end in a quote stands a statement that must be found.
const made = inputs[process.argv[2]]();
for (const piece of typeof made === 'string' || Buffer.isBuffer(made) ? [made] : made) fs.writeSync(1, piece);
if (!/-open$|^utf16|^binary$|^nul-early$/.test(process.argv[2])) fs.writeSync(1, 'SELECT * FROM b.last;\n');
