WITH settled AS (
    UPDATE invoices
    SET paid_at = now()
    WHERE paid_at IS NULL
      AND id IN (SELECT invoice_id FROM payment_attempts WHERE succeeded)
    RETURNING order_id
)
UPDATE public.orders AS o
SET status = 'paid'
FROM settled
WHERE o.id = settled.order_id;
