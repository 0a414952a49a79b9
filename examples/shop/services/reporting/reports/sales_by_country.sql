REFRESH MATERIALIZED VIEW reporting.sales_by_country;

SELECT country, name, revenue FROM sales_by_country ORDER BY revenue DESC;

SELECT status, count(*) FROM payments.payment_status_v1 GROUP BY status;
