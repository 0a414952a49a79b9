// Writes pg_dump's kind of script, 50 tables with so many rows each, and a manifest to a folder.
import { appendFileSync, writeFileSync } from 'node:fs';

const [rows, folder] = [Number(process.argv[2]), process.argv[3]];
const path = `${folder}/dump.sql`;
writeFileSync(`${folder}/ringfence.yaml`, 'version: 1\nservices:\n  shop:\n    paths: ["**"]\n    owns:\n      - schema: shop\n');
writeFileSync(path, "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);\n\n");
let data = '';
for (let i = 0; i < rows; i++) {
    data += `${i}\tcustomer ${i} of the shop, with a note\t2026-01-${1 + (i % 28)} 10:00:00+00\t${i % 1000}.50\tt\t\\N\n`;
}
for (let t = 0; t < 50; t++) {
    appendFileSync(path, `CREATE TABLE shop.t${t} (id bigint NOT NULL, name text, at timestamptz, total numeric, ok boolean, note text);\n` +
        `COPY shop.t${t} (id, name, at, total, ok, note) FROM stdin;\n${data}\\.\n\n`);
}
