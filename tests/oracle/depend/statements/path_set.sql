-- The script's own search_path, from here on.
SET search_path TO shop_orders, billing;

SELECT * FROM orders;

SELECT * FROM orders JOIN invoices ON invoices.order_id = orders.id;

SELECT * FROM customers, public.customers AS p;

WITH orders AS (SELECT * FROM orders) SELECT * FROM orders;

UPDATE invoices SET total = (SELECT total FROM orders WHERE orders.id = order_id);

SELECT * FROM open_orders, unpaid, "OrderNotes";

SELECT nextval('invoice_number'), nextval('order_number');

SELECT order_total(id) FROM orders;

INSERT INTO payments (invoice_id) SELECT id FROM unpaid;

SELECT * FROM desk.t, postgres.public.orders;

-- A schema that is not there is passed over, and so is one in other quotes.
SET search_path = "Shop_Orders", 'shop_inventory', no_such_schema, public;

SELECT * FROM products, stock;

SELECT * FROM orders, customers;

SET SESSION search_path = "Quoted Schema", "ünïcode", "select";

SELECT * FROM "Mixed Case", mixed_case, "Größe", "from";

SELECT * FROM 表 JOIN таблица USING (id), lateral_;

SET search_path TO 'shop_inventory';

SELECT * FROM products NATURAL JOIN gift_cards, available;

SET search_path TO DEFAULT;

SELECT * FROM customers;

SET search_path TO billing;

SELECT * FROM accounts, pg_class;

RESET search_path;

SELECT * FROM orders, only_public;

SET search_path = pg_catalog, desk;

SELECT * FROM t, pg_class, tickets;

SET SCHEMA 'shop_orders';

SELECT * FROM orders o, order_items i, events;

SET search_path = '';

SELECT * FROM shop_orders.orders, billing.invoices, pg_namespace;
