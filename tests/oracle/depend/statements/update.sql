UPDATE shop_orders.orders SET status = 'done';

UPDATE shop_orders.orders SET status = DEFAULT WHERE id = 3;

UPDATE shop_orders.orders AS o SET status = 'x' WHERE o.total > 1 RETURNING o.*;

UPDATE shop_orders.orders o SET total = (SELECT sum(quantity * price) FROM shop_orders.order_items i WHERE i.order_id = o.id);

UPDATE shop_orders.orders SET (status, total) = (SELECT status, total FROM billing.invoices i WHERE i.order_id = orders.id);

UPDATE shop_orders.orders SET (status, total) = ROW('x', (SELECT max(total) FROM billing.invoices));

UPDATE shop_orders.orders SET (status, total) = (DEFAULT, 1), currency = (SELECT name FROM t LIMIT 1);

UPDATE shop_orders.orders SET (status) = (SELECT name FROM t LIMIT 1);

UPDATE shop_orders.orders SET (status, currency) = (SELECT name, name FROM t LIMIT 1),
    (total, placed) = (SELECT total, issued FROM billing.invoices LIMIT 1);

UPDATE shop_orders.orders SET status = i.status FROM billing.invoices i WHERE i.order_id = orders.id;

UPDATE shop_orders.orders o SET total = p.amount
FROM billing.invoices i JOIN billing.payments p ON p.invoice_id = i.id LEFT JOIN billing.accounts a ON a.id = i.account_id
WHERE i.order_id = o.id RETURNING o.id, p.amount, (SELECT count(*) FROM billing.ledger);

UPDATE shop_orders.orders o SET total = x.total FROM (SELECT order_id, sum(total) AS total FROM billing.invoices GROUP BY 1) x
WHERE x.order_id = o.id;

UPDATE shop_orders.orders o SET total = v.total FROM (VALUES (1, 10.0), (2, (SELECT max(total) FROM billing.invoices)))
    AS v (id, total) WHERE v.id = o.id;

UPDATE shop_orders.orders a SET total = b.total FROM shop_orders.orders b WHERE a.id = b.id + 1;

UPDATE t SET a = u.c FROM u, notes WHERE u.id = t.id;

UPDATE t SET a = u.a FROM public.t AS u;

UPDATE desk.t SET a = o.a FROM public.t o WHERE t.id = o.id;

UPDATE t AS u SET a = t.c FROM u AS t WHERE u.id = t.id;

UPDATE ONLY shop_inventory.products SET price = 1;

UPDATE shop_inventory.products * SET price = 1 FROM ONLY shop_inventory.gift_cards g WHERE g.id = products.id;

UPDATE ONLY (shop_inventory.products) p SET price = 2;

UPDATE tickets SET labels[1] = 'x', extra['a'] = '1', labels[2:3] = ARRAY(SELECT name FROM t);

UPDATE billing.invoices SET price.amount = (SELECT max(total) FROM shop_orders.orders);

UPDATE shop_orders.customers SET home.city = 'x' WHERE (home).country IN (SELECT city FROM shop_inventory.warehouses);

WITH x AS (SELECT id FROM t) UPDATE u SET a = 1 FROM x WHERE x.id = u.id;

WITH x AS (SELECT id FROM t) UPDATE u SET a = (SELECT max(id) FROM x) RETURNING (SELECT min(id) FROM x);

WITH recent AS (SELECT * FROM recent) UPDATE desk.recent SET total = r.total FROM recent r;

UPDATE recent SET total = (WITH recent AS (SELECT a FROM t) SELECT max(a) FROM recent);

UPDATE t SET a = 1 FROM LATERAL (SELECT id FROM u) AS x, generate_series(1, 3) AS notes;

UPDATE t SET a = 1 WHERE CURRENT OF some_cursor;

UPDATE t SET a = 1 WHERE id IN (SELECT id FROM u FOR UPDATE SKIP LOCKED);

UPDATE shop_orders.events SET payload = '{}' WHERE happened > '2025-01-01';

UPDATE shop_orders.open_orders SET total = 0;

UPDATE "Quoted Schema"."Mixed Case" SET "Some Column" = (SELECT some_column FROM "Quoted Schema".mixed_case LIMIT 1);

UPDATE tickets SET body = 'UPDATE billing.invoices SET total = 0' || E'\' ; DELETE FROM billing.ledger; --';

UPDATE tickets t SET state = CASE WHEN EXISTS (SELECT FROM notes n WHERE n.ticket_id = t.id) THEN 'a' ELSE
    (SELECT status FROM shop_orders.orders o WHERE o.id = t.order_id) END WHERE t.order_id = ANY (
    ARRAY(SELECT id FROM shop_orders.open_orders)) AND (t.id, 1) IN (SELECT id, a FROM u);
