-- A subquery wherever an expression may stand.

SELECT (SELECT max(total) FROM shop_orders.orders);

SELECT (SELECT name FROM shop_orders.customers c WHERE c.id = o.customer_id) FROM shop_orders.orders o;

SELECT (SELECT (SELECT (SELECT max(id) FROM billing.payments) FROM billing.invoices LIMIT 1)
    FROM billing.accounts LIMIT 1) AS deep;

SELECT * FROM shop_orders.orders WHERE id IN (SELECT order_id FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE id NOT IN (SELECT order_id FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE (id, total) IN (SELECT order_id, total FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE id = ANY (SELECT order_id FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE id <> ALL (SELECT order_id FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE total > SOME (SELECT total FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE status LIKE ANY (SELECT status FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE status LIKE ALL (ARRAY(SELECT status FROM billing.invoices));

SELECT * FROM shop_orders.orders o WHERE EXISTS (SELECT 1 FROM billing.invoices i WHERE i.order_id = o.id);

SELECT * FROM shop_orders.orders o WHERE NOT EXISTS (TABLE billing.invoices);

SELECT * FROM shop_orders.orders WHERE (id, total) = (SELECT order_id, total FROM billing.invoices LIMIT 1);

SELECT * FROM shop_orders.orders WHERE ROW(id, total) < (SELECT order_id, total FROM billing.invoices LIMIT 1);

SELECT * FROM shop_orders.orders WHERE total BETWEEN (SELECT min(total) FROM billing.invoices)
    AND (SELECT max(amount) FROM billing.payments);

SELECT * FROM shop_orders.orders WHERE total BETWEEN SYMMETRIC 1 AND (SELECT count(*) FROM tickets);

SELECT * FROM shop_orders.orders WHERE total IS DISTINCT FROM (SELECT max(total) FROM billing.invoices);

SELECT * FROM shop_orders.orders WHERE (SELECT true FROM tickets LIMIT 1) IS NOT TRUE;

SELECT * FROM shop_orders.orders WHERE (SELECT max(id) FROM notes) IS NULL;

SELECT * FROM shop_orders.orders WHERE id IN (1, (SELECT max(id) FROM tickets), 3);

SELECT * FROM shop_orders.orders WHERE NOT (id > 3 AND (total > 4 OR EXISTS (SELECT FROM notes)));

SELECT customer_id, count(*) FROM shop_orders.orders GROUP BY customer_id
HAVING count(*) > (SELECT count(*) FROM billing.accounts);

SELECT * FROM shop_orders.orders o
ORDER BY (SELECT name FROM shop_orders.customers c WHERE c.id = o.customer_id) DESC NULLS LAST;

SELECT * FROM shop_orders.orders LIMIT (SELECT count(*) FROM tickets) OFFSET (SELECT min(id) FROM notes);

SELECT * FROM shop_orders.orders OFFSET (SELECT 1 FROM notes LIMIT 1) ROWS
FETCH FIRST (SELECT count(*) FROM tickets) ROWS ONLY;

SELECT * FROM shop_orders.orders ORDER BY id FETCH NEXT (SELECT count(*) FROM tickets) ROWS WITH TIES;

SELECT count(*) FROM shop_orders.orders o GROUP BY (SELECT name FROM shop_orders.customers c
    WHERE c.id = o.customer_id);

SELECT CASE WHEN EXISTS (SELECT FROM tickets) THEN (SELECT max(id) FROM notes)
    WHEN total > 3 THEN 7 ELSE (SELECT min(id) FROM billing.ledger) END FROM shop_orders.orders;

SELECT CASE (SELECT count(*) FROM tickets) WHEN (SELECT count(*) FROM notes) THEN 1 END;

SELECT COALESCE((SELECT max(id) FROM tickets), (SELECT max(id) FROM notes), 0);

SELECT NULLIF((SELECT max(id) FROM tickets), (SELECT max(id) FROM notes));

SELECT GREATEST((SELECT max(id) FROM tickets), 2), LEAST(1, (SELECT max(id) FROM notes));

SELECT ARRAY(SELECT id FROM tickets);

SELECT ARRAY[(SELECT max(id) FROM tickets), (SELECT max(id) FROM notes)];

SELECT ARRAY[ARRAY[(SELECT max(id) FROM tickets)], ARRAY[(SELECT max(id) FROM notes)]];

SELECT (ARRAY(SELECT name FROM shop_orders.customers))[(SELECT count(*) FROM tickets)];

SELECT (ARRAY(SELECT name FROM shop_orders.customers))[1:(SELECT count(*)::int FROM notes)];

SELECT labels[(SELECT max(depth) FROM tree)] FROM tickets;

SELECT ROW((SELECT max(id) FROM tickets), (SELECT max(id) FROM notes));

SELECT ((SELECT c FROM shop_orders.customers c LIMIT 1)).name;

SELECT (SELECT c FROM shop_orders.customers c LIMIT 1).name;

SELECT upper((SELECT name FROM shop_orders.customers LIMIT 1));

SELECT coalesce(max(id), (SELECT max(id) FROM notes)) FROM tickets;

SELECT substring((SELECT name FROM shop_orders.customers LIMIT 1)
    FROM (SELECT max(depth) FROM tree) FOR (SELECT min(depth) FROM tree));

SELECT extract(year FROM (SELECT max(placed) FROM shop_orders.orders));

SELECT position((SELECT name FROM u LIMIT 1) IN (SELECT name FROM t LIMIT 1));

SELECT trim(BOTH (SELECT name FROM u LIMIT 1) FROM (SELECT name FROM t LIMIT 1));

SELECT overlay('abc' PLACING (SELECT name FROM u LIMIT 1) FROM 2);

SELECT (SELECT max(opened) FROM tickets) AT TIME ZONE (SELECT name FROM t LIMIT 1);

SELECT ((SELECT min(opened) FROM tickets), now()) OVERLAPS (now(), (SELECT max(paid) FROM billing.payments));

SELECT (SELECT name FROM t LIMIT 1) COLLATE "C";

SELECT (SELECT id FROM t LIMIT 1)::text, CAST((SELECT max(id) FROM u) AS text);

SELECT - (SELECT max(id) FROM t), (SELECT max(a) FROM t) OPERATOR(pg_catalog.+) (SELECT max(c) FROM u);

SELECT 'a' || (SELECT name FROM t LIMIT 1) || 'b';

SELECT (SELECT name FROM t LIMIT 1) SIMILAR TO (SELECT name FROM u LIMIT 1) ESCAPE '!';

SELECT format('%s', VARIADIC ARRAY(SELECT name FROM t));

SELECT make_interval(days => (SELECT max(a) FROM t), hours => 3);

SELECT count(*) FILTER (WHERE id IN (SELECT order_id FROM billing.invoices)) FROM shop_orders.orders;

SELECT sum((SELECT max(a) FROM t WHERE t.id = orders.id)) FROM shop_orders.orders;

SELECT string_agg(status, (SELECT name FROM t LIMIT 1) ORDER BY (SELECT max(id) FROM u))
FROM shop_orders.orders;

SELECT percentile_cont((SELECT 0.5 FROM t LIMIT 1)) WITHIN GROUP (ORDER BY total)
FROM shop_orders.orders;

SELECT mode() WITHIN GROUP (ORDER BY (SELECT name FROM t WHERE t.id = orders.id)) FROM shop_orders.orders;

SELECT rank() OVER (PARTITION BY (SELECT max(id) FROM t) ORDER BY (SELECT max(id) FROM u))
FROM shop_orders.orders;

SELECT sum(total) OVER w FROM shop_orders.orders
WINDOW w AS (PARTITION BY (SELECT max(id) FROM t) ORDER BY id),
    v AS (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);

SELECT sum(total) OVER (ORDER BY id ROWS BETWEEN (SELECT max(a) FROM t) PRECEDING
    AND (SELECT max(c) FROM u) FOLLOWING EXCLUDE TIES) FROM shop_orders.orders;

SELECT lag(total, (SELECT max(a) FROM t)) OVER (ORDER BY id) FROM shop_orders.orders;

SELECT sum(total) FILTER (WHERE EXISTS (SELECT FROM t)) OVER () FROM shop_orders.orders;

SELECT DISTINCT ON ((SELECT max(id) FROM t)) * FROM shop_orders.orders;

SELECT GROUPING(status), status, count(*) FROM shop_orders.orders
GROUP BY GROUPING SETS ((status), (currency), ()) HAVING EXISTS (SELECT FROM t);

SELECT count(*) FROM shop_orders.orders o GROUP BY ROLLUP (status, (SELECT max(id) FROM t)), CUBE (currency);

SELECT count(*) FROM shop_orders.orders GROUP BY DISTINCT ROLLUP (status, currency), GROUPING SETS
    (CUBE (placed), ((SELECT max(a) FROM t)));

SELECT * FROM (SELECT * FROM (SELECT * FROM shop_orders.orders) AS a) AS b;

SELECT * FROM (SELECT id FROM shop_orders.orders) AS invoices (order_id) WHERE invoices.order_id > 3;

SELECT * FROM (VALUES (1, (SELECT max(id) FROM t)), (2, (SELECT max(id) FROM u))) AS v (a, b);

VALUES (1, (SELECT max(id) FROM t)), (2, (SELECT max(id) FROM u));

VALUES ((SELECT name FROM t LIMIT 1)) ORDER BY (SELECT max(id) FROM u) LIMIT (SELECT count(*) FROM notes);

SELECT * FROM (TABLE shop_orders.orders) o;

SELECT * FROM (TABLE t UNION TABLE public.t) x;

SELECT * FROM shop_orders.orders o WHERE o.id = (SELECT i.order_id FROM billing.invoices i
    WHERE i.total = (SELECT max(p.amount) FROM billing.payments p WHERE p.invoice_id = i.id
        AND EXISTS (SELECT FROM billing.ledger l WHERE l.account_id = i.account_id AND o.id > 3)));

SELECT * FROM shop_orders.orders WHERE EXISTS (SELECT FROM (SELECT FROM (SELECT FROM billing.invoices) a) b);

-- orders is the outer query's alias here, and not public.orders.
SELECT (SELECT orders.total) FROM shop_orders.orders;

SELECT (SELECT count(*) FROM unnest(c.tags) AS tag WHERE tag = c.name) FROM shop_orders.customers c;

SELECT xmlelement(name order, xmlattributes((SELECT max(id) FROM t) AS id),
    (SELECT name FROM u LIMIT 1), xmlforest((SELECT max(id) FROM notes) AS n));

SELECT xmlconcat((SELECT details FROM shop_orders.orders LIMIT 1), xmlpi(name php, (SELECT name FROM t LIMIT 1)));

SELECT xmlserialize(CONTENT (SELECT details FROM shop_orders.orders LIMIT 1) AS text);

SELECT xmlparse(DOCUMENT (SELECT name FROM t LIMIT 1)), xmlroot((SELECT details FROM shop_orders.orders
    LIMIT 1), VERSION (SELECT name FROM u LIMIT 1), STANDALONE YES);

SELECT xmlexists((SELECT name FROM t LIMIT 1) PASSING (SELECT details FROM shop_orders.orders LIMIT 1));

SELECT (SELECT details FROM shop_orders.orders LIMIT 1) IS DOCUMENT;

SELECT jsonb_build_object('id', (SELECT max(id) FROM t), 'of', (SELECT array_agg(id) FROM u));

SELECT (SELECT extra FROM tickets LIMIT 1) -> 'a' ->> (SELECT name FROM t LIMIT 1);

SELECT (SELECT extra FROM tickets LIMIT 1)['a'][(SELECT name FROM t LIMIT 1)];

SELECT jsonb_path_query(extra, '$.a', (SELECT profile FROM shop_orders.customers LIMIT 1)) FROM tickets;

SELECT json_agg(o ORDER BY o.id) FROM shop_orders.orders o;

SELECT EXISTS (SELECT 1 FROM t) AND NOT EXISTS (SELECT 1 FROM u) OR (SELECT true FROM notes LIMIT 1);

SELECT (SELECT 1 FROM t LIMIT 1) + (SELECT 2 FROM u LIMIT 1) * (SELECT 3 FROM notes LIMIT 1);

