'use strict';
// Makes small repositories full of hostile names, checks them once in every format, and reads each report back as its
// reader would: the same findings must come out, and nothing else. The JSON report is the reference.

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const Ajv = require('ajv').default;

const [binary, seedText = '20240607'] = process.argv.slice(2);
const formats = ['json', 'text', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'html'];
let state = Number(seedText) >>> 0;
let passed = 0;
let seen = 0; // findings
let failed = 0;

// mulberry32
function random(below) {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
}

const pick = (list) => list[random(list.length)];

const nasty = [
    '::error::', '::stop-commands::x', '##[add-mask]secret', '%0A::error::', '%25', '%', ',', ':', '::', 'title=x',
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</details>', '</pre>', '&amp;', '&', '<', '>', '"',
    "'", ']]>', '<![CDATA[', '-->', '<!--', '`', '``', '```', '|', '\\', '\\|', '*', '**', '_', '~~', '[a](http://x)',
    '![i](j)', '[x]: y', 'http://evil.example', 'www.evil.example', 'a@b.example', '@everyone', '#1', '{0}', '{{', '}',
    '\u001b[31m', '\u001b]0;x\u0007', '\u007f', '\u0085', '\u009b31m', '\u202e', '\u2066', '\ufffe', '\uffff', '\t',
    '\r', '\n', '\b', '\u2028', 'é', '漢字', '🎉', '́', '$x$', '${{ secrets.X }}', '- ', '1. ', '# ', '    ', ' ', 'x', 'y',
];
const hostile = (most) => Array.from({ length: 1 + random(most) }, () => pick(nasty)).join('');

// A path component of at most 200 bytes, sometimes no UTF-8.
function component() {
    const text = hostile(6).replace(/[/\0]/g, '') || 'x';
    const bytes = Buffer.from(text === '.' || text === '..' ? 'x' : text).subarray(0, 200);
    return random(6) === 0 ? Buffer.concat([bytes, Buffer.from([0xff, 0xc3])]) : bytes;
}

const quoted = (name) => `"${name.replace(/"/g, '""')}"`;
// Names are cut at 63 bytes, where the cut may go through a character: PostgreSQL's own.
const tableName = () => quoted(Buffer.from(hostile(4)).subarray(0, 60).toString().replace(/\0|\ufffd/g, ''));

function statement() {
    return pick([
        () => `SELECT id FROM billing.${tableName()};`,
        () => `DELETE FROM billing.${tableName()} /* ${hostile(3).replace(/\*\/|\/\*/g, '')} */;`,
        () => `SELECT '${hostile(3).replace(/'/g, "''")}' FROM orders.a JOIN billing.${tableName()} ON true;`,
        () => `CREATE VIEW orders.${tableName()} AS SELECT * FROM billing.${tableName()};`,
        () => `SELEKT ${hostile(4)};`,
        () => `-- ringfence:allow cross-service-read reason="${hostile(4).replace(/["\n\r]/g, '')}"\nSELECT id FROM billing.${tableName()};`,
        () => `-- ringfence:allow ${hostile(2).replace(/[\n\r]/g, '')}\nSELECT 1;`,
    ])();
}

const manifest = `version: 1
services:
  orders:
    team: "@acme/<b>|\`x\`"
    paths: ["services/**"]
    owns:
      - schema: orders
  billing:
    team: "[x](http://y) {0} ::error::"
    paths: ["elsewhere/**"]
    owns:
      - schema: billing
  tools:
    paths: ["tools/**"]
    owns:
      - schema: tools
`;

function makeRepository(folder) {
    fs.writeFileSync(path.join(folder, 'ringfence.yaml'), manifest);
    for (let i = 0; i < 3; i++) {
        const parts = [Buffer.from(`${folder}/${pick(['services', 'tools', '::error::'])}/`), component()];
        fs.mkdirSync(Buffer.concat(parts), { recursive: true });
        const file = Buffer.concat([...parts, Buffer.from('/'), component(), Buffer.from('.sql')]);
        fs.writeFileSync(file, Array.from({ length: 1 + random(9) }, statement).join('\n') + '\n');
    }
}

