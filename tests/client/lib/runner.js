'use strict';
// What of GitHub's runner a composite action sees: expressions, the environment of a step, the files that it writes to,
// and a cache. Source: docs.github.com, "Metadata syntax", "Contexts", "Variables"; actions/runner, ScriptHandler.cs.

const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const YAML = require('yaml');

// The few expressions that action.yml and the examples have: a || b, a && b, a == b, a != b, always(), 'text', a.b.c.
function evaluate(expression, context) {
    const text = expression.trim();
    for (const [operator, apply] of [
        ['||', (a, b) => a() || b()], ['&&', (a, b) => a() && b()],
        ['==', (a, b) => String(a()) === String(b())], ['!=', (a, b) => String(a()) !== String(b())],
    ]) {
        const at = text.indexOf(operator);
        if (at >= 0)
            return apply(() => evaluate(text.slice(0, at), context), () => evaluate(text.slice(at + 2), context));
    }
    if (text === 'always()') return true;
    if (/^'[^']*'$/.test(text)) return text.slice(1, -1);
    if (!/^[a-z_][\w-]*(\.[\w-]+)*$/i.test(text)) throw new Error(`expression: ${expression}`);
    return text.split('.').reduce((value, key) => (value == null ? '' : value[key] ?? ''), context);
}

const expand = (text, context) => String(text).replace(/\$\{\{(.*?)\}\}/g, (_, inner) => String(evaluate(inner, context)));

// NAME=value, or NAME<<END, lines, END.
function parseOutputs(text) {
    const outputs = {};
    const lines = text.split('\n');
    while (lines.length) {
        const line = lines.shift();
        const block = /^([^=<]+)<<(.+)$/.exec(line);
        if (block) outputs[block[1]] = lines.splice(0, lines.indexOf(block[2]) + 1).slice(0, -1).join('\n');
        else if (line) outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
    return outputs;
}

// Runs the action in folder `action` for one job. `job`: workspace, event, eventName, inputs, path, temp, cache (a folder).
// Returns the status of the first step that fails, all that was printed, the summary, the outputs, and what each step did.
function runAction(action, job) {
    const file = YAML.parse(fs.readFileSync(path.join(action, 'action.yml'), 'utf8'));
    const inputs = Object.fromEntries(Object.entries(file.inputs).map(([name, input]) =>
        [name, name in job.inputs ? String(job.inputs[name]) : input.default]));
    const context = { inputs, steps: {}, github: { event: job.event, event_name: job.eventName } };
    const result = { status: 0, log: '', summary: '', steps: [] };
    const saved = [];
    fs.mkdirSync(job.temp, { recursive: true });
    const eventPath = path.join(job.temp, 'event.json');
    fs.writeFileSync(eventPath, JSON.stringify(job.event));
    for (const step of file.runs.steps) {
        if (result.status !== 0 || (step.if && !evaluate(step.if, context))) continue;
        result.steps.push(step.id);
        if (step.uses) useCache(step, context, job, saved);
        else runStep(step, { action, job, context, result, eventPath });
    }
    for (const { folder, kept } of saved) if (result.status <= 1) fs.cpSync(folder, kept, { recursive: true });
    result.outputs = Object.fromEntries(Object.entries(file.outputs).map(([name, output]) => [name, expand(output.value, context)]));
    return result;
}

// actions/cache: brings the folder if the key is known, else keeps it at the job's end.
function useCache(step, context, job, saved) {
    if (!/^actions\/cache@/.test(step.uses)) throw new Error(`uses: ${step.uses}`);
    const folder = expand(step.with.path, context);
    const kept = path.join(job.cache, expand(step.with.key, context));
    if (fs.existsSync(kept)) fs.cpSync(kept, folder, { recursive: true });
    else saved.push({ folder, kept });
}

function runStep(step, { action, job, context, result, eventPath }) {
    if (step.shell !== 'bash') throw new Error(`shell: ${step.shell}`);
    const names = { GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary', GITHUB_ENV: 'env', GITHUB_PATH: 'path' };
    const files = Object.fromEntries(Object.entries(names).map(([variable, name]) => [variable, path.join(job.temp, name)]));
    Object.values(files).forEach((name) => fs.writeFileSync(name, ''));
    const script = path.join(job.temp, 'step.sh');
    fs.writeFileSync(script, expand(step.run, context));
    const own = Object.fromEntries(Object.entries(step.env || {}).map(([name, value]) => [name, expand(value, context)]));
    const run = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
        cwd: job.workspace, encoding: 'utf8',
        env: {
            ...process.env, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_ACTION_PATH: action, GITHUB_WORKSPACE: job.workspace,
            GITHUB_EVENT_PATH: eventPath, GITHUB_EVENT_NAME: job.eventName, RUNNER_TEMP: job.temp, RUNNER_OS: 'Linux',
            PATH: job.path, ...job.environment, ...files, ...own,
        },
    });
    context.steps[step.id] = { outputs: parseOutputs(fs.readFileSync(files.GITHUB_OUTPUT, 'utf8')) };
    result.summary += fs.readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
    result.log += run.stdout + run.stderr;
    result.status = run.status;
}

module.exports = { evaluate, expand, parseOutputs, runAction };
