MERGE INTO shop_inventory.stock s USING shop_inventory.moves m ON m.product_id = s.product_id
WHEN MATCHED THEN UPDATE SET quantity = s.quantity + m.quantity
WHEN NOT MATCHED THEN INSERT (product_id, warehouse_id) VALUES (m.product_id, m.to_warehouse);

MERGE INTO shop_inventory.stock USING shop_inventory.moves ON moves.product_id = stock.product_id
WHEN MATCHED THEN DELETE;

MERGE INTO shop_inventory.stock AS s USING shop_inventory.moves AS m ON m.product_id = s.product_id
WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN DO NOTHING;

MERGE INTO t USING (SELECT * FROM u WHERE a > (SELECT max(depth) FROM tree)) x ON x.id = t.id
WHEN MATCHED THEN UPDATE SET a = x.a;

MERGE INTO t USING (VALUES (1, 2), (3, (SELECT max(a) FROM u))) AS v (id, a) ON v.id = t.id
WHEN NOT MATCHED THEN INSERT (id, a) VALUES (v.id, v.a);

WITH x AS (SELECT id, a FROM u) MERGE INTO t USING x ON x.id = t.id WHEN MATCHED THEN UPDATE SET a = x.a;

WITH recent AS (SELECT id FROM u) MERGE INTO recent USING recent AS r ON r.id = recent.id
WHEN MATCHED THEN DELETE;

WITH x AS (SELECT id, name FROM recent), recent AS (SELECT id FROM x) MERGE INTO totals USING recent ON recent.id = totals.id
WHEN MATCHED AND EXISTS (SELECT FROM recent) THEN UPDATE SET total = (SELECT count(*) FROM x);

MERGE INTO t USING u ON t.id = u.id AND EXISTS (SELECT FROM notes WHERE notes.id = u.id)
WHEN MATCHED AND t.a > (SELECT max(id) FROM billing.ledger) THEN UPDATE SET (a, b) = (SELECT id, id FROM shop_orders.orders LIMIT 1)
WHEN MATCHED AND t.b = 3 THEN DELETE
WHEN MATCHED THEN DO NOTHING
WHEN NOT MATCHED AND u.a IN (SELECT id FROM billing.accounts) THEN INSERT VALUES (u.id, (SELECT count(*) FROM billing.payments))
WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;

MERGE INTO shop_orders.orders o USING shop_orders.customers c JOIN billing.accounts a ON a.customer_id = c.id ON o.customer_id = c.id
WHEN MATCHED THEN UPDATE SET total = a.balance;

MERGE INTO shop_orders.orders o USING (shop_orders.customers c LEFT JOIN billing.accounts a ON a.customer_id = c.id) ON o.customer_id = c.id
WHEN MATCHED THEN DELETE;

MERGE INTO shop_orders.customers c USING shop_orders.orders o ON o.customer_id = c.id
WHEN NOT MATCHED THEN INSERT (id, name) OVERRIDING SYSTEM VALUE VALUES (1, o.status);

MERGE INTO ONLY shop_inventory.products p USING ONLY shop_inventory.gift_cards g ON g.id = p.id
WHEN MATCHED THEN UPDATE SET price = g.face_value;

MERGE INTO t USING t AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.b;

MERGE INTO desk.t AS u USING public.t ON u.id = t.id WHEN MATCHED THEN DELETE;

MERGE INTO t USING generate_series(1, (SELECT count(*) FROM u)) AS n ON n = t.id WHEN NOT MATCHED THEN INSERT (id) VALUES (n);

MERGE INTO t USING (TABLE u) AS u ON u.id = t.id WHEN MATCHED THEN UPDATE SET a = DEFAULT;

MERGE INTO t USING (SELECT id FROM u UNION SELECT id FROM notes) AS s ON s.id = t.id WHEN MATCHED THEN DELETE;

MERGE INTO t USING (WITH recent AS (SELECT id FROM u) SELECT id FROM recent) AS s ON s.id = t.id WHEN MATCHED THEN DELETE;

MERGE INTO shop_orders.events e USING shop_orders.events_2025 f ON e.id = f.id WHEN MATCHED THEN UPDATE SET payload = f.payload
WHEN NOT MATCHED AND false THEN INSERT (id, happened) VALUES (1, now());

MERGE INTO "Quoted Schema"."Mixed Case" m USING "Quoted Schema".mixed_case l ON l.id = m.id
WHEN MATCHED THEN UPDATE SET "Some Column" = l.some_column || ';' || $q$WHEN MATCHED THEN DELETE;$q$;
