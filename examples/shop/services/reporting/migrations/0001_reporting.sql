CREATE SCHEMA reporting;

-- Filled by events, so that reports need nobody else's tables.
CREATE TABLE reporting.order_facts (
    order_id   bigint PRIMARY KEY,
    placed_on  date NOT NULL,
    country    char(2) NOT NULL,
    total      numeric(12, 2) NOT NULL,
    paid       boolean NOT NULL DEFAULT false
);

CREATE TABLE reporting.daily_sales (
    day     date PRIMARY KEY,
    orders  integer NOT NULL,
    revenue numeric(14, 2) NOT NULL
);

CREATE MATERIALIZED VIEW reporting.sales_by_country AS
SELECT f.country, c.name, sum(f.total) AS revenue
FROM reporting.order_facts AS f
JOIN reference.countries AS c ON c.code = f.country
GROUP BY f.country, c.name;
