-- Somebody's weekend, still in the repository.
UPDATE public.product_prices SET price = round(price, 2);

SELECT o.id, i.amount
FROM public.orders AS o
JOIN public.invoices AS i ON i.order_id = o.id
WHERE i.amount <> orders.order_total(o.id);
