-- What the statements are about. Every name is qualified, so that no search_path matters here.

CREATE SCHEMA shop_orders;
CREATE SCHEMA shop_inventory;
CREATE SCHEMA billing;
CREATE SCHEMA desk;
CREATE SCHEMA "Quoted Schema";
CREATE SCHEMA "select";
CREATE SCHEMA "ünïcode";

-- Orders ------------------------------------------------------------------------------------------

CREATE SEQUENCE shop_orders.order_number;

CREATE TYPE shop_orders.address AS (street text, city text, country text);

CREATE TABLE shop_orders.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    email text UNIQUE,
    home shop_orders.address,
    tags text[] NOT NULL DEFAULT '{}',
    profile jsonb NOT NULL DEFAULT '{}',
    created timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE shop_orders.orders (
    id bigint PRIMARY KEY DEFAULT nextval('shop_orders.order_number'),
    customer_id bigint REFERENCES shop_orders.customers,
    status text NOT NULL DEFAULT 'new',
    total numeric(12, 2) NOT NULL DEFAULT 0,
    currency text NOT NULL DEFAULT 'EUR',
    placed date NOT NULL DEFAULT current_date,
    details xml
);

CREATE TABLE shop_orders.order_items (
    order_id bigint REFERENCES shop_orders.orders,
    line int NOT NULL,
    product_id bigint,
    quantity int NOT NULL DEFAULT 1,
    price numeric(12, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, line)
);

CREATE TABLE shop_orders.events (
    id bigint NOT NULL,
    order_id bigint,
    happened date NOT NULL,
    payload jsonb
) PARTITION BY RANGE (happened);

CREATE TABLE shop_orders.events_2025 PARTITION OF shop_orders.events
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE shop_orders.events_2026 PARTITION OF shop_orders.events
    FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE TABLE shop_orders."OrderNotes" (
    "Id" bigint PRIMARY KEY,
    "orderId" bigint,
    "Text" text
);

CREATE VIEW shop_orders.open_orders AS
    SELECT id, customer_id, total, placed FROM shop_orders.orders WHERE status <> 'done';

CREATE VIEW shop_orders.big_open_orders AS
    SELECT o.id, o.total, c.name
    FROM shop_orders.open_orders o JOIN shop_orders.customers c ON c.id = o.customer_id
    WHERE o.total > 1000;

CREATE FUNCTION shop_orders.recent_orders(days int) RETURNS SETOF shop_orders.orders
    LANGUAGE sql STABLE AS $$ SELECT * FROM shop_orders.orders WHERE placed > current_date - days $$;

CREATE FUNCTION shop_orders.order_total(bigint) RETURNS numeric
    LANGUAGE sql STABLE AS $$ SELECT total FROM shop_orders.orders WHERE id = $1 $$;

CREATE FUNCTION shop_orders.order_lines(bigint) RETURNS TABLE (line int, product_id bigint)
    LANGUAGE sql STABLE
    AS $$ SELECT line, product_id FROM shop_orders.order_items WHERE order_id = $1 $$;

-- Inventory ---------------------------------------------------------------------------------------

CREATE TABLE shop_inventory.warehouses (
    id int PRIMARY KEY,
    name text NOT NULL,
    city text
);

CREATE TABLE shop_inventory.products (
    id bigint PRIMARY KEY,
    sku text NOT NULL UNIQUE,
    name text NOT NULL,
    price numeric(12, 2),
    attributes jsonb,
    parent_id bigint
);

CREATE TABLE shop_inventory.gift_cards (
    face_value numeric(12, 2)
) INHERITS (shop_inventory.products);

CREATE TABLE shop_inventory.stock (
    product_id bigint NOT NULL,
    warehouse_id int NOT NULL,
    quantity int NOT NULL DEFAULT 0,
    reserved int NOT NULL DEFAULT 0,
    PRIMARY KEY (product_id, warehouse_id)
);

CREATE TABLE shop_inventory.moves (
    id bigserial PRIMARY KEY,
    product_id bigint,
    from_warehouse int,
    to_warehouse int,
    quantity int,
    moved timestamptz DEFAULT now()
);

CREATE VIEW shop_inventory.available AS
    SELECT product_id, sum(quantity - reserved) AS free FROM shop_inventory.stock GROUP BY 1;

CREATE VIEW shop_inventory.sellable AS
    SELECT p.id, p.sku, p.name, a.free
    FROM shop_inventory.products p JOIN shop_inventory.available a ON a.product_id = p.id;

CREATE MATERIALIZED VIEW shop_inventory.stock_by_city AS
    SELECT w.city, s.product_id, sum(s.quantity) AS quantity
    FROM shop_inventory.stock s JOIN shop_inventory.warehouses w ON w.id = s.warehouse_id
    GROUP BY 1, 2;

CREATE FUNCTION shop_inventory.reserve(bigint, int) RETURNS boolean
    LANGUAGE sql AS $$ UPDATE shop_inventory.stock SET reserved = reserved + $2
    WHERE product_id = $1 RETURNING true $$;

-- Billing -----------------------------------------------------------------------------------------

CREATE TYPE billing.money_amount AS (amount numeric, currency text);