function runAll(folder) {
    const args = ['check', '--root', '.'];
    for (const format of formats) args.push('--format', format, '--output', path.join(folder, `out.${format}`));
    const summary = path.join(folder, 'out.summary');
    fs.writeFileSync(summary, 'kept\n');
    const run = spawnSync(binary, args, { cwd: path.join(folder, 'repo'), encoding: 'utf8',
        env: { ...process.env, GITHUB_STEP_SUMMARY: summary } });
    if (run.status !== 0 && run.status !== 1) throw new Error(`exit ${run.status}: ${run.stderr}`);
    return Object.fromEntries([...formats, 'summary'].map((format) =>
        [format, fs.readFileSync(path.join(folder, `out.${format}`))]));
}

// As text_append_printable: controls, bidirectional controls become the \xNN of their bytes.
function printable(text) {
    return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (c) =>
        [...Buffer.from(c)].map((byte) => '\\x' + byte.toString(16).padStart(2, '0')).join(''));
}
const xmlCharacters = (text) => text.replace(/\ufffe/g, '\\xef\\xbf\\xbe').replace(/\uffff/g, '\\xef\\xbf\\xbf');
const markupDecoded = (text) => text.replace(/&(amp|lt|gt|quot|#39|#9);/g, (_, name) =>
    ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#9': '\t' })[name]);
// Bytes that are no UTF-8 cannot be compared: U+FFFD in JSON, \xNN elsewhere.
const comparable = (text) => !text.includes('\ufffd');

function expect(what, holds, detail) {
    if (holds) return passed++;
    failed++;
    console.log(`${what}: ${detail}`);
}
function expectEqual(what, actual, expected) {
    expect(what, actual === expected, `\n  is       ${JSON.stringify(actual)}\n  expected ${JSON.stringify(expected)}`);
}

function checkSarif(report, findings) {
    const run = JSON.parse(report).runs[0];
    const shown = run.results.filter((result) => result.suppressions.length === 0);
    expectEqual('sarif: results', shown.length, findings.length);
    shown.forEach((result, i) => {
        const finding = findings[i];
        const at = result.locations[0].physicalLocation;
        expectEqual('sarif: rule', run.tool.driver.rules[result.ruleIndex].id, finding.rule);
        expectEqual('sarif: fingerprint', result.partialFingerprints['ringfence/v1'], finding.fingerprint);
        expectEqual('sarif: region', [at.region.startLine, at.region.startColumn, at.region.endLine, at.region.endColumn].join(),
            [finding.line, finding.column, finding.end_line, finding.end_column].join());
        expect('sarif: uri', /^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$/.test(at.artifactLocation.uri), at.artifactLocation.uri);
        if (comparable(finding.path))
            expectEqual('sarif: path', decodeURIComponent(at.artifactLocation.uri), finding.path);
        if (comparable(finding.message)) expectEqual('sarif: message', sarifMessage(result.message.text, printable(finding.message)), true);
    });
}

// Braces doubled; where "](" makes links possible, brackets and backslashes escaped. Nothing may be a link or placeholder.
function sarifMessage(text, expected) {
    const first = text.split('\n')[0];
    const linked = expected.includes('](');
    const plain = linked ? first.replace(/\\([[\]\\])/g, '$1') : first;
    const links = /(^|[^\\])(\\\\)*\[([^\]\\]|\\.)*\]\(/.test(linked ? first : '');
    return plain.replace(/\{\{/g, '{').replace(/\}\}/g, '}') === expected && !links;
}

// As actions/runner, ActionCommand.TryParseV2.
function workflowCommand(line) {
    const match = /^::([^ :]+)(?: (.*?))?::(.*)$/s.exec(line.trimStart());
    if (!match) return null;
    const decode = (text, more) => more.reduce((result, [code, c]) => result.replaceAll(code, c), text);
    const data = [['%0D', '\r'], ['%0A', '\n']];
    const property = [...data, ['%3A', ':'], ['%2C', ',']];
    const properties = Object.fromEntries((match[2] || '').split(',').map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), decode(pair.slice(at + 1), [...property, ['%25', '%']])];
    }));
    return { name: match[1], properties, data: decode(match[3], [...data, ['%25', '%']]) };
}

function checkGithub(report, findings) {
    const lines = report.split('\n');
    const commands = lines.map(workflowCommand).filter(Boolean);
    const kinds = { error: 'error', warning: 'warning', info: 'notice' };
    const expected = Object.keys(kinds).flatMap((level) => findings.filter((f) => f.level === level).slice(0, 10));
    expectEqual('github: commands', commands.length, expected.length);
    expect('github: old commands', lines.every((line) => workflowCommand(line) || !line.includes('##[')), report);
    commands.forEach((command, i) => {
        const finding = expected[i];
        if (!finding) return;
        expectEqual('github: kind', command.name, kinds[finding.level]);
        expectEqual('github: properties', Object.keys(command.properties).filter((key) => !/^(col|endColumn)$/.test(key)).join(),
            'file,line,endLine,title');
        if (comparable(finding.path)) expectEqual('github: file', command.properties.file, printable(finding.path));
        if (comparable(finding.message))
            expectEqual('github: message', command.data.split('\nhelp: ')[0], printable(finding.message));
    });
}

