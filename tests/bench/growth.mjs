// Writes a repository of `kind` files or statements, 100 or 1,000 times `size`, to a folder.
import { mkdirSync, writeFileSync } from 'node:fs';

const [kind, size, folder] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/ringfence.yaml`, 'version: 1\nservices:\n  shop:\n    paths: ["**"]\n    owns:\n      - schema: shop\n');
const statement = (i) => `SELECT o.id, c.name FROM shop.orders_${i % 50} o JOIN shop.customers c ON c.id = o.customer_id WHERE o.total > ${i};\n`;
if (kind === 'files') {
    for (let i = 0; i < size * 100; i++) {
        if (i % 100 === 0) {
            mkdirSync(`${folder}/d${i / 100}`);
        }
        writeFileSync(`${folder}/d${Math.floor(i / 100)}/f${i}.sql`, statement(i).repeat(5));
    }
} else {
    let sql = '';
    for (let i = 0; i < size * 1000; i++) {
        sql += statement(i);
    }
    writeFileSync(`${folder}/all.sql`, sql);
}
