INSERT INTO reporting.daily_sales (day, orders, revenue)
SELECT o.placed_at::date,
       count(DISTINCT o.id),
       sum(i.quantity * i.unit_price)
FROM public.orders AS o
JOIN public.order_items AS i ON i.order_id = o.id
JOIN public.invoices AS v ON v.order_id = o.id
WHERE v.paid_at IS NOT NULL
GROUP BY o.placed_at::date;
