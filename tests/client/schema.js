'use strict';
// good/* must fit the schema; bad/* must not, but for bad/semantic-*: what a schema cannot say. BINARY takes the former and
// refuses the latter.
//
//   schema.js BINARY [--verbose]

const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const Ajv = require('ajv/dist/2020').default;
const yaml = require('yaml');

const binary = path.resolve(process.argv[2]);
const fixtures = 'tests/fixtures/manifest';
const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'ringfence-schema-'));
const schema = JSON.parse(fs.readFileSync('schema/ringfence.schema.json', 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
const validate = ajv.compile(schema);

// A strict UTF-8 decoder: the manifest's encoding is part of its validity.
function parse(file) {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(file));
    if (text.includes('\0')) {
        throw new Error('NUL byte');
    }
    const document = yaml.parseDocument(text, { merge: true, version: '1.2', uniqueKeys: true });
    const problem = document.errors[0] || document.warnings[0];
    if (problem) {
        throw problem;
    }
    return document.toJS();
}

function problems(file) {
    try {
        const model = parse(file);
        return validate(model) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
    } catch (error) {
        return [String(error.message).split('\n')[0]];
    }
}

// What the binary makes of the manifest, over a folder without files.
function isTaken(file) {
    const run = spawnSync(binary, ['check', '--manifest', file, '--root', empty], { encoding: 'utf8' });
    if (![0, 1, 2].includes(run.status)) throw new Error(`${file}: exit status ${run.status}\n${run.stderr}`);
    return run.status !== 2; // an exception whose day has passed is a finding
}

function list(folder) {
    const names = fs.readdirSync(path.join(fixtures, folder)).sort();
    return names.filter((name) => /\.(ya?ml|json)$/.test(name)).map((name) => path.join(fixtures, folder, name));
}

// [file, does it fit the schema, does the binary take it]
const expectations = [
    ...list('good').map((file) => [file, true, true]),
    ...list('bad').map((file) => [file, path.basename(file).startsWith('semantic-'), false]),
    ['examples/shop/ringfence.yaml', true, true],
];

let failures = 0;
let checks = 0;
for (const [file, expected, taken] of expectations) {
    const found = problems(file);
    checks += 2;
    if (isTaken(file) !== taken) {
        failures++;
        console.error(`${file}: expected to be ${taken ? 'taken' : 'refused'} by ${binary}`);
    }
    if ((found.length === 0) !== expected) {
        failures++;
        console.error(`${file}: expected to be ${expected ? 'valid' : 'invalid'}`);
        found.forEach((problem) => console.error(`    ${problem}`));
    } else if (process.argv.includes('--verbose')) {
        console.log(`${file}: ${found[0] || 'valid'}`);
    }
}

// Every rule has a page; every page's rule can be set.
const pages = fs.readdirSync('rules').filter((name) => name.endsWith('.md'));
for (const id of pages.map((name) => path.basename(name, '.md'))) {
    checks++;
    if (!schema.$defs.ruleId.enum.includes(id)) {
        failures++;
        console.error(`schema: the rule ${id} is missing`);
    }
}
for (const kind of [(it) => it[2], (it) => it[1] && !it[2], (it) => !it[1]]) {
    checks++;
    if (expectations.filter(kind).length < 5) {
        failures++;
        console.error('there are too few manifests of a kind to tell anything');
    }
}
fs.rmSync(empty, { recursive: true });
console.log(`${expectations.length} manifests`);
console.log(`${checks - failures} passed, ${failures} failed`);
process.exit(failures ? 1 : 0);
