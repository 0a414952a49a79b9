-- CTEs: what they hide, and where they do not.

WITH x AS (SELECT * FROM shop_orders.orders) SELECT * FROM x;

WITH x AS (SELECT * FROM shop_orders.orders) SELECT 1;

WITH x AS (SELECT * FROM shop_orders.orders), y AS (SELECT * FROM billing.invoices) SELECT * FROM x, y;

WITH x AS (SELECT * FROM t), y AS (SELECT * FROM x), z AS (SELECT * FROM y, u) SELECT * FROM z;

-- `recent` is a table too.
WITH recent AS (SELECT id FROM shop_orders.orders) SELECT * FROM recent;

-- A CTE's own body sees the table, if it is not recursive.
WITH recent AS (SELECT id FROM recent) SELECT * FROM recent;

WITH recent AS (SELECT id FROM recent WHERE id IN (SELECT id FROM recent)) SELECT * FROM recent r, recent s;

-- A qualified name is never a CTE.
WITH recent AS (SELECT id FROM t) SELECT * FROM desk.recent;

WITH recent AS (SELECT id FROM t) SELECT * FROM recent JOIN desk.recent AS real USING (id);

WITH orders AS (SELECT 1 AS id) SELECT * FROM shop_orders.orders;

WITH orders AS (SELECT 1 AS id) SELECT * FROM orders, public.orders AS p;

WITH orders AS (SELECT id FROM shop_orders.orders) SELECT * FROM orders;

WITH customers AS (SELECT * FROM customers) SELECT * FROM customers;

WITH customers AS (SELECT * FROM public.customers), orders AS (SELECT * FROM customers) SELECT * FROM orders;

-- The order of CTEs matters: an earlier one does not see a later one.
WITH a AS (SELECT id FROM recent), recent AS (SELECT id FROM t) SELECT * FROM a, recent;

WITH a AS (SELECT id FROM recent), recent AS (SELECT id FROM a), b AS (SELECT id FROM recent) SELECT * FROM b;

WITH recent AS (SELECT id FROM totals), totals AS (SELECT id FROM recent) SELECT * FROM totals, recent;

-- Recursion makes every CTE of the list visible to all of them.
WITH RECURSIVE tree AS (SELECT id, parent_id FROM notes WHERE parent_id IS NULL
    UNION ALL SELECT n.id, n.parent_id FROM notes n JOIN tree ON tree.id = n.parent_id) SELECT * FROM tree;

WITH RECURSIVE tree (id) AS (VALUES (1::bigint) UNION SELECT id + 1 FROM tree WHERE id < 10) TABLE tree;

WITH RECURSIVE a AS (SELECT id FROM recent), recent AS (SELECT id FROM t) SELECT * FROM a;

WITH RECURSIVE recent AS (SELECT id FROM t) SELECT * FROM recent;

WITH RECURSIVE tree AS (SELECT id FROM desk.tree UNION SELECT t.id FROM t JOIN tree USING (id)) SELECT * FROM tree;

WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < (SELECT count(*) FROM u))
SELECT * FROM n JOIN t ON t.a = n.v;

WITH RECURSIVE tree AS (
    SELECT id, parent_id FROM notes
    UNION ALL
    (WITH below AS (SELECT * FROM tree) SELECT n.id, n.parent_id FROM notes n, below WHERE n.parent_id = below.id)
) SELECT * FROM tree;

WITH RECURSIVE tree (id, parent_id) AS (
    SELECT id, parent_id FROM notes UNION ALL SELECT n.id, n.parent_id FROM tree JOIN notes n ON n.parent_id = tree.id
) SEARCH DEPTH FIRST BY id SET path
SELECT * FROM tree ORDER BY path;

WITH RECURSIVE tree (id, parent_id) AS (
    SELECT id, parent_id FROM notes UNION ALL SELECT n.id, n.parent_id FROM tree JOIN notes n ON n.parent_id = tree.id
) SEARCH BREADTH FIRST BY id, parent_id SET way
SELECT * FROM tree, t ORDER BY way;

WITH RECURSIVE tree (id, parent_id) AS (
    SELECT id, parent_id FROM notes UNION ALL SELECT n.id, n.parent_id FROM tree JOIN notes n ON n.parent_id = tree.id
) CYCLE id SET looped USING path
SELECT * FROM tree;

