-- Statements around a query that PostgreSQL does not take into a function's body.

EXPLAIN SELECT * FROM shop_orders.orders JOIN t USING (id);

EXPLAIN (ANALYZE, FORMAT json) UPDATE t SET a = (SELECT max(a) FROM u);

EXPLAIN ANALYZE VERBOSE DELETE FROM t USING u WHERE u.id = t.id;

EXPLAIN (COSTS OFF) WITH recent AS (SELECT id FROM t) SELECT * FROM recent, totals;

DECLARE c CURSOR FOR SELECT * FROM shop_orders.orders, u;

DECLARE c NO SCROLL CURSOR WITH HOLD FOR WITH recent AS (SELECT id FROM recent) SELECT * FROM recent;

PREPARE p AS SELECT * FROM t JOIN billing.invoices USING (id);

PREPARE q AS INSERT INTO notes (id) SELECT id FROM u RETURNING id;

COPY (SELECT * FROM shop_orders.orders o JOIN billing.invoices i ON i.order_id = o.id) TO STDOUT;

COPY (WITH recent AS (SELECT id FROM t) SELECT * FROM recent) TO STDOUT WITH (FORMAT csv, HEADER);

COPY (DELETE FROM t USING u WHERE t.id = u.id RETURNING t.*) TO '/tmp/x; y' CSV;

CREATE TABLE made_one AS SELECT * FROM shop_orders.orders, t;

CREATE TABLE made_two AS WITH recent AS (SELECT id FROM t) SELECT id FROM recent;

CREATE TABLE desk.made_three AS TABLE billing.invoices;

SELECT o.id INTO made_four FROM shop_orders.orders o, t;

SELECT id INTO TABLE made_five FROM t UNION SELECT id FROM u;

-- Views: PostgreSQL keeps what they depend on with their rule.

CREATE VIEW desk.view_one AS SELECT o.id FROM shop_orders.orders o JOIN t USING (id);

CREATE OR REPLACE VIEW desk.view_two (a, b) AS WITH recent AS (SELECT id FROM recent) SELECT r.id, u.a
FROM recent r, u WHERE r.id IN (SELECT id FROM billing.invoices);

CREATE RECURSIVE VIEW desk.view_three (id) AS SELECT id FROM notes UNION ALL SELECT n.id FROM notes n JOIN view_three v
    ON v.id = n.parent_id;

CREATE MATERIALIZED VIEW desk.view_four AS SELECT city, (SELECT count(*) FROM t) FROM shop_inventory.stock_by_city;

CREATE MATERIALIZED VIEW desk.view_five AS TABLE shop_orders.big_open_orders WITH NO DATA;

CREATE VIEW desk.view_six AS VALUES (1, (SELECT max(id) FROM u)), (2, 3);

CREATE VIEW desk.view_seven AS (SELECT id FROM t UNION SELECT id FROM "user") EXCEPT TABLE "Quoted Schema"."a.b";

CREATE VIEW desk.view_eight WITH (security_barrier) AS SELECT * FROM shop_orders.order_lines(3) l, t;

CREATE VIEW desk.view_nine AS SELECT id, name FROM shop_orders.customers WHERE id > 3 WITH LOCAL CHECK OPTION;
