// Writes a repository with N services (N tables and globs times 20) and 60,000 statements to a folder.
import { mkdirSync, writeFileSync } from 'node:fs';

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
const tables = 20;
mkdirSync(`${folder}/services`, { recursive: true });

let manifest = 'version: 1\nservices:\n';
for (let i = 0; i < count; i++) {
    manifest += `  service_${i}:\n    paths: ["services/service_${i}/**"]\n    roles: { owner: owner_${i}, app: [app_${i}], readonly: [ro_${i}] }\n    owns:\n      - schema: schema_${i}\n`;
    for (let j = 0; j < tables - 1; j++) {
        const table = j % 4 === 0 ? `g${i}_${j}_*` : `t${i}_${j}`;
        manifest += `      - table: public.${table}\n`;
    }
}
writeFileSync(`${folder}/ringfence.yaml`, manifest);
// The same manifest where nothing else is read.
mkdirSync(`${folder}-empty`);
writeFileSync(`${folder}-empty/ringfence.yaml`, manifest);
writeFileSync(`${folder}-empty/empty.sql`, '-- ringfence:service service_0\nSELECT 1;\n');

// The same statements for any N: services 0 to 9 only.
for (let i = 0; i < 10; i++) {
    mkdirSync(`${folder}/services/service_${i}`, { recursive: true });
    let sql = '';
    for (let k = 0; k < 6000; k++) {
        sql += `SELECT a.id, b.name FROM public.t${i}_${1 + (k % 3)} a JOIN public.g${i}_4_x${k} b ON a.id = b.id` +
            ` WHERE a.id IN (SELECT id FROM schema_${i}.part_${k});\n`;
    }
    writeFileSync(`${folder}/services/service_${i}/queries.sql`, sql);
}