CREATE SEQUENCE billing.invoice_number START 1000;

CREATE TABLE billing.accounts (
    id bigint PRIMARY KEY,
    customer_id bigint,
    balance numeric(12, 2) NOT NULL DEFAULT 0,
    limits billing.money_amount
);

CREATE TABLE billing.invoices (
    id bigint PRIMARY KEY DEFAULT nextval('billing.invoice_number'),
    account_id bigint,
    order_id bigint,
    total numeric(12, 2),
    status text,
    issued date DEFAULT current_date,
    price billing.money_amount,
    lines jsonb
);

CREATE TABLE billing.payments (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    invoice_id bigint,
    amount numeric(12, 2),
    paid timestamptz DEFAULT now(),
    CONSTRAINT payments_once UNIQUE (invoice_id, paid)
);

CREATE TABLE billing.ledger (
    id bigserial PRIMARY KEY,
    account_id bigint,
    debit numeric,
    credit numeric,
    at timestamptz DEFAULT now()
);

CREATE VIEW billing.unpaid AS
    SELECT i.id, i.account_id, i.order_id, i.total
    FROM billing.invoices i
    WHERE NOT EXISTS (SELECT FROM billing.payments p WHERE p.invoice_id = i.id);

CREATE FUNCTION billing.statement_lines(account bigint) RETURNS TABLE (at timestamptz, amount numeric)
    LANGUAGE sql STABLE AS $$ SELECT at, credit - debit FROM billing.ledger
    WHERE account_id = account $$;

CREATE FUNCTION billing.pair(OUT low bigint, OUT high bigint) RETURNS record
    LANGUAGE sql STABLE AS $$ SELECT min(id), max(id) FROM billing.invoices $$;

-- The reading service's own -----------------------------------------------------------------------

CREATE TABLE desk.tickets (
    id bigint PRIMARY KEY,
    customer_id bigint,
    order_id bigint,
    subject text,
    body text,
    state text DEFAULT 'open',
    opened timestamptz DEFAULT now(),
    extra jsonb,
    labels text[]
);

CREATE TABLE desk.notes (
    id bigint PRIMARY KEY,
    ticket_id bigint,
    author text,
    body text,
    parent_id bigint
);

-- Named like the CTEs that statements make.
CREATE TABLE desk.recent (id bigint, total numeric, name text);
CREATE TABLE desk.totals (id bigint, total numeric, name text);
CREATE TABLE desk.tree (id bigint, parent_id bigint, name text, depth int);
CREATE TABLE desk.t (id bigint, a int, b int, name text);
CREATE TABLE desk.u (id bigint, a int, c int, name text);

-- Named like a table of another schema.
CREATE TABLE desk.customers (id bigint, name text, email text);
CREATE TABLE public.customers (id bigint, name text, email text);
CREATE TABLE public.orders (id bigint, customer_id bigint, total numeric);
CREATE TABLE public.t (id bigint, a int, b int, name text);
CREATE TABLE public.only_public (id bigint, name text);
CREATE SEQUENCE desk.ticket_number;

-- Names that are keywords.
CREATE TABLE desk."user" (id bigint, name text);
CREATE TABLE desk."order" (id bigint, name text, "from" text, "to" text);
CREATE TABLE desk."table" (id bigint, "select" text);
CREATE TABLE desk.values (id bigint);
CREATE TABLE desk.row (id bigint);
CREATE TABLE desk.year (id bigint, month int);
CREATE TABLE desk.natural_ (id bigint);
CREATE TABLE "select"."from" (id bigint, "where" int);
CREATE TABLE "select".lateral_ (id bigint);

-- Names that need quotes, and some that only look alike.
CREATE TABLE "Quoted Schema"."Mixed Case" (id bigint, "Some Column" text);
CREATE TABLE "Quoted Schema".mixed_case (id bigint, some_column text);
CREATE TABLE "Quoted Schema"."a.b" (id bigint);
CREATE TABLE "Quoted Schema"."say ""hi""" (id bigint);
CREATE TABLE "Quoted Schema"."semi;colon" (id bigint);
CREATE TABLE "Quoted Schema"."it's" (id bigint);
CREATE TABLE "Quoted Schema"."-- no comment" (id bigint);
CREATE TABLE "Quoted Schema"." " (id bigint);
CREATE TABLE desk."Tickets" (id bigint, subject text);

-- Names at and over the limit of 63 bytes.
CREATE TABLE desk.a2345678901234567890123456789012345678901234567890123456789_max (id bigint);
CREATE TABLE desk.b2345678901234567890123456789012345678901234567890123456789_cut_off (id bigint);
-- The 63rd byte would be half of an é, which goes as a whole.
CREATE TABLE desk.c2345678901234567890123456789012345678901234567890123456789_eeé (id bigint);

-- Not ASCII. Only ASCII letters fold.
CREATE TABLE "ünïcode"."Größe" (id bigint, "länge" int);
CREATE TABLE ünïcode.CAFÉ (id bigint);
CREATE TABLE ünïcode.таблица (id bigint, имя text);
CREATE TABLE ünïcode.表 (id bigint);
CREATE TABLE ünïcode."🧾" (id bigint);
