-- Who has not paid? The order's status is one column away …
SELECT id, customer_id
FROM public.orders
WHERE status = 'open'
  AND placed_at < now() - interval '30 days';
