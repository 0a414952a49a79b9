-- Temporary tables belong to the session, and hide the others of their name.

CREATE TEMP TABLE scratch (id bigint, name text);

SELECT * FROM scratch;

SELECT * FROM scratch JOIN t USING (id);

INSERT INTO scratch SELECT id, name FROM shop_orders.customers;

WITH x AS (SELECT id FROM scratch) DELETE FROM u USING x WHERE x.id = u.id;

SELECT * FROM pg_temp.scratch, notes;

CREATE TEMPORARY TABLE kept AS SELECT id FROM billing.invoices;

UPDATE kept SET id = (SELECT max(id) FROM t);

SELECT * FROM customers;

CREATE TEMP TABLE customers (id bigint, name text);

-- desk.customers is hidden now, unless it is named in full.
SELECT * FROM customers;

SELECT * FROM customers JOIN desk.customers AS d USING (id);

DROP TABLE customers;

SELECT * FROM customers;

MERGE INTO scratch USING u ON u.id = scratch.id WHEN MATCHED THEN DELETE;
