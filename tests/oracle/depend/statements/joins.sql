-- Joins in every spelling.

SELECT 1;

SELECT * FROM shop_orders.orders;

SELECT * FROM shop_orders.orders, billing.invoices;

SELECT * FROM shop_orders.orders o, billing.invoices i WHERE i.order_id = o.id;

SELECT * FROM shop_orders.orders AS o, shop_orders.customers AS c, billing.accounts AS a, tickets t
WHERE o.customer_id = c.id AND a.customer_id = c.id AND t.order_id = o.id;

SELECT * FROM shop_orders.orders JOIN shop_orders.customers ON orders.customer_id = customers.id;

SELECT * FROM shop_orders.orders o INNER JOIN shop_orders.customers c ON o.customer_id = c.id;

SELECT * FROM shop_orders.orders o LEFT JOIN shop_orders.customers c ON o.customer_id = c.id;

SELECT * FROM shop_orders.orders o LEFT OUTER JOIN billing.invoices i ON i.order_id = o.id;

SELECT * FROM shop_orders.orders o RIGHT JOIN billing.invoices i ON i.order_id = o.id;

SELECT * FROM shop_orders.orders o RIGHT OUTER JOIN billing.invoices i ON i.order_id = o.id;

SELECT * FROM shop_orders.orders o FULL JOIN billing.invoices i ON i.order_id = o.id;

SELECT * FROM shop_orders.orders o FULL OUTER JOIN billing.invoices i ON i.order_id = o.id;

SELECT * FROM shop_orders.orders CROSS JOIN billing.invoices;

SELECT * FROM shop_orders.orders CROSS JOIN billing.invoices CROSS JOIN shop_inventory.products;

SELECT * FROM shop_inventory.stock NATURAL JOIN shop_inventory.available;

SELECT * FROM shop_inventory.stock NATURAL INNER JOIN shop_inventory.moves;

SELECT * FROM shop_inventory.stock NATURAL LEFT JOIN shop_inventory.moves;

SELECT * FROM shop_inventory.stock s NATURAL RIGHT JOIN shop_inventory.moves m;

SELECT * FROM shop_inventory.stock NATURAL FULL OUTER JOIN shop_inventory.moves;

SELECT * FROM shop_inventory.stock JOIN shop_orders.order_items USING (product_id);

SELECT j.product_id
FROM shop_inventory.stock s JOIN shop_orders.order_items i USING (product_id, quantity) AS j;

SELECT * FROM shop_inventory.stock LEFT JOIN shop_inventory.moves USING (product_id, quantity);

SELECT * FROM (shop_orders.orders o JOIN shop_orders.customers c ON o.customer_id = c.id);

SELECT * FROM ((shop_orders.orders o JOIN shop_orders.customers c ON o.customer_id = c.id)
    LEFT JOIN billing.accounts a ON a.customer_id = c.id);

SELECT * FROM shop_orders.orders o JOIN (shop_orders.customers c JOIN billing.accounts a
    ON a.customer_id = c.id) ON o.customer_id = c.id;

SELECT * FROM shop_orders.orders o JOIN shop_orders.customers c JOIN billing.accounts a
    ON a.customer_id = c.id ON o.customer_id = c.id;

SELECT x.total, x.balance FROM (shop_orders.orders o JOIN billing.accounts a
    ON a.customer_id = o.customer_id) AS x (oid, customer, status, total, currency, placed, details,
    aid, acustomer, balance);

SELECT * FROM shop_orders.orders o
    JOIN shop_orders.order_items i ON i.order_id = o.id
    LEFT JOIN shop_inventory.products p ON p.id = i.product_id
    RIGHT JOIN shop_inventory.stock s ON s.product_id = p.id
    FULL JOIN shop_inventory.warehouses w ON w.id = s.warehouse_id
    CROSS JOIN billing.accounts;

SELECT * FROM tickets t, notes n LEFT JOIN shop_orders.customers c ON c.name = n.author
WHERE n.ticket_id = t.id;

