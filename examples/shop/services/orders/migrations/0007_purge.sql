CREATE FUNCTION orders.purge_sent_events() RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path = orders, pg_temp
BEGIN ATOMIC
    DELETE FROM outbox WHERE sent_at < now() - interval '30 days';
END;

CREATE FUNCTION orders.purge_coupons() RETURNS void
LANGUAGE sql
SECURITY DEFINER
BEGIN ATOMIC
    DELETE FROM orders.coupons WHERE percent = 0;
END;
