// Writes a repository with one script of 100,000 lines of joins inside of one service to a folder.
import { writeFileSync } from 'node:fs';

const folder = process.argv[2];
writeFileSync(`${folder}/ringfence.yaml`, 'version: 1\nservices:\n  shop:\n    paths: ["**"]\n    owns:\n      - schema: shop\n');
let sql = '';
for (let i = 0; i < 10000; i++) {
    sql += `SELECT o.id, o.placed_at, c.name, sum(l.quantity * p.price) AS total_${i}
FROM shop.orders_${i % 97} AS o
JOIN shop.customers AS c ON c.id = o.customer_id AND c.active
LEFT JOIN shop.order_lines AS l ON l.order_id = o.id
LEFT JOIN shop.products AS p ON p.id = l.product_id
JOIN (SELECT country_id, count(*) AS n FROM shop.addresses GROUP BY country_id) AS a ON a.country_id = c.country_id
WHERE o.placed_at > now() - interval '${i % 30} days' AND p.kind IN ('a', 'b', 'c')
  AND EXISTS (SELECT 1 FROM shop.payments AS y WHERE y.order_id = o.id AND y.state = 'paid')
GROUP BY o.id, o.placed_at, c.name
ORDER BY total_${i} DESC LIMIT 100;
`;
}
writeFileSync(`${folder}/joins.sql`, sql);
