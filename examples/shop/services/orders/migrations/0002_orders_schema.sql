-- First step of the split: what is new goes into a schema of its own.
CREATE SCHEMA orders;

CREATE TABLE orders.shipments (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id   bigint NOT NULL REFERENCES public.orders (id),
    carrier    text NOT NULL,
    "trackingId" text,
    shipped_at timestamptz
);

-- What happened here, for others to hear of: a transactional outbox.
CREATE TABLE orders.outbox (
    id         uuid PRIMARY KEY,
    topic      text NOT NULL,
    payload    jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz
);

CREATE INDEX ON orders.outbox (created_at) WHERE sent_at IS NULL;

-- Published: see ringfence.yaml.
CREATE VIEW orders.order_summary_v1 AS
SELECT o.id AS order_id,
       o.status,
       o.currency,
       o.placed_at,
       sum(i.quantity * i.unit_price) AS total
FROM public.orders AS o
JOIN public.order_items AS i ON i.order_id = o.id
GROUP BY o.id;

CREATE FUNCTION orders.order_total(bigint) RETURNS numeric
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT total FROM orders.order_summary_v1 WHERE order_id = $1;
END;
