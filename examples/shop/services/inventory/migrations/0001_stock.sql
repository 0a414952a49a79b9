CREATE TABLE public.warehouses (
    id           integer PRIMARY KEY,
    name         text NOT NULL UNIQUE,
    country_code char(2) NOT NULL REFERENCES reference.countries (code)
);

CREATE TABLE public.stock_levels (
    product_id   bigint NOT NULL,
    warehouse_id integer NOT NULL REFERENCES public.warehouses (id),
    on_hand      integer NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    PRIMARY KEY (product_id, warehouse_id)
);

CREATE TABLE public.stock_movements (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id   bigint NOT NULL,
    warehouse_id integer NOT NULL REFERENCES public.warehouses,
    delta        integer NOT NULL,
    moved_at     timestamptz NOT NULL DEFAULT now()
);
