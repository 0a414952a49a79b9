// Writes a monorepo of 25,000 files to the folder argv[2]: 40 services, each with migrations, code and other files.
// 1,000 of the files are SQL.
import { mkdirSync, writeFileSync } from "node:fs";

const target = process.argv[2];
const services = 40;
const perService = { sql: 25, go: 200, ts: 200, py: 100, json: 50, md: 50 };

const name = (i) => `svc${String(i).padStart(2, "0")}`;
const line = (i, j) => `-- ${i} ${j}: what the team agreed on when this was added\n`;

const texts = {
    sql: (s, j) => j % 4
        ? `${line(s, j)}BEGIN;\nALTER TABLE ${s}.t${j - (j % 4)} ADD COLUMN c${j} text NOT NULL DEFAULT '';\n`
            + `UPDATE ${s}.t${j - (j % 4)} SET c${j} = upper(b) WHERE a > ${j};\n`
            + `CREATE INDEX t${j}_idx ON ${s}.t${j - (j % 4)} (c${j});\nCOMMIT;\n`
        : `${line(s, j)}CREATE TABLE ${s}.t${j} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n`
            + `  a integer NOT NULL,\n  b text,\n  created_at timestamptz NOT NULL DEFAULT now(),\n`
            + `  CHECK (a > 0)\n);\nCREATE FUNCTION ${s}.f${j}(x bigint) RETURNS text LANGUAGE sql AS $$\n`
            + `  SELECT b FROM ${s}.t${j} WHERE id = x\n$$;\n`
            + `INSERT INTO ${s}.t${j} (a, b) VALUES (1, 'one'), (2, 'two');\n`,
    go: (s, j) => `package ${s}\n\n`
        + Array.from({ length: 30 }, (_, k) => `func F${j}x${k}(a int) int { return a + ${k} }\n`).join(""),
    ts: (s, j) => Array.from({ length: 40 }, (_, k) => `export const v${j}_${k} = "${s} ${k}";\n`).join(""),
    py: (s, j) => Array.from({ length: 30 }, (_, k) => `def f${j}_${k}(a):\n    return a * ${k}\n\n`).join(""),
    json: (s, j) => JSON.stringify({ service: s, number: j, list: Array.from({ length: 60 }, (_, k) => k * j) }),
    md: (s, j) => `# ${s} ${j}\n\n` + "A paragraph about it.\n".repeat(40),
};

let manifest = "version: 1\nservices:\n";
for (let i = 0; i < services; i++) {
    const s = name(i);
    manifest += `  ${s}: {paths: ["services/${s}/**"], owns: [{schema: ${s}}]}\n`;
    for (const [ending, count] of Object.entries(perService)) {
        for (let j = 0; j < count; j++) {
            const folder = `${target}/services/${s}/${ending}/p${j % 10}`;
            mkdirSync(folder, { recursive: true });
            writeFileSync(`${folder}/file${j}.${ending}`, texts[ending](s, j));
        }
    }
}
writeFileSync(`${target}/ringfence.yaml`, manifest);
