SELECT 'refunded' AS what, count(*) FROM payments.refunds
UNION ALL
SELECT 'shipped', count(*) FROM orders.shipments;
