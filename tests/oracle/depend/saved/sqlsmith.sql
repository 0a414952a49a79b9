-- Statements of sqlsmith's kind that were once understood in another way than PostgreSQL does, or that are near to one
-- that was: small, with a word on what went wrong. They are asked about before any random one.

-- A constant that is cast to json was taken for the name of a text search configuration.
SELECT ts_headline(cast('{"a": "shop_orders.orders"}' AS json), cast('a' AS tsquery)) AS c0,
    to_tsvector(cast('{"a": "x"}' AS jsonb)) AS c1
FROM shop_inventory.products AS ref_0;

-- The same for values of other types where a name may stand as well.
SELECT ts_headline(cast('simple' AS text), cast('b' AS tsquery)) AS c0,
    pg_catalog.to_tsquery(cast('a & b' AS text)) AS c1
FROM desk.notes AS ref_0 WHERE ref_0.id IS NOT NULL LIMIT 41;

-- An alias that is a table's name, in the subquery of a lateral join.
SELECT subq_0.c0, orders.status
FROM shop_orders.orders AS orders,
    LATERAL (SELECT orders.id AS c0, ref_1.amount AS c1
        FROM billing.payments AS ref_1 TABLESAMPLE SYSTEM (6.9)
        WHERE ref_1.invoice_id = orders.id LIMIT 73) AS subq_0;

-- A WITH query that hides a table from the one behind it, not from itself.
WITH invoices AS (SELECT ref_0.id AS c0 FROM billing.invoices AS ref_0 WHERE cast(null AS bool) LIMIT 12),
    jennifer_1 AS (SELECT 1 AS c0 FROM invoices AS ref_1 INNER JOIN desk.recent AS ref_2 ON true)
SELECT ref_3.c0 FROM jennifer_1 AS ref_3 WHERE EXISTS (SELECT 2 FROM invoices AS ref_4);

-- Subqueries in every corner of CASE, of LIMIT and of a window.
SELECT CASE WHEN (SELECT quantity FROM shop_inventory.stock LIMIT 1 OFFSET 3) > ref_0.id
        THEN (SELECT max(ref_1.line) FROM shop_orders.order_items AS ref_1)
        ELSE cast(coalesce(ref_0.id, (SELECT 1 FROM shop_inventory.warehouses LIMIT 1)) AS int8) END AS c0,
    first_value(ref_0.subject) OVER (PARTITION BY ref_0.state
        ORDER BY (SELECT min(ref_2.id) FROM desk.notes AS ref_2 WHERE ref_2.ticket_id = ref_0.id)) AS c1
FROM desk.tickets AS ref_0
LIMIT (SELECT count(*) FROM billing.ledger);

-- A join whose condition holds a query, under a right and a full one.
SELECT ref_0.id AS c0
FROM (shop_orders.customers AS ref_0 RIGHT JOIN billing.accounts AS ref_1
        ON EXISTS (SELECT ref_2.id FROM shop_orders.events AS ref_2 WHERE ref_0.id = ref_2.order_id))
    FULL JOIN (SELECT ref_3.city AS c0 FROM shop_inventory.warehouses AS ref_3) AS subq_0
        ON (subq_0.c0 IS NOT NULL);

-- Values of an INSERT, with a query among them, and what it returns.
INSERT INTO desk.recent (id, total, name)
VALUES (cast((SELECT max(id) FROM shop_orders.orders) AS int8),
    CASE WHEN true THEN 1.5 ELSE cast(null AS "numeric") END,
    (SELECT ref_0.name FROM shop_inventory.products AS ref_0 WHERE ref_0.id = 7 LIMIT 1))
RETURNING desk.recent.id AS c0, (SELECT 1 FROM billing.unpaid LIMIT 1) AS c1;

-- A view in the USING of a DELETE, the target under another table's name.
DELETE FROM desk.notes AS tickets
USING shop_orders.open_orders AS ref_0
WHERE tickets.id = ref_0.id AND EXISTS (SELECT 1 FROM shop_inventory.available AS ref_1 LIMIT 14)
RETURNING tickets.body AS c0;

-- An UPDATE whose target is read again under FROM, with a ROW of queries.
UPDATE billing.accounts AS target_0
SET balance = ref_0.balance, customer_id = (SELECT ref_1.id FROM shop_orders.customers AS ref_1 LIMIT 1)
FROM billing.accounts AS ref_0 LEFT JOIN shop_orders."OrderNotes" AS ref_2 ON (ref_0.id = 3)
WHERE (ref_0.id, target_0.id) IN (SELECT ref_3.from_warehouse, ref_3.to_warehouse FROM shop_inventory.moves AS ref_3);

-- ON CONFLICT, with a query in what it does.
INSERT INTO shop_inventory.warehouses AS target_0 (id, name, city)
SELECT ref_0.id, ref_0.name, cast(null AS text) FROM shop_inventory.products AS ref_0
ON CONFLICT (id) DO UPDATE SET city = (SELECT ref_1.currency FROM shop_orders.orders AS ref_1 LIMIT 1)
WHERE NOT EXISTS (SELECT 1 FROM shop_inventory.gift_cards);

-- MERGE with queries in its source, its condition and its actions.
MERGE INTO shop_inventory.stock AS target_0
USING (SELECT ref_0.product_id AS c0, count(*) AS c1 FROM shop_orders.order_items AS ref_0 GROUP BY 1) AS subq_0
ON target_0.product_id = subq_0.c0 AND EXISTS (SELECT 1 FROM shop_inventory.sellable)
WHEN MATCHED AND (SELECT true FROM desk.recent LIMIT 1) THEN DELETE
WHEN NOT MATCHED THEN INSERT (product_id, warehouse_id)
    VALUES (subq_0.c0, (SELECT min(id) FROM shop_inventory.warehouses));

-- Set operations in parentheses, under IN.
SELECT ref_0.id FROM billing.invoices AS ref_0
WHERE ref_0.order_id IN ((SELECT id FROM shop_orders.big_open_orders UNION ALL SELECT order_id FROM shop_orders.events)
    EXCEPT (SELECT customer_id FROM billing.accounts INTERSECT SELECT id FROM desk.tickets));
