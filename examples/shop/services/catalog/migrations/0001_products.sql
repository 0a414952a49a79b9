CREATE TABLE public.products (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku      text NOT NULL UNIQUE,
    title    text NOT NULL,
    weight_g integer
);

CREATE TABLE public.product_prices (
    product_id bigint NOT NULL REFERENCES public.products (id),
    currency   char(3) NOT NULL,
    price      numeric(12, 2) NOT NULL,
    valid_from timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, currency, valid_from)
);

CREATE SCHEMA catalog;

CREATE TABLE catalog.categories (
    id        integer PRIMARY KEY,
    parent_id integer REFERENCES catalog.categories (id),
    name      text NOT NULL
);

CREATE VIEW catalog.product_card_v1 AS
SELECT p.id AS product_id, p.sku, p.title, price.price, price.currency
FROM public.products AS p
JOIN LATERAL (
    SELECT pp.price, pp.currency
    FROM public.product_prices AS pp
    WHERE pp.product_id = p.id
    ORDER BY pp.valid_from DESC
    LIMIT 1
) AS price ON true;

-- The old shop's tables, as its generator named them.
CREATE SCHEMA "LegacyCatalog";

CREATE TABLE "LegacyCatalog"."Artikel" (
    "ArtikelNr"   text PRIMARY KEY,
    "Bezeichnung" text NOT NULL,
    "Größe"       text
);
