CREATE TABLE orders.coupons (
    code       text PRIMARY KEY,
    product_id bigint REFERENCES public.products (id),
    percent    smallint NOT NULL CHECK (percent BETWEEN 1 AND 90),
    valid_in   char(2) REFERENCES reference.countries (code)
);
