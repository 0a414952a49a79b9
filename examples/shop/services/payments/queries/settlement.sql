-- The published view on its own: fine. The join with invoices happens in the service.
SELECT order_id, total, currency
FROM orders.order_summary_v1
WHERE placed_at >= date_trunc('month', now()) - interval '1 month';
