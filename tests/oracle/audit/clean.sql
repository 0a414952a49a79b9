-- A database that is as the manifest says, once the generated grants have run.
CREATE SCHEMA orders;
CREATE SCHEMA billing;
CREATE SCHEMA watched;
CREATE SCHEMA reference;
CREATE SCHEMA tools;
CREATE EXTENSION pg_trgm SCHEMA tools;

CREATE TABLE reference.countries (code text PRIMARY KEY, name text);
CREATE TABLE tools.jobs (id serial PRIMARY KEY, what text);
CREATE FUNCTION tools.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW.id; RETURN NEW; END $$;

CREATE TYPE orders.state AS ENUM ('new', 'paid');
CREATE DOMAIN orders.amount AS numeric(12, 2) CONSTRAINT positive CHECK (VALUE >= 0);
CREATE TYPE orders.line AS (product bigint, price orders.amount);
CREATE TYPE orders.period AS RANGE (SUBTYPE = date);
CREATE TABLE public.orders (id bigserial PRIMARY KEY, country text REFERENCES reference.countries, state orders.state DEFAULT 'new',
    total orders.amount, lines orders.line[], valid orders.period, twice numeric GENERATED ALWAYS AS (total * 2) STORED);
CREATE TABLE public.order_items (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint REFERENCES public.orders, n int CHECK (n > 0));
CREATE INDEX ON public.order_items (abs(n)) WHERE n > 1;
CREATE TABLE orders.debt (id bigint PRIMARY KEY);
CREATE TABLE orders.events (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE orders.events_2024 PARTITION OF orders.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE public.invoices (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE public.invoices_2024 PARTITION OF public.invoices FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (id);
CREATE TABLE public.inv_2024_1 PARTITION OF public.invoices_2024 FOR VALUES IN (1);
CREATE SEQUENCE orders.numbers;
CREATE TABLE orders.base (id bigint DEFAULT nextval('orders.numbers'));
CREATE TABLE orders.child (extra text) INHERITS (orders.base);
CREATE VIEW orders.summary_v1 AS SELECT o.id, c.name FROM public.orders o JOIN reference.countries c ON c.code = o.country;
CREATE VIEW orders.plain_v1 AS SELECT id FROM public.orders;
CREATE MATERIALIZED VIEW orders.totals AS SELECT state, sum(total) AS sum FROM public.orders GROUP BY state;
CREATE FUNCTION orders.order_total(bigint) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT count(*)::numeric FROM orders.plain_v1 WHERE id = $1';
CREATE FUNCTION orders.atomic(i bigint) RETURNS SETOF public.orders LANGUAGE sql BEGIN ATOMIC SELECT * FROM public.orders WHERE id = i; END;
CREATE PROCEDURE orders.pay(i bigint) LANGUAGE plpgsql AS $$ BEGIN UPDATE public.orders SET state = 'paid' WHERE id = i; END $$;
CREATE FUNCTION orders.add(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE orders.adds(numeric) (SFUNC = orders.add, STYPE = numeric);
CREATE TRIGGER touches BEFORE INSERT ON public.order_items FOR EACH ROW EXECUTE FUNCTION tools.touch();
CREATE RULE kept AS ON DELETE TO orders.debt DO INSTEAD NOTHING;
ALTER TABLE orders.debt ENABLE ROW LEVEL SECURITY;
CREATE POLICY paid ON orders.debt USING (EXISTS (SELECT FROM public.orders o WHERE o.id = debt.id));
CREATE TABLE billing.accounts (id bigint PRIMARY KEY);
CREATE VIEW billing.joined AS SELECT a.id, s.name FROM billing.accounts a JOIN orders.summary_v1 s USING (id);
CREATE VIEW billing.debts AS SELECT id FROM orders.debt;
CREATE VIEW billing.totals AS SELECT orders.order_total(id) AS total FROM billing.accounts;
CREATE TABLE watched.things (id bigint PRIMARY KEY);
CREATE PUBLICATION orders_events FOR TABLE public.orders, orders.events;
