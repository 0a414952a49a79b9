-- What a name means: case, quotes, length, keywords, other alphabets.

SELECT * FROM SHOP_ORDERS.ORDERS;

SELECT * FROM Shop_Orders.Orders AS "Orders";

SELECT * FROM "shop_orders"."orders";

SELECT * FROM shop_orders."OrderNotes";

SELECT "OrderNotes"."Id", shop_orders."OrderNotes"."Text" FROM shop_orders."OrderNotes";

SELECT * FROM "Quoted Schema"."Mixed Case";

SELECT * FROM "Quoted Schema".MIXED_CASE;

SELECT * FROM "Quoted Schema"."a.b", "Quoted Schema" . "say ""hi""";

SELECT * FROM "Quoted Schema"."semi;colon", "Quoted Schema"."it's", "Quoted Schema"."-- no comment";

SELECT * FROM "Quoted Schema"." ";

SELECT * FROM tickets, "Tickets" AS t2, TICKETS AS t3;

SELECT "Tickets".subject FROM "Tickets";

SELECT * FROM "user", "order", "table";

SELECT "order"."from", "order"."to", "table"."select" FROM "order", "table";

SELECT * FROM desk."user" AS "select", desk."order" "from";

SELECT * FROM desk.user;

SELECT * FROM desk.order o, desk.table t;

SELECT * FROM user;

SELECT * FROM desk.values, "values" AS v;

SELECT * FROM "row", desk.row r;

SELECT * FROM year, natural_;

SELECT year.month, y.id FROM year, year AS y;

SELECT * FROM "select"."from" WHERE "from"."where" = 1;

SELECT "select"."from"."where" FROM "select"."from", "select".lateral_;

SELECT * FROM a2345678901234567890123456789012345678901234567890123456789_max;

SELECT * FROM a2345678901234567890123456789012345678901234567890123456789_max_and_more;

SELECT * FROM desk."a2345678901234567890123456789012345678901234567890123456789_max and more";

SELECT * FROM b2345678901234567890123456789012345678901234567890123456789_cut_off;

SELECT * FROM b2345678901234567890123456789012345678901234567890123456789_cut;

SELECT * FROM b2345678901234567890123456789012345678901234567890123456789_cut_another_way AS x;

SELECT * FROM c2345678901234567890123456789012345678901234567890123456789_eeé;

SELECT * FROM c2345678901234567890123456789012345678901234567890123456789_ee, t;

SELECT * FROM "ünïcode"."Größe" WHERE "Größe"."länge" > 3;

SELECT * FROM ünïcode."Größe";

SELECT * FROM ünïcode.CAFÉ, ünïcode.cafÉ AS x;

SELECT имя FROM ünïcode.таблица AS т JOIN ünïcode.表 ON т.id = 表.id;

SELECT 'é', '🧾', t.* FROM ünïcode."🧾", ünïcode.表, t /* 🧾 */, u;

SELECT '🧾🧾', * FROM /* é */ ünïcode.表;

SELECT * FROM U&"shop_\006Frders".orders;

SELECT * FROM U&"\+00006Frders", t;

SELECT * FROM U&"sh\006Fp_orders" . U&"!006Frders" UESCAPE '!';

SELECT * FROM shop_orders . orders;

SELECT * FROM shop_orders/* between */./* the parts */orders;

SELECT * FROM shop_orders
    .orders AS o,
    billing.
    invoices;

SELECT * FROM shop_orders -- the schema; and not the end
    . -- the dot
    orders;

SELECT*FROM shop_orders.orders,billing.invoices WHERE orders.id=invoices.order_id;

SELECT*FROM"user"CROSS JOIN"order";

SELECT * FROM shop_orders.orders o WHERE o.status='billing.invoices'and(select true from t limit 1);

-- Which schema an unqualified name is in: the first of the path that has it.
SELECT * FROM customers;

SELECT * FROM orders;

SELECT * FROM only_public;

SELECT * FROM customers, public.customers AS p, shop_orders.customers AS s;

SELECT customers.name FROM customers JOIN orders ON orders.customer_id = customers.id;

SELECT * FROM postgres.public.customers, postgres.desk.customers AS d;

SELECT * FROM pg_catalog.pg_type, pg_type AS p, t;

-- Columns called like tables, and tables like functions and types.
SELECT name, total AS recent, id AS totals FROM recent;

SELECT total.id FROM totals AS total, recent AS id;

SELECT t.a AS u, u.a AS t FROM t, u WHERE t.name = 'notes';

SELECT recent FROM recent;

SELECT name(t), t.name FROM t;

SELECT "t".name, t."a" FROM t;

SELECT row(t.*), row(t) FROM t;

SELECT t IS NOT NULL, t = t, (t).a FROM t;

SELECT count(*), count(t), count(t.*), count(DISTINCT t) FROM t;

SELECT id, (SELECT max(id) FROM u WHERE u.a = t.a) "notes", 3 tickets FROM t;

SELECT interval '3' day, date '2025-01-01', numeric '3' FROM t AS date;

-- label: a cast to a row type
SELECT NULL::desk.notes, CAST(NULL AS shop_orders.orders);

SELECT '(1,EUR)'::billing.money_amount, (NULL::shop_orders.address).city;

SELECT * FROM t WHERE t.name IN ('shop_orders.orders', 'SELECT * FROM billing.invoices');
