-- Own tables, published and joinable views, shared reference data: nothing to report.
WITH wanted AS (
    SELECT i.product_id, sum(i.quantity) AS quantity
    FROM order_items AS i
    WHERE i.order_id = 4711
    GROUP BY i.product_id
)
SELECT w.product_id, c.title, w.quantity, a.available, n.vat_percent
FROM wanted AS w
JOIN catalog.product_card_v1 AS c ON c.product_id = w.product_id
LEFT JOIN inventory.availability_v1 AS a ON a.product_id = w.product_id
CROSS JOIN LATERAL (
    SELECT vat_percent
    FROM reference.countries
    WHERE code = (SELECT country_code FROM orders WHERE id = 4711)
) AS n;

INSERT INTO order_status_history (order_id, status)
SELECT id, 'paid' FROM public.orders WHERE id = 4711
RETURNING order_id;

INSERT INTO outbox (id, topic, payload)
VALUES (extensions.gen_random_uuid(), 'order.paid', '{"order_id": 4711}');
