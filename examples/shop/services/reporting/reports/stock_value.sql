SET search_path TO public, inventory;

SELECT p.sku, sum(s.on_hand) AS pieces, sum(s.on_hand * pp.price) AS value
FROM stock_levels AS s, products AS p, product_prices AS pp
WHERE p.id = s.product_id
  AND pp.product_id = p.id
GROUP BY p.sku;
