INSERT INTO shop_orders.orders VALUES (1, 2, 'new');

INSERT INTO shop_orders.orders DEFAULT VALUES;

INSERT INTO shop_orders.orders (id, total) VALUES (1, 2), (2, DEFAULT), (3, (SELECT max(total) FROM billing.invoices));

INSERT INTO shop_orders.orders AS o (id) VALUES (1) RETURNING o.id, o.total;

INSERT INTO shop_orders.orders (id, customer_id) SELECT id, account_id FROM billing.invoices;

INSERT INTO shop_orders.orders (id) TABLE "Quoted Schema"."a.b";

INSERT INTO shop_orders.orders (id) (SELECT id FROM t);

INSERT INTO shop_orders.orders (id) (((SELECT id FROM t ORDER BY id)) LIMIT 1);

INSERT INTO shop_orders.customers (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'x');

INSERT INTO shop_orders.customers (name) OVERRIDING USER VALUE SELECT name FROM u;

INSERT INTO billing.payments (id, amount) OVERRIDING USER VALUE VALUES (7, 3.5) RETURNING *;

INSERT INTO shop_inventory.stock VALUES (1, 1, 1) ON CONFLICT DO NOTHING;

INSERT INTO shop_inventory.stock (product_id, warehouse_id, quantity) VALUES (1, 1, 1)
ON CONFLICT (product_id, warehouse_id) DO UPDATE SET quantity = stock.quantity + excluded.quantity;

INSERT INTO shop_inventory.stock AS s (product_id, warehouse_id) VALUES (1, 1)
ON CONFLICT (product_id, warehouse_id) DO UPDATE SET quantity = (SELECT sum(quantity) FROM shop_orders.order_items)
WHERE s.quantity < (SELECT max(quantity) FROM shop_inventory.moves);

INSERT INTO shop_inventory.stock (product_id, warehouse_id) SELECT p.id, w.id
FROM shop_inventory.products p CROSS JOIN shop_inventory.warehouses w
ON CONFLICT (product_id, warehouse_id) DO UPDATE SET (quantity, reserved) = (SELECT a, b FROM t LIMIT 1)
RETURNING (SELECT name FROM u LIMIT 1);

INSERT INTO billing.payments (invoice_id) SELECT id FROM billing.unpaid
ON CONFLICT ON CONSTRAINT payments_once DO UPDATE SET amount = EXCLUDED.amount RETURNING id;

INSERT INTO shop_orders.customers (name, email) VALUES ('x', 'y')
ON CONFLICT (email) WHERE email IS NOT NULL DO NOTHING;

INSERT INTO tickets (id) SELECT o.id FROM shop_orders.orders o WHERE NOT EXISTS (SELECT FROM tickets t WHERE t.order_id = o.id);

INSERT INTO tickets SELECT FROM shop_orders.orders;

INSERT INTO tickets (id) VALUES (nextval('ticket_number')) RETURNING id;

INSERT INTO tickets (id, labels[1], labels[2]) VALUES (1, 'a', (SELECT name FROM t LIMIT 1));

INSERT INTO billing.invoices (id, price.amount, price.currency) VALUES (1, (SELECT max(total) FROM shop_orders.orders), 'EUR');

INSERT INTO tickets (id, extra['a']) VALUES (1, '1');

INSERT INTO tickets (id) VALUES (1) RETURNING (SELECT count(*) FROM notes), EXISTS (SELECT FROM u) AS "exists";

INSERT INTO tickets (id) VALUES (1) RETURNING tickets.id, tickets;

-- WITH before INSERT, and inside its query.
WITH x AS (SELECT id FROM shop_orders.orders) INSERT INTO tickets (id) SELECT id FROM x;

INSERT INTO tickets (id) WITH x AS (SELECT id FROM shop_orders.orders) SELECT id FROM x;

WITH x AS (SELECT id FROM shop_orders.orders) INSERT INTO tickets (id) WITH y AS (SELECT x.id FROM x, billing.ledger
    WHERE x.id = ledger.id) SELECT * FROM y;

WITH x AS (SELECT id FROM shop_orders.orders)
INSERT INTO tickets (id) WITH x AS (SELECT id FROM x) SELECT * FROM x;

WITH recent AS (SELECT 1 AS id) INSERT INTO tickets (id) WITH recent AS (SELECT id FROM t) TABLE recent;

INSERT INTO tickets (id) WITH recent AS (SELECT id FROM recent) TABLE recent
ON CONFLICT (id) DO UPDATE SET state = (SELECT name FROM totals LIMIT 1);

WITH x AS (SELECT 1 AS id) INSERT INTO tickets (id) VALUES ((SELECT id FROM x)) ON CONFLICT (id) DO UPDATE
SET order_id = (SELECT id FROM x) WHERE tickets.id IN (SELECT id FROM t) RETURNING (SELECT id FROM x);

-- The CTE of the inner WITH is unknown to RETURNING, so that the table is meant.
INSERT INTO tickets (id) WITH recent AS (SELECT id FROM t) SELECT id FROM recent
RETURNING (SELECT max(id) FROM recent);

-- And the one of the outer WITH is known.
WITH recent AS (SELECT id FROM t) INSERT INTO tickets (id) SELECT id FROM u RETURNING (SELECT max(id) FROM recent);

INSERT INTO shop_orders.events VALUES (1, 1, '2025-02-02');

INSERT INTO shop_orders.events_2026 SELECT * FROM shop_orders.events_2025;

INSERT INTO "Quoted Schema"."Mixed Case" (id, "Some Column") VALUES (1, 'INSERT INTO billing.invoices VALUES (1);');

INSERT INTO "order" (id, "from", "to") SELECT id, name, name FROM "user";

INSERT INTO notes (id, body) VALUES (1, $$SELECT * FROM billing.invoices; -- no statement$$);

INSERT INTO shop_orders.open_orders (id, total) VALUES (1, 2);

INSERT INTO shop_inventory.gift_cards (id, sku, name, face_value) SELECT id, sku, name, 10 FROM ONLY shop_inventory.products;

INSERT INTO desk.recent AS "shop_orders.orders" (id) VALUES (1) RETURNING "shop_orders.orders".id;

INSERT INTO recent AS totals (id) SELECT max(id) FROM totals RETURNING totals.id;