SELECT * FROM tickets a JOIN tickets b USING (id) JOIN tickets c USING (id);

SELECT * FROM shop_orders.orders a, shop_orders.orders b;

SELECT * FROM shop_orders.orders AS "billing.invoices";

-- An alias that is the name of another table.
SELECT invoices.id FROM shop_orders.orders AS invoices;

SELECT customers.id, orders.total
FROM billing.accounts AS customers JOIN billing.invoices AS orders ON orders.account_id = customers.id;

SELECT t.id, u.id FROM u AS t, t AS u;

SELECT o.* FROM shop_orders.orders o (id, customer, state);

SELECT a, b FROM shop_orders.customers AS x (a, b);

SELECT orders FROM shop_orders.orders;

SELECT o FROM shop_orders.orders AS o;

SELECT (o).total, (o.*) IS NULL FROM shop_orders.orders AS o;

SELECT row_to_json(orders.*) FROM shop_orders.orders;

SELECT shop_orders.orders.total FROM shop_orders.orders;

SELECT shop_orders.orders.* FROM shop_orders.orders;

SELECT postgres.shop_orders.orders.total FROM postgres.shop_orders.orders;

SELECT count(customers), count(shop_orders.customers.*) FROM shop_orders.customers;

SELECT (c.home).city, (c).name FROM shop_orders.customers c;

SELECT ((shop_orders.customers.home)).street FROM shop_orders.customers;

SELECT * FROM ONLY shop_inventory.products;

SELECT * FROM ONLY (shop_inventory.products);

SELECT * FROM shop_inventory.products *;

SELECT * FROM shop_inventory.products * AS p, ONLY shop_inventory.gift_cards g;

SELECT * FROM shop_orders.events e JOIN shop_orders.events_2025 f ON e.id = f.id;

SELECT * FROM shop_orders.open_orders;

SELECT * FROM shop_orders.big_open_orders b JOIN shop_inventory.sellable s ON s.id = b.id;

SELECT * FROM shop_inventory.stock_by_city JOIN shop_inventory.warehouses USING (city);

TABLE shop_orders.orders;

TABLE ONLY shop_inventory.products;

TABLE tickets ORDER BY id LIMIT 3;

(TABLE tickets);

((SELECT * FROM shop_orders.orders));

SELECT * FROM ((SELECT * FROM shop_orders.orders)) AS o;

SELECT * FROM (((SELECT 1 AS x))) AS o, ((tickets JOIN notes ON true) CROSS JOIN t);

SELECT * FROM shop_orders.orders o TABLESAMPLE bernoulli (10);

SELECT * FROM shop_orders.orders TABLESAMPLE system (1) REPEATABLE (7), billing.invoices AS i
    TABLESAMPLE SYSTEM ((1 + 2) * 3);

SELECT * FROM shop_orders.orders JOIN shop_orders.customers
    ON customer_id = customers.id AND EXISTS (SELECT FROM billing.accounts);

SELECT * FROM shop_orders.orders o JOIN billing.invoices i
    ON o.id = (SELECT max(order_id) FROM billing.unpaid u WHERE u.id = i.id);

SELECT * FROM shop_orders.orders o FOR UPDATE;

SELECT * FROM shop_orders.orders o JOIN billing.invoices i ON true FOR UPDATE OF o;

SELECT * FROM shop_orders.orders o, billing.invoices i FOR NO KEY UPDATE OF i NOWAIT;

SELECT * FROM shop_orders.orders, billing.invoices FOR SHARE OF orders SKIP LOCKED
    FOR KEY SHARE OF invoices;

SELECT * FROM shop_orders.orders invoices, billing.accounts FOR UPDATE OF invoices;

SELECT * FROM (SELECT * FROM shop_orders.orders FOR UPDATE) s, tickets;

SELECT DISTINCT ON (o.customer_id) * FROM shop_orders.orders o ORDER BY o.customer_id;

SELECT ALL id FROM tickets;

SELECT FROM tickets;
