BEGIN;

UPDATE orders SET status = 'cancelled' WHERE id = 4711;

-- just this once, until the event is there
UPDATE public.stock_levels AS s
SET on_hand = s.on_hand + i.quantity
FROM order_items AS i
WHERE i.order_id = 4711
  AND s.product_id = i.product_id;

COMMIT;
