'use strict';
// good/* must fit the schema; bad/* must not, but for bad/semantic-*: what a schema cannot say.

const fs = require('fs');
const path = require('path');
const Ajv = require('ajv/dist/2020').default;
const yaml = require('yaml');

const fixtures = 'tests/fixtures/manifest';
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

function list(folder) {
    const names = fs.readdirSync(path.join(fixtures, folder)).sort();
    return names.filter((name) => /\.(ya?ml|json)$/.test(name)).map((name) => path.join(fixtures, folder, name));
}

const expectations = [
    ...list('good').map((file) => [file, true]),
    ...list('bad').map((file) => [file, path.basename(file).startsWith('semantic-')]),
    ...['examples/shop/ringfence.yaml'].filter((file) => fs.existsSync(file)).map((file) => [file, true]),
];

let failures = 0;
for (const [file, expected] of expectations) {
    const found = problems(file);
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
    if (!schema.$defs.ruleId.enum.includes(id)) {
        failures++;
        console.error(`schema: the rule ${id} is missing`);
    }
}
console.log(`schema: ${expectations.length} manifests, ${failures} failures`);
process.exit(failures ? 1 : 0);
