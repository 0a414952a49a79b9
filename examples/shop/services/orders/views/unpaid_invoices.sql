-- For the customer service screen.
CREATE OR REPLACE VIEW orders.unpaid_invoices AS
SELECT i.order_id, i.amount, i.due_on
FROM public.invoices AS i
WHERE i.paid_at IS NULL;
