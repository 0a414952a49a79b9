SELECT id, sku, title,
FROM public.products
WHERE title ILIKE '%lamp%';
