-- On top of the clean one, one of each thing that is wrong.

-- Objects that cross a boundary.
CREATE TABLE billing.lines (id bigint PRIMARY KEY, item bigint REFERENCES public.order_items, state orders.state,
    number bigint DEFAULT nextval('orders.numbers'));
CREATE TABLE billing.child () INHERITS (orders.base);
CREATE VIEW billing.reads AS SELECT id FROM public.orders;
CREATE VIEW billing.joins AS
    SELECT a.id
    FROM billing.accounts a
    JOIN public.orders o ON o.id = a.id;
CREATE VIEW billing.joins_published AS SELECT a.id FROM billing.accounts a JOIN orders.plain_v1 p USING (id);
CREATE MATERIALIZED VIEW billing.kept AS SELECT count(*) FROM public.orders;
CREATE FUNCTION billing.writes() RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO billing.accounts VALUES (1);
    DELETE FROM public.order_items
    WHERE id = 1;
END
$body$;
CREATE FUNCTION billing.calls() RETURNS numeric LANGUAGE sql AS 'SELECT orders.add(1, 2)';
CREATE FUNCTION billing.computed(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DELETE FROM ' || t; END $$;
CREATE FUNCTION billing.hook() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER hooks AFTER INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION billing.hook();
CREATE AGGREGATE billing.adds(numeric) (SFUNC = orders.add, STYPE = numeric);
CREATE DOMAIN billing.checked AS text CHECK (orders.add(length(VALUE), 1) > 2);
ALTER TABLE billing.accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY peek ON billing.accounts USING (EXISTS (SELECT FROM public.orders o WHERE o.id = accounts.id));
CREATE RULE copies AS ON INSERT TO billing.accounts DO ALSO DELETE FROM orders.debt WHERE id = NEW.id;
CREATE INDEX by_total ON billing.accounts (tools.similarity(id::text, 'x'));
CREATE VIEW watched.looks AS SELECT id FROM billing.accounts;
CREATE VIEW billing.watches AS SELECT id FROM watched.things;
CREATE PUBLICATION everything FOR ALL TABLES;
CREATE PUBLICATION mixed FOR TABLE public.orders, billing.accounts;
CREATE PUBLICATION taken FOR TABLE public.orders;
ALTER PUBLICATION taken OWNER TO billing_owner;
CREATE EXTENSION postgres_fdw SCHEMA tools;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db2', dbname 'shop');
CREATE USER MAPPING FOR billing_app SERVER elsewhere OPTIONS (user 'x', password 'hunter2-fdw');
GRANT USAGE ON FOREIGN SERVER elsewhere TO billing_owner;
CREATE FOREIGN TABLE billing.far (id bigint) SERVER elsewhere;
ALTER ROLE billing_app SET search_path = watched, public;

-- What nobody owns.
CREATE TABLE public.stray (id bigserial);
CREATE VIEW orders.uses_stray AS SELECT id FROM public.stray;
CREATE FUNCTION public.loose() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TYPE public.lost AS ENUM ('a');
CREATE SEQUENCE public.alone;
CREATE SCHEMA legacy;
CREATE TABLE legacy.one (id bigint); CREATE TABLE legacy.two (id bigint);

-- What roles have. Everything above belongs to whom it should but for two.
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT c.oid::regclass AS name, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname IN ('billing', 'orders', 'watched') AND c.relkind IN ('r', 'v', 'm', 'f') LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO %I', r.name, r.nspname || '_owner');
    END LOOP;
    FOR r IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = 'billing' LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO billing_owner', r.name);
        EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', r.name);
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO billing_app', r.name);
    END LOOP;
END $$;
ALTER DOMAIN billing.checked OWNER TO billing_owner;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA billing TO billing_app;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA watched TO watched_app;
REVOKE USAGE ON TYPE billing.checked FROM PUBLIC;
GRANT USAGE ON TYPE billing.checked TO billing_app;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON orders.uses_stray TO orders_app;
GRANT SELECT ON orders.uses_stray TO orders_ro;

GRANT SELECT, UPDATE ON public.orders TO billing_app;
GRANT DELETE ON public.orders TO billing_app WITH GRANT OPTION;
GRANT SELECT (id) ON orders.debt TO PUBLIC;
GRANT SELECT ON orders.events TO PUBLIC;
GRANT EXECUTE ON FUNCTION orders.add(numeric, numeric) TO PUBLIC;
GRANT USAGE ON TYPE orders.state TO billing_owner, billing_app;
GRANT CREATE ON SCHEMA orders TO billing_owner;
GRANT SELECT ON watched.things TO orders_app;
GRANT CREATE ON SCHEMA public TO PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO PUBLIC;
REVOKE INSERT ON orders.debt FROM orders_app;
REVOKE USAGE ON SCHEMA billing FROM billing_app;
ALTER TABLE orders.child OWNER TO billing_owner;
ALTER SCHEMA watched OWNER TO postgres;
ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA orders GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA orders REVOKE UPDATE ON TABLES FROM orders_app;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA billing GRANT SELECT ON TABLES TO orders_app;
ALTER ROLE orders_app CREATEROLE BYPASSRLS;
ALTER ROLE watched_app SUPERUSER;
CREATE ROLE bridge; CREATE ROLE alice LOGIN; CREATE ROLE bob LOGIN; CREATE ROLE team; CREATE ROLE backup;
GRANT SELECT ON public.orders, orders.events TO bridge;
GRANT bridge TO billing_app;
GRANT orders_owner TO billing_app;
GRANT orders_owner TO orders_ro;
GRANT pg_read_all_data TO billing_owner;
GRANT pg_monitor TO billing_owner;
GRANT orders_app TO team; GRANT team TO alice, bob;
GRANT SELECT ON ALL TABLES IN SCHEMA billing TO backup;
ALTER PUBLICATION orders_events OWNER TO orders_owner;
CREATE SUBSCRIPTION takes CONNECTION 'dbname=x password=hunter2-sub' PUBLICATION orders_events
    WITH (connect = false, slot_name = NONE, enabled = false);
ALTER SUBSCRIPTION takes OWNER TO watched_app;
