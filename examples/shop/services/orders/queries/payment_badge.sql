-- Reading a published view on its own is fine; the application puts the two answers together.
SELECT order_id, status FROM payments.payment_status_v1 WHERE order_id = ANY ('{4711,4712}');
