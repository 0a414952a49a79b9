-- What sells fast and runs out?
SELECT s.product_id, s.on_hand
FROM stock_levels AS s
WHERE s.on_hand < 20
  AND s.product_id IN (
      SELECT i.product_id
      FROM public.order_items AS i
      GROUP BY i.product_id
      HAVING sum(i.quantity) > 100
  );