WITH RECURSIVE tree (id, parent_id) AS (
    SELECT id, parent_id FROM notes UNION ALL SELECT n.id, n.parent_id FROM tree JOIN notes n ON n.parent_id = tree.id
) SEARCH DEPTH FIRST BY id SET ord CYCLE id SET looped TO 'y' DEFAULT 'n' USING path
SELECT * FROM tree;

WITH RECURSIVE a AS (SELECT id FROM t UNION SELECT id FROM a),
    b AS (SELECT id FROM a UNION ALL SELECT b.id FROM b JOIN u ON u.id = b.id) SELECT * FROM b;

-- Materialized or not.
WITH x AS MATERIALIZED (SELECT * FROM t), y AS NOT MATERIALIZED (SELECT * FROM u) SELECT * FROM x, y;

WITH recent AS MATERIALIZED (SELECT * FROM recent) SELECT * FROM recent;

-- WITH inside: subqueries, FROM, and other CTEs.
SELECT * FROM (WITH x AS (SELECT * FROM t) SELECT * FROM x) AS s;

SELECT * FROM (WITH recent AS (SELECT id FROM t) SELECT * FROM recent) AS s, recent;

SELECT * FROM recent, (WITH recent AS (SELECT id FROM t) SELECT * FROM recent) AS s;

SELECT (WITH recent AS (SELECT id FROM t) SELECT max(id) FROM recent), (SELECT max(id) FROM totals);

SELECT * FROM t WHERE id IN (WITH recent AS (SELECT id FROM u) SELECT id FROM recent);

SELECT * FROM recent WHERE id IN (WITH recent AS (SELECT id FROM u) SELECT id FROM recent);

WITH x AS (WITH y AS (SELECT * FROM t) SELECT * FROM y) SELECT * FROM x;

WITH x AS (WITH recent AS (SELECT id FROM t) SELECT * FROM recent) SELECT * FROM x, recent;

WITH recent AS (WITH recent AS (SELECT id FROM recent) SELECT * FROM recent) SELECT * FROM recent;

WITH recent AS (SELECT id FROM t) SELECT * FROM (WITH recent AS (SELECT id FROM recent) SELECT * FROM recent) s;

WITH recent AS (SELECT id FROM t) SELECT * FROM (WITH recent AS (SELECT id FROM u) SELECT * FROM recent) s;

WITH x AS (SELECT id FROM t) SELECT (SELECT max(x.id) FROM x), (SELECT (SELECT min(id) FROM x));

WITH x AS (SELECT id FROM t), y AS (SELECT (SELECT max(id) FROM x) AS m) SELECT * FROM y WHERE m IN (TABLE x);

WITH recent AS (SELECT id FROM t) SELECT * FROM u WHERE EXISTS (SELECT FROM recent WHERE recent.id = u.id);

WITH recent AS (SELECT id FROM t) SELECT * FROM u, LATERAL (SELECT * FROM recent WHERE recent.id = u.id) l;

WITH recent AS (SELECT id FROM t) SELECT * FROM u JOIN recent ON true ORDER BY (SELECT max(id) FROM recent);

WITH recent AS (SELECT id FROM t) SELECT * FROM u LIMIT (SELECT count(*) FROM recent);

WITH recent AS (SELECT id FROM t), totals (id) AS (VALUES ((SELECT max(id) FROM recent))) TABLE totals;

-- Names of CTEs are identifiers: they fold, and they may be quoted.
WITH Recent AS (SELECT id FROM t) SELECT * FROM rECENT;

WITH "Recent" AS (SELECT id FROM t) SELECT * FROM recent, "Recent" AS r;

WITH "recent" AS (SELECT id FROM t) SELECT * FROM RECENT;

WITH "user" AS (SELECT id FROM t) SELECT * FROM "user";

WITH "shop_orders.orders" AS (SELECT 1) SELECT * FROM "shop_orders.orders", shop_orders.orders;

WITH U&"r\0065cent" AS (SELECT id FROM t) SELECT * FROM recent;

WITH a2345678901234567890123456789012345678901234567890123456789_max_and_more AS (SELECT 1 AS id)
SELECT * FROM a2345678901234567890123456789012345678901234567890123456789_max;

-- An alias is no CTE, and a CTE is no alias.
WITH x AS (SELECT id FROM t) SELECT * FROM u AS x;

