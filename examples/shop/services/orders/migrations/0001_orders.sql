-- The order tables, from the time when everything lived in public.
BEGIN;

CREATE TABLE public.orders (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id  uuid NOT NULL,
    status       text NOT NULL DEFAULT 'open'
                 CHECK (status IN ('open', 'paid', 'shipped', 'cancelled')),
    country_code char(2) NOT NULL,
    currency     char(3) NOT NULL DEFAULT 'EUR',
    placed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.order_items (
    order_id   bigint NOT NULL REFERENCES public.orders (id) ON DELETE CASCADE,
    position   integer NOT NULL,
    product_id bigint NOT NULL, -- catalog's key: checked by the application, not by a constraint
    quantity   integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(12, 2) NOT NULL,
    PRIMARY KEY (order_id, position)
);

CREATE INDEX order_items_product_id_idx ON public.order_items (product_id);

CREATE TABLE public.order_status_history (
    order_id   bigint NOT NULL REFERENCES public.orders (id),
    status     text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by text NOT NULL DEFAULT current_user
);

COMMENT ON COLUMN public.order_items.product_id IS 'id of a product in the catalog service';

COMMIT;
