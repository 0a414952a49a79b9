CREATE SCHEMA IF NOT EXISTS inventory;

SET search_path TO inventory, public;

CREATE TABLE reservations (
    order_id       bigint NOT NULL,
    product_id     bigint NOT NULL,
    quantity       integer NOT NULL,
    reserved_until timestamptz NOT NULL,
    PRIMARY KEY (order_id, product_id)
);

CREATE TABLE outbox (
    id         uuid PRIMARY KEY,
    topic      text NOT NULL,
    payload    jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz
);

-- A local read model: what inventory needs to know of products, kept by catalog's events.
CREATE TABLE inventory.product_copy (
    product_id bigint PRIMARY KEY,
    sku        text NOT NULL,
    weight_g   integer,
    as_of      timestamptz NOT NULL
);

CREATE VIEW availability_v1 AS
SELECT s.product_id,
       sum(s.on_hand) - coalesce((SELECT sum(r.quantity)
                                  FROM reservations AS r
                                  WHERE r.product_id = s.product_id), 0) AS available
FROM stock_levels AS s
GROUP BY s.product_id;

RESET search_path;
