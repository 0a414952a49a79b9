-- Every kind of object, and the privileges that years of "just for now" leave behind.
CREATE ROLE stranger LOGIN; -- has nothing of its own: what it may do, PUBLIC may
CREATE ROLE monitor LOGIN;  -- not in the manifest
CREATE ROLE old_owner;
CREATE ROLE a_owner LOGIN; CREATE ROLE a_app LOGIN; CREATE ROLE a_job LOGIN; CREATE ROLE a_ro LOGIN;
CREATE ROLE b_owner LOGIN; CREATE ROLE b_app LOGIN; CREATE ROLE b_ro LOGIN;
CREATE ROLE watched_owner LOGIN; CREATE ROLE watched_app LOGIN;
CREATE ROLE gone_owner LOGIN; CREATE ROLE gone_app LOGIN;

CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA watched; CREATE SCHEMA gone; CREATE SCHEMA common; CREATE SCHEMA nobody;
GRANT USAGE, CREATE ON SCHEMA a, b, watched, gone, public TO PUBLIC;

CREATE TABLE a.plain (id serial PRIMARY KEY, secret text);
CREATE TABLE a.identity (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE a.parts (day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE a.parts_2026 PARTITION OF a.parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW a.published_v1 AS SELECT id FROM a.plain;
CREATE VIEW a.for_all_v1 AS SELECT id FROM a.plain;
CREATE MATERIALIZED VIEW a.totals AS SELECT count(*) FROM a.plain;
CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE a.remote (id integer) SERVER nowhere;
CREATE SEQUENCE a.numbers;
CREATE TYPE a.colour AS ENUM ('red'); CREATE DOMAIN a.percent AS integer; CREATE TYPE a.pair AS (x integer, y integer);
CREATE TYPE a.span AS RANGE (subtype = integer);
CREATE FUNCTION a.total(bigint) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION a.total(text, numeric) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION a.total() RETURNS integer LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION a.writes() RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER AS 'SELECT 4';
CREATE FUNCTION a.many(VARIADIC integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 5';
CREATE FUNCTION a.coloured(a.colour, OUT x integer, OUT y integer) LANGUAGE sql AS 'SELECT 1, 2';
CREATE PROCEDURE a.run(INOUT n integer) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE a.sum_up(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE a.middle(double precision ORDER BY double precision)
    (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
CREATE TABLE b.own (id integer);
CREATE TABLE watched.all_read (id integer);
CREATE TABLE gone.left_behind (id integer);
CREATE TABLE common.countries (code text); CREATE TABLE common.currencies (code text);
CREATE TABLE nobody.thing (id integer);

-- One schema that several still share: exact names, globs, a glob within a glob, a partition and a sequence.
CREATE TABLE public.a_one (id serial PRIMARY KEY); CREATE TABLE public.a_two (id integer);
CREATE TABLE public.a_b_three (id serial PRIMARY KEY); CREATE TABLE public.axb (id integer);
CREATE TABLE public.events (day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE public.y2026 PARTITION OF public.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE public.unclaimed (id integer); CREATE TABLE public.w_table (id integer); CREATE TABLE public.gone_table (id integer);
CREATE TABLE public.letter_1 (id integer); CREATE TABLE public."letter_ü" (id integer);
CREATE FUNCTION public.a_function() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE b.a_guest (id integer); -- a's table in b's schema

-- What has to go, and what has to stay.
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA a, b, watched, gone, public, common TO PUBLIC, b_app, a_app, gone_app;
GRANT SELECT, UPDATE, USAGE ON ALL SEQUENCES IN SCHEMA a, public TO PUBLIC, b_app;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA a TO b_ro;
GRANT USAGE ON TYPE a.colour TO b_app;
GRANT SELECT (secret), UPDATE (secret) ON a.plain TO b_ro; GRANT SELECT (id) ON a.plain TO PUBLIC;
GRANT SELECT ON a.plain TO b_owner WITH GRANT OPTION;
SET ROLE b_owner; GRANT SELECT ON a.plain TO b_ro; RESET ROLE;
GRANT SELECT ON a.published_v1 TO b_app WITH GRANT OPTION;
GRANT SELECT ON a.plain TO monitor; GRANT USAGE ON SCHEMA a TO monitor; GRANT SELECT ON nobody.thing TO b_app;
GRANT a_owner TO b_app; GRANT a_owner TO a_job; GRANT a_ro TO a_app; GRANT monitor TO b_app; GRANT a_owner TO monitor;
ALTER DEFAULT PRIVILEGES FOR ROLE a_owner IN SCHEMA a GRANT SELECT ON TABLES TO PUBLIC, b_app;
ALTER DEFAULT PRIVILEGES FOR ROLE a_owner GRANT SELECT ON TABLES TO b_ro;
ALTER TABLE watched.all_read OWNER TO old_owner;
-- In by a back door: a role that nobody manages and that may read.
CREATE ROLE readers; GRANT USAGE ON SCHEMA a TO readers; GRANT SELECT ON a.plain TO readers; GRANT readers TO b_ro;
CREATE ROLE harmless; GRANT harmless TO b_ro;
-- Nobody's own, and everyone's.
CREATE SCHEMA tools; CREATE TABLE tools.log (id serial); CREATE FUNCTION tools.helper() RETURNS integer LANGUAGE sql AS 'SELECT 1';
