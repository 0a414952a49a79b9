-- Which warehouse ships an item?
ALTER TABLE public.order_items ADD COLUMN warehouse_id integer;

ALTER TABLE public.order_items
    ADD CONSTRAINT order_items_warehouse_fk
    FOREIGN KEY (warehouse_id) REFERENCES public.warehouses (id);
