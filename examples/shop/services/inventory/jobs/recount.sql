-- The yearly count comes as a file; a temporary table takes it in.
\set ON_ERROR_STOP on
BEGIN;

CREATE TEMP TABLE counted (product_id bigint, warehouse_id integer, on_hand integer) ON COMMIT DROP;

COPY counted (product_id, warehouse_id, on_hand) FROM stdin;
1001	1	250
1002	1	13
1003	2	0
\.

MERGE INTO stock_levels AS s
USING counted AS c ON s.product_id = c.product_id AND s.warehouse_id = c.warehouse_id
WHEN MATCHED AND s.on_hand <> c.on_hand THEN
    UPDATE SET on_hand = c.on_hand
WHEN NOT MATCHED THEN
    INSERT (product_id, warehouse_id, on_hand) VALUES (c.product_id, c.warehouse_id, c.on_hand);

WITH lost AS (
    DELETE FROM reservations WHERE reserved_until < now() RETURNING product_id, quantity
)
INSERT INTO stock_movements (product_id, warehouse_id, delta)
SELECT product_id, 1, quantity FROM lost;

COMMIT;