const gitlabSchema = {
    type: 'array',
    items: {
        type: 'object',
        required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
        additionalProperties: false,
        properties: {
            description: { type: 'string', minLength: 1 },
            check_name: { type: 'string', minLength: 1 },
            fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' },
            severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
            location: {
                type: 'object',
                required: ['path', 'lines'],
                properties: {
                    path: { type: 'string', not: { pattern: '^\\./' } },
                    lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
                },
            },
        },
    },
};
const validGitlab = new Ajv().compile(gitlabSchema);

function checkGitlab(report, findings) {
    const list = JSON.parse(report);
    expect('gitlab: schema', validGitlab(list), JSON.stringify(validGitlab.errors));
    expectEqual('gitlab: fingerprints', new Set(list.map((entry) => entry.fingerprint)).size, findings.length);
    list.forEach((entry, i) => {
        expectEqual('gitlab: path', entry.location.path, findings[i].path);
        expectEqual('gitlab: description', entry.description, findings[i].message);
    });
}

function checkJunit(file, report, findings) {
    const xsd = path.join(__dirname, 'junit.xsd');
    const lint = spawnSync('xmllint', ['--noout', '--schema', xsd, file], { encoding: 'utf8' });
    expect('junit: schema', lint.status === 0, lint.stderr);
    const names = [...report.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map((match) => markupDecoded(match[2]));
    const paths = [...new Set(findings.map((finding) => finding.path))].filter(comparable);
    for (const wanted of paths.map((name) => xmlCharacters(printable(name))))
        expect('junit: file', names.includes(wanted), `${JSON.stringify(wanted)} is missing in ${JSON.stringify(names)}`);
    for (const finding of findings.filter((f) => comparable(f.message)))
        expect('junit: message', markupDecoded(report).includes(xmlCharacters(printable(finding.message))), finding.message);
}

// The tags of a page, each as "name attributes"; false when a "<" is left over.
function tags(html) {
    const found = [];
    const rest = html.replace(/<(\/?[a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*) ?\/?>/g, (_, name, attributes) => {
        found.push(name + attributes.replace(/"[^"]*"/g, ''));
        return '';
    });
    return rest.includes('<') ? [...found, `stray: ${rest.slice(rest.indexOf('<'), rest.indexOf('<') + 60)}`] : found;
}

function checkTags(what, html, allowed) {
    const names = allowed.map((tag) => '/' + tag.split(' ')[0]);
    const strange = tags(html).filter((tag) => !allowed.includes(tag) && !names.includes(tag));
    expect(`${what}: tags`, strange.length === 0, strange.join(' ; '));
}

function checkHtml(report, findings) {
    const body = report.slice(report.indexOf('<body>'));
    checkTags('html', body, ['body', 'html', 'h1', 'h2', 'h2 id=', 'p', 'b class=', 'code', 'pre', 'mark', 'ul', 'li',
        'article', 'section', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'td class=', 'th class=', 'a href=']);
    expect('html: links', [...body.matchAll(/href="([^"]*)"/g)].every((match) => /^#pair-\d+$/.test(match[1])), body);
    for (const finding of findings.filter((f) => comparable(f.message)))
        expect('html: message', markupDecoded(body).includes(xmlCharacters(printable(finding.message))), finding.message);
}

// Rendered with GitHub's own parser and extensions, HTML let through.
function checkMarkdown(report, findings) {
    const html = execFileSync('cmark-gfm', ['--unsafe', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough', '-e', 'tagfilter',
        '-e', 'tasklist'], { input: report, encoding: 'utf8' });
    checkTags('markdown', html, ['h2', 'h3', 'p', 'details', 'summary', 'ul', 'li', 'strong', 'code', 'br', 'table', 'thead', 'tbody',
        'tr', 'th', 'td', 'th align=', 'td align=']);
    expect('markdown: mentions', !/@[a-z]/i.test(html.replace(/<code>.*?<\/code>/gs, '').replace(/<summary>.*?<\/summary>/gs, '')), html);
    const text = markupDecoded(html.replace(/<[^>]*>/g, '')).replace(/\u200b/g, '');
    const squeezed = (part) => part.replace(/[ \t]+/g, ' ');
    for (const finding of findings.filter((f) => comparable(f.message)))
        expect('markdown: message', squeezed(text).includes(squeezed(printable(finding.message))), JSON.stringify(finding.message));
    for (const finding of findings.filter((f) => comparable(f.path)))
        expect('markdown: path', squeezed(text).includes(squeezed(printable(finding.path))), JSON.stringify(finding.path));
}

function checkControls(format, bytes) {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // JSON's readers are programs: there, only what JSON itself forbids is escaped.
    const json = ['json', 'sarif', 'gitlab'].includes(format);
    const bad = json ? /[\u0000-\u0009\u000b-\u001f]/ : /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
    expect(`${format}: control characters`, !bad.test(text), JSON.stringify(bad.exec(text)));
    return text;
}

// sarif-multitool: no error; the one warning it may give is about a link to the tool's home page.
function checkValidator(files) {
    const tool = path.join(process.env.NODE_PATH, '@microsoft', 'sarif-multitool-linux', 'Sarif.Multitool');
    const run = spawnSync(tool, ['validate', ...files, '--level', 'Error;Warning'], { encoding: 'utf8' });
    const complaints = run.stdout.split('\n').filter((line) => / (error|warning) /.test(line) && !line.includes('SARIF2005'));
    expect('sarif: validator', run.status === 0 && complaints.length === 0, `exit ${run.status}\n${complaints.slice(0, 5).join('\n')}`);
    expect('sarif: validator', /Analysis completed successfully/.test(run.stdout), run.stdout + run.stderr);
}

function checkRepository(folder) {
    fs.mkdirSync(path.join(folder, 'repo'));
    makeRepository(path.join(folder, 'repo'));
    const reports = runAll(folder);
    const texts = Object.fromEntries(Object.entries(reports).map(([format, bytes]) => [format, checkControls(format, bytes)]));
    const { findings } = JSON.parse(texts.json);
    seen += findings.length;
    checkSarif(texts.sarif, findings);
    checkGithub(texts.github, findings);
    checkGitlab(texts.gitlab, findings);
    checkJunit(path.join(folder, 'out.junit'), texts.junit, findings);
    checkHtml(texts.html, findings);
    checkMarkdown(texts.markdown, findings);
    expect('text: commands', !texts.text.split('\n').some((line) => line.trimStart().startsWith('::')), texts.text);
    expectEqual('summary', texts.summary, 'kept\n' + texts.markdown);
    return path.join(folder, 'out.sarif');
}

// Thousands of findings: comments and annotations have their limits.
function checkLimits(folder) {
    fs.mkdirSync(path.join(folder, 'repo/services'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'repo/ringfence.yaml'), manifest);
    const lines = Array.from({ length: 3000 }, (_, i) => `SELECT id FROM billing.t${i}; SELEKT ${i};`);
    fs.writeFileSync(path.join(folder, 'repo/services/many.sql'), lines.join('\n') + '\n');
    const reports = runAll(folder);
    const markdown = reports.markdown.toString();
    const count = (text, part) => text.split(part).length - 1;
    expect('limits: comment', markdown.length < 65536, `${markdown.length} characters`);
    expectEqual('limits: details', count(markdown, '<details>'), count(markdown, '</details>'));
    const shown = count(markdown, '\n- **');
    expect('limits: findings', shown > 100 && markdown.includes(`… and ${6000 - shown} more findings`), String(shown));
    checkMarkdown(markdown, []);
    const github = reports.github.toString();
    expectEqual('limits: errors', count(github, '::error '), 10);
    expectEqual('limits: warnings', count(github, '::warning '), 10);
    expect('limits: line', github.includes('no more than 10 of a kind: 2990 more errors, 2990 more warnings\n'), github.slice(-400));
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'ringfence-reports-'));
try {
    const files = [];
    for (let i = 0; i < 24; i++) {
        const folder = path.join(scratch, String(i));
        fs.mkdirSync(folder);
        files.push(checkRepository(folder));
    }
    fs.mkdirSync(path.join(scratch, 'limits'));
    checkLimits(path.join(scratch, 'limits'));
    checkValidator(files);
    expect('there is something to read', seen > 100, `${seen} findings`);
} finally {
    fs.rmSync(scratch, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed (seed ${seedText})`);
process.exitCode = failed ? 1 : 0;
