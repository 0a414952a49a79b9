-- LATERAL, functions and other things in FROM that are no tables.

SELECT * FROM shop_orders.customers c, LATERAL (SELECT * FROM shop_orders.orders o
    WHERE o.customer_id = c.id ORDER BY placed LIMIT 3) AS last;

SELECT * FROM shop_orders.customers c LEFT JOIN LATERAL (SELECT sum(total) FROM billing.invoices i
    JOIN billing.accounts a ON a.id = i.account_id WHERE a.customer_id = c.id) s ON true;

SELECT * FROM tickets t CROSS JOIN LATERAL (VALUES (t.id), ((SELECT max(id) FROM notes))) v (x);

SELECT * FROM tickets t, unnest(t.labels) WITH ORDINALITY AS l (label, number);

SELECT * FROM tickets t, LATERAL unnest(t.labels) label, LATERAL (TABLE notes) n;

SELECT * FROM generate_series(1, (SELECT count(*) FROM tickets)) AS n;

SELECT * FROM generate_series(1, 3) AS notes, generate_series(1, 4) AS u (x);

SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY(SELECT id FROM tickets))) AS r (a, b);

SELECT * FROM ROWS FROM (json_to_recordset((SELECT json_agg(t) FROM t)) AS (id bigint, a int),
    generate_series(1, (SELECT max(a) FROM u))) WITH ORDINALITY AS x (p, q, r, s);

SELECT * FROM tickets, LATERAL ROWS FROM (unnest(labels), jsonb_each(extra)) AS x;

SELECT * FROM jsonb_to_record((SELECT extra FROM tickets LIMIT 1)) AS x (a int, b text);

SELECT * FROM jsonb_each((SELECT profile FROM shop_orders.customers LIMIT 1)) AS customers;

SELECT * FROM tickets, jsonb_array_elements(extra -> 'orders') AS orders;

SELECT key, value FROM tickets AS t, jsonb_each_text(t.extra);

-- label: row type of a table function
SELECT o.total FROM shop_orders.recent_orders(3) AS o;

-- label: field of a table function
SELECT (shop_orders.recent_orders(3)).total;

SELECT * FROM shop_orders.order_lines(7) JOIN shop_inventory.products p ON p.id = product_id;

SELECT * FROM billing.statement_lines((SELECT max(id) FROM billing.accounts)) AS ledger;

SELECT * FROM billing.statement_lines(account => (SELECT max(id) FROM billing.accounts));

SELECT p.low, p.high FROM billing.pair() AS p, t;

SELECT shop_orders.order_total(id) FROM shop_orders.orders;

SELECT shop_inventory.reserve(p.id, 1) FROM shop_inventory.products p;

SELECT c.id, f.* FROM shop_orders.customers c, shop_orders.order_lines(c.id) f;

SELECT * FROM xmltable('/orders/order' PASSING (SELECT details FROM shop_orders.orders LIMIT 1)
    COLUMNS n FOR ORDINALITY, id int PATH '@id' NOT NULL,
    name text PATH 'name' DEFAULT (SELECT name FROM t LIMIT 1)) AS x;

SELECT x.* FROM shop_orders.orders o, xmltable(
    xmlnamespaces('http://example.org/' AS e), ('//' || (SELECT name FROM t LIMIT 1))
    PASSING BY REF o.details COLUMNS a text, b xml PATH (SELECT name FROM u LIMIT 1)) x;

SELECT * FROM shop_orders.orders LEFT JOIN LATERAL xmltable('/a' PASSING details COLUMNS z int) y ON true;

SELECT * FROM CURRENT_DATE AS today, current_user AS "user", t;

SELECT * FROM CAST((SELECT max(id) FROM t) AS bigint) AS x;

SELECT * FROM COALESCE((SELECT max(id) FROM t), 3) AS x, GREATEST(1, 2) AS y;

SELECT * FROM pg_catalog.pg_class;

SELECT * FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, t;

SELECT * FROM information_schema.tables, information_schema.columns c;

SELECT * FROM pg_stat_user_tables, pg_catalog.pg_tables, u;

SELECT relname FROM pg_class WHERE oid IN (SELECT id::oid FROM tickets);

-- label: a table by its oid
SELECT pg_relation_size('shop_orders.orders'::regclass);

SELECT tableoid::regclass, ctid, xmin FROM shop_inventory.products;

SELECT nextval('billing.invoice_number'), currval('shop_orders.order_number'), lastval();

SELECT nextval('ticket_number'), setval('desk.ticket_number', (SELECT max(id) FROM tickets));

SELECT nextval('billing.invoice_number'::regclass);

SELECT last_value, is_called FROM billing.invoice_number;

SELECT * FROM shop_orders.order_number, desk.ticket_number AS t;

SELECT last_value FROM shop_orders.customers_id_seq;