WITH x AS (SELECT id FROM t) SELECT recent.id FROM x AS recent;

WITH recent AS (SELECT id FROM t) SELECT totals.id FROM recent AS totals, totals AS recent;

SELECT recent.id FROM t AS recent, totals AS t;

-- A CTE does not hide a function or a sequence.
WITH generate_series AS (SELECT 1) SELECT * FROM generate_series(1, 3), t;

WITH ticket_number AS (SELECT 1) SELECT nextval('ticket_number') FROM t;

-- It hides system relations.
WITH pg_class AS (SELECT id FROM t) SELECT * FROM pg_class;

WITH tables AS (SELECT id FROM t) SELECT * FROM tables, information_schema.tables AS i;

-- Data-modifying CTEs.
WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone;

WITH gone AS (DELETE FROM shop_orders.orders WHERE placed < '2020-01-01' RETURNING id, customer_id)
INSERT INTO notes (id) SELECT id FROM gone;

WITH gone AS (DELETE FROM t USING u WHERE t.id = u.id RETURNING t.id),
    new AS (INSERT INTO notes (id) SELECT id FROM gone RETURNING id),
    changed AS (UPDATE tickets SET state = 'x' FROM new WHERE new.id = tickets.id RETURNING tickets.*)
SELECT * FROM changed;

WITH moved AS (UPDATE t SET a = 1) DELETE FROM u;

WITH recent AS (INSERT INTO recent (id) VALUES (1) RETURNING *) SELECT * FROM recent;

WITH recent AS (UPDATE recent SET total = 1 RETURNING *) INSERT INTO totals SELECT * FROM recent;

WITH recent AS (DELETE FROM recent RETURNING *) DELETE FROM recent USING recent AS old WHERE old.id = recent.id;

-- The target of a write is never a CTE.
WITH recent AS (SELECT id FROM t) INSERT INTO recent (id) SELECT id FROM recent;

WITH recent AS (SELECT id FROM t) UPDATE recent SET total = 0;

WITH recent AS (SELECT id FROM t) DELETE FROM recent WHERE id IN (SELECT id FROM recent);

WITH totals AS (SELECT id FROM t) UPDATE recent SET total = 0 FROM totals WHERE totals.id = recent.id;

WITH x AS (INSERT INTO t (id) SELECT id FROM recent RETURNING id), recent AS (SELECT id FROM x) SELECT * FROM recent;

WITH x AS (WITH y AS (SELECT id FROM u) INSERT INTO t (id) SELECT id FROM y RETURNING id) SELECT * FROM x;

WITH x AS (SELECT id FROM t), y AS (INSERT INTO notes (id) TABLE x RETURNING id), z AS (DELETE FROM u USING y
    WHERE u.id = y.id) SELECT 1;

WITH RECURSIVE tree AS (SELECT id FROM notes UNION ALL SELECT notes.id FROM tree JOIN notes ON parent_id = tree.id)
DELETE FROM notes USING tree WHERE notes.id = tree.id;

WITH x AS (VALUES (1, 'a'), (2, 'b')) SELECT * FROM x;

WITH x (id, name) AS (TABLE shop_inventory.warehouses) SELECT * FROM x;

WITH x AS ((((SELECT * FROM t)))) (((SELECT * FROM x)));

WITH t AS (SELECT * FROM u), u AS (SELECT * FROM t), v AS (SELECT * FROM u) SELECT * FROM t, u, v;

WITH t AS (SELECT * FROM public.t) SELECT t.id FROM t UNION SELECT id FROM public.t UNION SELECT id FROM desk.t;

WITH a AS (SELECT 1 AS x), b AS (SELECT (SELECT count(*) FROM a) FROM t) SELECT * FROM b ORDER BY (TABLE a);

SELECT * FROM t WHERE a = (WITH RECURSIVE r (i) AS (SELECT 1 UNION SELECT i + (SELECT 1 FROM u LIMIT 1) FROM r)
    SELECT max(i) FROM r);

WITH x AS (SELECT * FROM t FOR UPDATE) SELECT * FROM x;

WITH open_orders AS (SELECT id FROM shop_orders.open_orders) SELECT * FROM open_orders
    JOIN shop_orders.big_open_orders USING (id);

WITH orders AS (SELECT 1 AS total) SELECT shop_orders.order_total(1), orders.total FROM orders;
