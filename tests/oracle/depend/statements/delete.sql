DELETE FROM shop_orders.orders;

DELETE FROM shop_orders.orders o WHERE o.id = 1 RETURNING *;

DELETE FROM shop_orders.orders USING billing.invoices WHERE invoices.order_id = orders.id;

DELETE FROM shop_orders.orders AS o USING billing.invoices AS i, billing.payments p
WHERE i.order_id = o.id AND p.invoice_id = i.id;

DELETE FROM shop_orders.orders o USING billing.invoices i LEFT JOIN billing.accounts a ON a.id = i.account_id
WHERE i.order_id = o.id RETURNING o.id, a.id;

DELETE FROM shop_orders.orders a USING shop_orders.orders b WHERE a.id > b.id;

DELETE FROM shop_orders.orders WHERE id IN (SELECT order_id FROM billing.unpaid) RETURNING (SELECT max(id) FROM t);

DELETE FROM shop_orders.orders o WHERE NOT EXISTS (SELECT FROM shop_orders.customers c WHERE c.id = o.customer_id);

DELETE FROM ONLY shop_inventory.products;

DELETE FROM shop_inventory.products * USING ONLY shop_inventory.gift_cards g;

DELETE FROM t USING u AS t2, (SELECT id FROM notes) AS u WHERE t2.id = t.id;

DELETE FROM t USING LATERAL (SELECT id FROM public.t) s;

DELETE FROM t WHERE CURRENT OF some_cursor RETURNING a;

DELETE FROM t AS recent USING recent AS t WHERE t.id = recent.id;

WITH x AS (SELECT id FROM u) DELETE FROM t USING x WHERE x.id = t.id RETURNING (SELECT count(*) FROM x), (SELECT 1 FROM notes);

WITH RECURSIVE x AS (SELECT id FROM u UNION SELECT id FROM x) DELETE FROM t WHERE id IN (SELECT id FROM x);

DELETE FROM recent WHERE id = (WITH recent AS (SELECT 1 AS id) SELECT id FROM recent);

DELETE FROM desk.recent USING recent AS r WHERE r.id = recent.id;

DELETE FROM shop_orders.events_2025;

DELETE FROM shop_orders.open_orders WHERE total = (SELECT min(total) FROM shop_orders.big_open_orders);

DELETE FROM "Quoted Schema"."a.b" USING "Quoted Schema"."say ""hi""" AS x;

DELETE FROM billing.ledger USING ROWS FROM (generate_series(1, 2), unnest(ARRAY(SELECT id FROM u))) AS r (a, b)
WHERE ledger.id = r.b;

DELETE FROM notes WHERE ctid = ANY (ARRAY(SELECT ctid FROM notes ORDER BY id LIMIT 100 FOR UPDATE));
