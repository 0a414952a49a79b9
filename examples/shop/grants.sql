-- Made by `ringfence generate-grants` from the manifest: change that, not this.
--
-- Makes the server so, in one transaction. It runs the statements that are needed and says each; a second run
-- finds nothing to do. What the current role may not do is a WARNING, with the statement.
--
-- For PostgreSQL 15. It concerns the database it is run in, and there
--   the roles of orders: "orders_owner", "orders_app", "orders_ro"
--   the roles of inventory: "inventory_owner", "inventory_app", "inventory_worker"
--   the roles of payments: "payments_owner", "payments_app", "payments_ro"
--   the roles of catalog: "catalog_owner", "catalog_app"
--   the roles of reporting: "reporting_owner", "reporting_etl", "reporting_ro", "reporting_dashboards"
--   what is orders: "orders", "public"."orders", "public"."order_*"
--   what is inventory: "inventory", "public"."stock_*", "public"."warehouses"
--   what is payments: "payments", "public"."invoices", "public"."payment_*"
--   what is catalog: "catalog", "LegacyCatalog", "public"."products", "public"."product_*"
--   what is reporting: "reporting"
--   what is shared: "extensions"
--   what is shared: "reference"."countries"
-- Roles that the manifest does not name keep what they have, but for what they have through PUBLIC.

BEGIN;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL search_path = pg_catalog;
SET LOCAL enable_nestloop = off;
SET LOCAL jit = off;

DO $ringfence$
DECLARE
    todo record;
    reached integer := -1; -- the stage that is done
    current integer;       -- the one that is being done, if there is something to do
    undone text[];
    unborn text[];
BEGIN
    IF current_setting('server_version_num')::integer / 10000 <> 15 THEN
        RAISE EXCEPTION 'this script is for PostgreSQL 15, the server is %', current_setting('server_version')
            USING HINT = 'Set postgres: in the manifest and generate it again.';
    END IF;
    -- Two runs at once would do the same work twice.
    PERFORM pg_advisory_xact_lock(hashtextextended('ringfence generate-grants', 0));
    LOOP
        current := NULL;
        undone := '{}';
        unborn := '{}';
        FOR todo IN
    WITH RECURSIVE
    plan_server (act_as, create_roles, only_service) AS (
        VALUES ('MEMBER', true, NULL::text)
    ),
    -- What a service's roles may do with what it owns, and everyone with what is shared.
    plan_policy (purpose, kind, privileges) AS (
        VALUES
            ('owner', 'relation', 'DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE'),
            ('owner', 'sequence', 'SELECT, UPDATE, USAGE'),
            ('owner', 'routine', 'EXECUTE'),
            ('owner', 'type', 'USAGE'),
            ('owner', 'schema', 'CREATE, USAGE'),
            ('owner', 'database', 'CONNECT, TEMPORARY'),
            ('app', 'relation', 'DELETE, INSERT, SELECT, TRUNCATE, UPDATE'),
            ('app', 'sequence', 'SELECT, UPDATE, USAGE'),
            ('app', 'routine', 'EXECUTE'),
            ('app', 'type', 'USAGE'),
            ('app', 'schema', 'USAGE'),
            ('app', 'database', 'CONNECT, TEMPORARY'),
            ('readonly', 'relation', 'SELECT'),
            ('readonly', 'sequence', 'SELECT'),
            ('readonly', 'routine', 'EXECUTE'),
            ('readonly', 'type', 'USAGE'),
            ('readonly', 'schema', 'USAGE'),
            ('readonly', 'database', 'CONNECT'),
            ('everyone', 'relation', 'SELECT'),
            ('everyone', 'sequence', 'SELECT'),
            ('everyone', 'routine', 'EXECUTE'),
            ('everyone', 'type', 'USAGE')
    ),
    plan_roles (name, service, purpose, stage) AS (
        VALUES
            -- @shop/orders
            ('orders_owner', 'orders', 'owner', 'enforce'),
            ('orders_app', 'orders', 'app', 'enforce'),
            ('orders_ro', 'orders', 'readonly', 'enforce'),
            -- @shop/warehouse
            ('inventory_owner', 'inventory', 'owner', 'enforce'),
            ('inventory_app', 'inventory', 'app', 'enforce'),
            ('inventory_worker', 'inventory', 'app', 'enforce'),
            -- @shop/payments
            ('payments_owner', 'payments', 'owner', 'enforce'),
            ('payments_app', 'payments', 'app', 'enforce'),
            ('payments_ro', 'payments', 'readonly', 'enforce'),
            -- @shop/catalog
            ('catalog_owner', 'catalog', 'owner', 'observe'),
            ('catalog_app', 'catalog', 'app', 'observe'),
            -- @shop/insights
            ('reporting_owner', 'reporting', 'owner', 'enforce'),
            ('reporting_etl', 'reporting', 'app', 'enforce'),
            ('reporting_ro', 'reporting', 'readonly', 'enforce'),
            ('reporting_dashboards', 'reporting', 'readonly', 'enforce')
    ),
    -- Who owns what; without a name, the whole schema.
    plan_claims (service, stage, shared, schema, name) AS (
        VALUES
            ('orders', 'enforce', false, 'orders', NULL::text),
            ('orders', 'enforce', false, 'public', 'orders'),
            ('orders', 'enforce', false, 'public', 'order_*'),
            ('inventory', 'enforce', false, 'inventory', NULL::text),
            ('inventory', 'enforce', false, 'public', 'stock_*'),
            ('inventory', 'enforce', false, 'public', 'warehouses'),
            ('payments', 'enforce', false, 'payments', NULL::text),
            ('payments', 'enforce', false, 'public', 'invoices'),
            ('payments', 'enforce', false, 'public', 'payment_*'),
            ('catalog', 'observe', false, 'catalog', NULL::text),
            ('catalog', 'observe', false, 'LegacyCatalog', NULL::text),
            ('catalog', 'observe', false, 'public', 'products'),
            ('catalog', 'observe', false, 'public', 'product_*'),
            ('reporting', 'enforce', false, 'reporting', NULL::text),
            (NULL::text, 'shared', true, 'extensions', NULL::text),
            ('catalog', 'observe', true, 'reference', 'countries')
    ),
    -- What others may touch: publications, then exceptions; without a grantee, all other services.
    plan_allowances (kind, schema, name, arguments, privileges, service, grantee, until) AS (
        VALUES
            ('relation', 'orders', 'order_summary_v1', NULL::text[], 'SELECT', 'orders', 'payments', NULL::date),
            ('relation', 'orders', 'order_summary_v1', NULL::text[], 'SELECT', 'orders', 'reporting', NULL::date),
            ('routine', 'orders', 'order_total', ARRAY['bigint']::text[], 'EXECUTE', 'orders', 'payments', NULL::date),
            ('routine', 'orders', 'order_total', ARRAY['bigint']::text[], 'EXECUTE', 'orders', 'reporting', NULL::date),
            ('relation', 'inventory', 'availability_v1', NULL::text[], 'SELECT', 'inventory', NULL::text, NULL::date),
            ('relation', 'payments', 'payment_status_v1', NULL::text[], 'SELECT', 'payments', 'orders', NULL::date),
            ('relation', 'payments', 'payment_status_v1', NULL::text[], 'SELECT', 'payments', 'reporting', NULL::date),
            ('relation', 'catalog', 'product_card_v1', NULL::text[], 'SELECT', 'catalog', NULL::text, NULL::date),
            -- exception: SHOP-1187: the checkout shows reservations until StockReserved events arrive
            ('relation', 'inventory', 'reservations', NULL::text[], 'SELECT', 'inventory', 'orders', '2099-12-31'::date)
    ),
    -- What the plan above means on this server. Everything below is the same in every script.
    known_roles AS (
        SELECT p.name, p.service, p.purpose, p.stage, a.oid, a.rolsuper,
               CASE p.purpose WHEN 'owner' THEN 3 WHEN 'app' THEN 2 ELSE 1 END AS power
        FROM plan_roles AS p
        LEFT JOIN pg_roles AS a ON a.rolname = p.name
    ),
    -- A service with a server of its own gets nothing here; what its roles still have of others goes.
    roles AS (
        SELECT * FROM known_roles WHERE stage <> 'split'
    ),
    policy AS (
        SELECT p.purpose, p.kind, u.privilege
        FROM plan_policy AS p
        CROSS JOIN LATERAL unnest(string_to_array(p.privileges, ', ')) AS u(privilege)
    ),
    -- An exact name weighs more than a glob, a long fixed beginning more than a short one, any name more than the
    -- whole schema. In a glob, * is any text and ? one byte.
    claims AS (
        SELECT c.*, row_number() OVER () AS number, o.oid AS owner_role, o.name AS owner_name,
               CASE WHEN c.name IS NULL THEN -1
                    WHEN c.name !~ '[*?]' THEN 1000
                    ELSE octet_length(substring(c.name FROM '^[^*?]*'))
               END AS weight,
               convert_to(translate(replace(replace(replace(c.name, chr(92), chr(92) || chr(92)),
                                                    '%', chr(92) || '%'),
                                            '_', chr(92) || '_'), '*?', '%_'), 'UTF8') AS pattern
        FROM plan_claims AS c
        LEFT JOIN roles AS o ON o.service = c.service AND o.purpose = 'owner'
    ),
    allowances AS (
        SELECT a.*,
               convert_to(translate(replace(replace(replace(a.name, chr(92), chr(92) || chr(92)),
                                                    '%', chr(92) || '%'),
                                            '_', chr(92) || '_'), '*?', '%_'), 'UTF8') AS pattern,
               ARRAY(SELECT to_regtype(t.name)::oid
                     FROM unnest(a.arguments) WITH ORDINALITY AS t(name, number)
                     ORDER BY t.number) AS types
        FROM plan_allowances AS a
        WHERE coalesce(a.until >= (now() AT TIME ZONE 'UTC')::date, true)
    ),
    spaces AS (
        SELECT n.oid, n.nspname::text AS schema, n.nspowner AS owner,
               coalesce(n.nspacl, acldefault('n', n.nspowner)) AS acl,
               w.service, w.stage, w.owner_role, w.owner_name,
               coalesce(w.service IS NOT NULL AND NOT w.shared, false) AS private,
               EXISTS (SELECT FROM claims AS c
                       WHERE c.schema = n.nspname AND c.stage = 'enforce' AND c.service IS NOT NULL)
               AND NOT EXISTS (SELECT FROM claims AS c
                               WHERE c.schema = n.nspname AND c.stage = 'observe') AS closed
        FROM pg_namespace AS n
        LEFT JOIN claims AS w ON w.schema = n.nspname AND w.name IS NULL
        WHERE n.nspname::text IN (SELECT c.schema FROM claims AS c
                                  UNION ALL SELECT a.schema FROM allowances AS a)
    ),
    -- What an extension made is the extension's.
    extension_members AS (
        SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
    ),
    objects AS (
        SELECT 'relation' AS kind, c.oid, s.schema, c.relname::text AS name, c.relowner AS owner,
               coalesce(c.relacl, acldefault('r', c.relowner)) AS acl, 'TABLE' AS word,
               CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                              WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS alter_word,
               format('%I.%I', s.schema, c.relname) AS sqlname, NULL::oid[] AS types,
               true AS reads_only, NULL::oid AS owned_by, false AS serial,
               CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid END AS root,
               s.oid AS space
        FROM spaces AS s
        JOIN pg_class AS c ON c.relnamespace = s.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        WHERE (1259::oid, c.oid) NOT IN (SELECT m.classid, m.objid FROM extension_members AS m)
        UNION ALL
        SELECT 'sequence', c.oid, s.schema, c.relname::text, c.relowner,
               coalesce(c.relacl, acldefault('s', c.relowner)), 'SEQUENCE', 'SEQUENCE',
               format('%I.%I', s.schema, c.relname), NULL, true, d.refobjid, d.deptype = 'a', NULL, s.oid
        FROM spaces AS s
        JOIN pg_class AS c ON c.relnamespace = s.oid AND c.relkind = 'S'
        LEFT JOIN pg_depend AS d
            ON d.classid = 1259 AND d.objid = c.oid AND d.objsubid = 0
            AND d.refclassid = 1259 AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
        WHERE (1259::oid, c.oid) NOT IN (SELECT m.classid, m.objid FROM extension_members AS m)
        UNION ALL
        SELECT 'routine', p.oid, s.schema, p.proname::text, p.proowner,
               coalesce(p.proacl, acldefault('f', p.proowner)), 'ROUTINE', 'ROUTINE',
               format('%I.%I(%s)', s.schema, p.proname, oidvectortypes(p.proargtypes)),
               ARRAY(SELECT u.type FROM unnest(p.proargtypes) WITH ORDINALITY AS u(type, number)
                     ORDER BY u.number), p.prokind <> 'p' AND (NOT p.prosecdef OR p.provolatile <> 'v'),
               NULL, false, NULL, s.oid
        FROM spaces AS s
        JOIN pg_proc AS p ON p.pronamespace = s.oid
        WHERE (1255::oid, p.oid) NOT IN (SELECT m.classid, m.objid FROM extension_members AS m)
        UNION ALL
        -- Row types follow their tables, arrays their elements, multiranges their ranges.
        SELECT 'type', t.oid, s.schema, t.typname::text, t.typowner,
               coalesce(t.typacl, acldefault('T', t.typowner)), 'TYPE', 'TYPE',
               format('%I.%I', s.schema, t.typname), NULL, true, NULL, false, NULL, s.oid
        FROM spaces AS s
        JOIN pg_type AS t ON t.typnamespace = s.oid
        LEFT JOIN pg_class AS c ON c.oid = t.typrelid
        WHERE (t.typtype IN ('b', 'd', 'e', 'r') OR c.relkind = 'c')
          AND t.oid NOT IN (SELECT e.typarray FROM pg_type AS e)
          AND (1247::oid, t.oid) NOT IN (SELECT m.classid, m.objid FROM extension_members AS m)
    ),
    -- A sequence goes by its table's name, if it has one; a partition that nobody claims by its own name goes by that
    -- of the table it is a part of.
    names AS (
        SELECT o.kind, o.oid, o.schema, o.name, 0 AS handicap FROM objects AS o WHERE o.owned_by IS NULL
        UNION ALL
        SELECT o.kind, o.oid, t.schema, t.name, 0
        FROM objects AS o JOIN objects AS t ON t.kind = 'relation' AND t.oid = o.owned_by
        UNION ALL
        SELECT o.kind, o.oid, t.schema, t.name, 10000
        FROM objects AS o JOIN objects AS t ON t.kind = 'relation' AND t.oid = o.root
    ),
    matches AS (
        SELECT n.kind, n.oid, c.number, c.weight - n.handicap AS weight
        FROM names AS n JOIN claims AS c ON c.schema = n.schema AND c.name = n.name AND c.weight = 1000
        UNION ALL
        SELECT n.kind, n.oid, c.number, c.weight - n.handicap
        FROM names AS n JOIN claims AS c ON c.schema = n.schema AND c.name IS NULL
        UNION ALL
        SELECT n.kind, n.oid, c.number, c.weight - n.handicap
        FROM names AS n JOIN claims AS c ON c.schema = n.schema AND c.weight BETWEEN 0 AND 999
        WHERE convert_to(n.name, 'UTF8') LIKE c.pattern
    ),
    best AS (
        SELECT DISTINCT ON (m.kind, m.oid) m.kind, m.oid, m.number
        FROM matches AS m ORDER BY m.kind, m.oid, m.weight DESC, m.number
    ),
    owned AS (
        SELECT o.*, c.service, c.stage, coalesce(c.shared, false) AS shared, c.owner_role, c.owner_name
        FROM objects AS o
        LEFT JOIN best AS b ON b.kind = o.kind AND b.oid = o.oid
        LEFT JOIN claims AS c ON c.number = b.number
    ),
    -- Everything that has privileges. Of what is closed, all that nobody wants is taken away.
    things AS (
        SELECT o.kind, o.oid, o.space, o.owner, o.acl, o.word, o.sqlname, o.service,
               coalesce(o.stage = 'enforce' AND o.service IS NOT NULL, false) AS closed,
               CASE WHEN o.shared THEN ARRAY(SELECT p.privilege FROM policy AS p
                                             WHERE p.purpose = 'everyone' AND p.kind = o.kind)
                    ELSE '{}' END AS public_keeps,
               '{}'::text[] AS roles_keep
        FROM owned AS o
        UNION ALL
        -- A schema without an owner may hold what nobody claims, such as an extension's functions: USAGE stays.
        SELECT 'schema', s.oid, NULL, s.owner, s.acl, 'SCHEMA', quote_ident(s.schema), s.service, s.closed,
               CASE WHEN s.private THEN '{}'::text[] ELSE '{USAGE}' END,
               CASE WHEN s.private THEN '{}'::text[] ELSE '{USAGE}' END
        FROM spaces AS s
        UNION ALL
        SELECT 'database', d.oid, NULL, d.datdba, coalesce(d.datacl, acldefault('d', d.datdba)), 'DATABASE',
               quote_ident(d.datname), NULL,
               EXISTS (SELECT FROM claims AS c WHERE c.stage = 'enforce' AND c.service IS NOT NULL)
               AND NOT EXISTS (SELECT FROM claims AS c WHERE c.stage = 'observe'), '{}', '{}'
        FROM pg_database AS d WHERE d.datname = current_database()
    ),
    allowed AS (
        SELECT o.kind, o.oid, r.oid AS role, u.privilege, a.arguments IS NOT NULL AS named
        FROM allowances AS a
        JOIN owned AS o
            ON (o.kind = a.kind OR (a.kind = 'relation' AND o.kind = 'sequence')) AND o.schema = a.schema
            AND (o.name = a.name OR convert_to(o.name, 'UTF8') LIKE a.pattern)
            AND (a.arguments IS NULL OR o.types = a.types)
        JOIN roles AS r
            ON a.grantee = r.service OR (a.grantee IS NULL AND r.service IS DISTINCT FROM o.service)
        CROSS JOIN LATERAL unnest(string_to_array(a.privileges, ', ')) AS u(privilege)
        WHERE o.stage IS DISTINCT FROM 'split'
          AND (o.kind <> 'sequence' OR u.privilege IN ('SELECT', 'UPDATE'))
          AND (r.purpose <> 'readonly' OR u.privilege = 'SELECT'
               OR (u.privilege = 'EXECUTE' AND o.reads_only))
    ),
    wanted AS (
        -- A service's roles, on what is its own. Who is to be the owner gets no grant before it is.
        SELECT o.kind, o.oid, r.oid AS role, p.privilege
        FROM owned AS o
        JOIN roles AS r ON r.service = o.service
        JOIN policy AS p ON p.purpose = r.purpose AND p.kind = o.kind
        WHERE o.stage <> 'split' AND (r.purpose <> 'owner' OR o.stage = 'observe' OR r.oid = o.owner)
          AND (r.purpose <> 'readonly' OR o.reads_only)
        UNION
        -- What is shared, everyone reads, and refers to with foreign keys. What is shared and has no owner, everyone
        -- writes, too.
        SELECT o.kind, o.oid, r.oid, p.privilege
        FROM owned AS o
        CROSS JOIN roles AS r
        JOIN policy AS p
            ON p.kind = o.kind
            AND (p.purpose = 'everyone' OR (p.purpose = 'app' AND o.service IS NULL AND r.purpose <> 'readonly')
                 OR (p.purpose = r.purpose AND p.privilege = 'REFERENCES'))
        WHERE o.shared AND o.stage <> 'split'
        UNION
        SELECT a.kind, a.oid, a.role, a.privilege FROM allowed AS a
        UNION
        -- An INSERT draws from the sequence of a serial column.
        SELECT 'sequence', o.oid, a.role, 'USAGE'
        FROM allowed AS a
        JOIN owned AS o ON o.kind = 'sequence' AND o.owned_by = a.oid AND o.serial
        WHERE a.kind = 'relation' AND a.privilege = 'INSERT'
        UNION
        -- The types that a published routine's arguments name come with it.
        SELECT 'type', y.oid, a.role, 'USAGE'
        FROM allowed AS a
        JOIN owned AS o ON o.kind = 'routine' AND o.oid = a.oid
        CROSS JOIN LATERAL unnest(o.types) AS u(type)
        JOIN pg_type AS t ON t.oid = u.type
        JOIN owned AS y ON y.kind = 'type' AND y.oid IN (t.oid, t.typelem) AND y.service = o.service
        WHERE a.kind = 'routine' AND a.named
        UNION
        SELECT 'schema', s.oid, r.oid, p.privilege
        FROM claims AS c
        JOIN spaces AS s ON s.schema = c.schema
        JOIN roles AS r ON r.service = c.service
        JOIN policy AS p ON p.purpose = r.purpose AND p.kind = 'schema'
        WHERE c.stage <> 'split'
        UNION
        SELECT 'schema', s.oid, r.oid, 'USAGE'
        FROM claims AS c
        JOIN spaces AS s ON s.schema = c.schema
        CROSS JOIN roles AS r
        WHERE c.shared AND c.stage <> 'split'
        UNION
        SELECT 'schema', s.oid, r.oid, 'USAGE'
        FROM allowances AS a
        JOIN spaces AS s ON s.schema = a.schema
        JOIN roles AS r ON a.grantee = r.service OR a.grantee IS NULL
        UNION
        SELECT 'database', d.oid, r.oid, p.privilege
        FROM pg_database AS d
        CROSS JOIN roles AS r
        JOIN policy AS p ON p.purpose = r.purpose AND p.kind = 'database'
        WHERE d.datname = current_database()
    ),
    acls AS (
        SELECT t.kind, t.oid, t.owner, x.grantor, x.grantee, x.privilege_type AS privilege, x.is_grantable AS grantable
        FROM things AS t
        CROSS JOIN LATERAL aclexplode(t.acl) AS x
    ),
    actual AS (
        SELECT a.kind, a.oid, a.grantee, a.privilege, bool_or(a.grantable) AS grantable
        FROM acls AS a
        WHERE a.grantee <> a.owner
        GROUP BY a.kind, a.oid, a.grantee, a.privilege
    ),
    -- What somebody is to have and does not; what PUBLIC has helps for as long as PUBLIC keeps it.
    lacking AS (
        SELECT t.kind, t.oid, t.owner, t.word, t.sqlname, t.service, r.oid AS role, r.name AS role_name,
               r.service AS role_service, w.privilege, everyone.oid IS NOT NULL AS public_has
        FROM wanted AS w
        JOIN things AS t ON t.kind = w.kind AND t.oid = w.oid
        JOIN roles AS r ON r.oid = w.role
        LEFT JOIN acls AS own
            ON own.kind = w.kind AND own.oid = w.oid AND own.grantee = w.role AND own.privilege = w.privilege
        LEFT JOIN actual AS everyone
            ON everyone.kind = w.kind AND everyone.oid = w.oid AND everyone.grantee = 0
            AND everyone.privilege = w.privilege
        WHERE own.oid IS NULL
          AND (everyone.oid IS NULL OR (t.closed AND NOT everyone.privilege = ANY (t.public_keeps)))
    ),
    missing_each AS (
        SELECT l.kind, l.oid, l.owner, l.word, l.sqlname, coalesce(l.service, l.role_service) AS service,
               l.role_name AS role, string_agg(l.privilege, ', ' ORDER BY l.privilege COLLATE "C") AS privileges
        FROM lacking AS l
        GROUP BY l.kind, l.oid, l.owner, l.word, l.sqlname, l.service, l.role_service, l.role_name
    ),
    -- One statement for all roles that need the same: each statement writes the whole list of privileges anew.
    missing AS (
        SELECT m.kind, m.owner, m.word, m.sqlname, m.service, m.privileges,
               string_agg(quote_ident(m.role), ', ' ORDER BY m.role COLLATE "C") AS roles
        FROM missing_each AS m
        GROUP BY m.kind, m.oid, m.owner, m.word, m.sqlname, m.service, m.privileges
    ),
    -- Only who has granted something takes it back: the owner, or a role that has passed it on. What the plan's own
    -- roles have passed on goes with their right to do so.
    grantors AS (
        SELECT g.oid, CASE WHEN k.oid IS NULL THEN g.rolname END AS passer
        FROM pg_roles AS g LEFT JOIN known_roles AS k ON k.oid = g.oid
    ),
    -- What PUBLIC and the roles of the plan have on what is closed, and nobody wants them to.
    surplus AS (
        SELECT t.kind, t.oid, t.space, t.owner, t.word, t.sqlname, t.service, a.grantee AS role, r.name AS role_name,
               r.service AS role_service, r.purpose, a.privilege, a.grantable, w.oid IS NOT NULL AS option_only,
               a.grantor = t.owner AS by_owner, CASE WHEN a.grantor <> t.owner THEN g.passer END AS passer,
               CASE WHEN a.grantor <> t.owner THEN a.grantor END AS grantor
        FROM acls AS a
        JOIN things AS t ON t.kind = a.kind AND t.oid = a.oid AND t.closed
        JOIN grantors AS g ON g.oid = a.grantor
        LEFT JOIN known_roles AS r ON r.oid = a.grantee
        LEFT JOIN wanted AS w
            ON w.kind = a.kind AND w.oid = a.oid AND w.role = a.grantee AND w.privilege = a.privilege
        WHERE a.grantee <> t.owner AND (a.grantee = 0 OR r.oid IS NOT NULL)
          AND (w.oid IS NULL OR a.grantable)
          AND NOT (a.grantee = 0 AND a.privilege = ANY (t.public_keeps))
          AND NOT (a.grantee <> 0 AND a.privilege = ANY (t.roles_keep) AND NOT a.grantable)
          AND (r.stage <> 'split' OR t.service IS NOT NULL) IS NOT FALSE
          AND NOT (t.kind = 'database' AND a.privilege = 'CREATE' AND r.purpose = 'owner')
    ),
    unwanted_each AS (
        SELECT s.kind, s.oid, s.space, s.owner, s.word, s.sqlname, coalesce(s.service, s.role_service) AS service,
               s.role_name AS role, s.option_only, s.passer, bool_or(s.grantable) AS grantable,
               string_agg(s.privilege, ', ' ORDER BY s.privilege COLLATE "C") AS privileges
        FROM surplus AS s
        WHERE s.by_owner OR s.passer IS NOT NULL
        GROUP BY s.kind, s.oid, s.space, s.owner, s.word, s.sqlname, s.service, s.role_service, s.role_name,
                 s.option_only, s.passer
    ),
    unwanted AS (
        SELECT u.space, u.owner, u.word, u.sqlname, u.service, u.passer, u.grantable,
               u.privileges || CASE WHEN u.option_only THEN ' WITH GRANT OPTION' ELSE '' END AS privileges,
               CASE WHEN u.option_only THEN 'GRANT OPTION FOR ' ELSE '' END || u.privileges AS revoked,
               string_agg(coalesce(quote_ident(u.role), 'PUBLIC'), ', ' ORDER BY u.role COLLATE "C") AS roles
        FROM unwanted_each AS u
        GROUP BY u.kind, u.oid, u.space, u.owner, u.word, u.sqlname, u.service, u.passer, u.option_only, u.grantable,
                 u.privileges
        UNION ALL
        SELECT c.space, c.owner, 'TABLE', c.sqlname, c.service, c.passer, c.grantable, c.privileges, c.privileges,
               coalesce(quote_ident(c.role), 'PUBLIC')
        FROM unwanted_columns AS c
    ),
    unwanted_columns AS (
        SELECT t.space, t.owner, t.sqlname, t.service, r.name AS role,
               CASE WHEN x.grantor <> t.owner THEN g.passer END AS passer,
               bool_or(x.is_grantable) AS grantable,
               string_agg(DISTINCT format('%s (%I)', x.privilege_type, c.attname), ', ') AS privileges
        FROM things AS t
        JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attacl IS NOT NULL AND NOT c.attisdropped
        CROSS JOIN LATERAL aclexplode(c.attacl) AS x
        JOIN grantors AS g ON g.oid = x.grantor AND (x.grantor = t.owner OR g.passer IS NOT NULL)
        LEFT JOIN known_roles AS r ON r.oid = x.grantee
        WHERE t.kind = 'relation' AND t.closed AND (x.grantee = 0 OR r.oid IS NOT NULL)
          AND x.grantee <> t.owner
          AND NOT EXISTS (SELECT FROM wanted AS w
                          WHERE w.kind = 'relation' AND w.oid = t.oid AND w.role = x.grantee
                            AND w.privilege = x.privilege_type)
        GROUP BY t.space, t.owner, t.sqlname, t.service, r.name, c.attname,
                 CASE WHEN x.grantor <> t.owner THEN g.passer END
    ),
    -- Default privileges: what the owners will make.
    default_kinds (kind, type, acl_type, word) AS (
        VALUES ('relation', 'r'::"char", 'r'::"char", 'TABLES'), ('sequence', 'S', 's', 'SEQUENCES'),
               ('routine', 'f', 'f', 'ROUTINES'), ('type', 'T', 'T', 'TYPES')
    ),
    creators AS (
        SELECT r.oid, r.name, r.service, r.stage FROM roles AS r WHERE r.purpose = 'owner' AND r.oid IS NOT NULL
    ),
    default_wanted AS (
        SELECT o.oid AS creator, s.oid AS space, p.kind, r.oid AS role, p.privilege
        FROM claims AS c
        JOIN spaces AS s ON s.schema = c.schema
        JOIN creators AS o ON o.service = c.service
        JOIN roles AS r ON r.service = c.service AND r.purpose <> 'owner'
        JOIN policy AS p ON p.purpose = r.purpose
        WHERE c.stage <> 'split' AND NOT (r.purpose = 'readonly' AND p.kind = 'routine')
          AND p.kind IN (SELECT k.kind FROM default_kinds AS k)
        UNION
        SELECT o.oid, s.oid, p.kind, r.oid, p.privilege
        FROM claims AS c
        JOIN spaces AS s ON s.schema = c.schema
        JOIN creators AS o ON o.service = c.service
        CROSS JOIN roles AS r
        JOIN policy AS p
            ON p.purpose = 'everyone' OR (p.purpose = r.purpose AND p.kind = 'relation' AND p.privilege = 'REFERENCES')
        WHERE c.shared AND c.name IS NULL AND c.stage <> 'split' AND r.oid <> o.oid
    ),
    default_actual AS (
        SELECT o.oid AS creator, d.defaclnamespace AS space, k.kind, x.grantee, x.privilege_type AS privilege
        FROM pg_default_acl AS d
        JOIN creators AS o ON o.oid = d.defaclrole
        JOIN default_kinds AS k ON k.type = d.defaclobjtype
        CROSS JOIN LATERAL aclexplode(d.defaclacl) AS x
        WHERE x.grantee <> o.oid
        UNION
        SELECT o.oid, 0, k.kind, x.grantee, x.privilege_type
        FROM creators AS o
        CROSS JOIN default_kinds AS k
        LEFT JOIN pg_default_acl AS d
            ON d.defaclrole = o.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = k.type
        CROSS JOIN LATERAL aclexplode(acldefault(k.acl_type, o.oid)) AS x
        WHERE d.oid IS NULL AND x.grantee <> o.oid
    ),
    default_changes AS (
        SELECT 'missing' AS problem, w.creator, w.space, w.kind, w.role, w.privilege
        FROM default_wanted AS w
        LEFT JOIN default_actual AS a
            ON a.creator = w.creator AND a.space = w.space AND a.kind = w.kind AND a.grantee = w.role
            AND a.privilege = w.privilege
        WHERE a.creator IS NULL
        UNION ALL
        SELECT 'extra', a.creator, a.space, a.kind, a.grantee, a.privilege
        FROM default_actual AS a
        JOIN creators AS o ON o.oid = a.creator AND o.stage = 'enforce'
        LEFT JOIN spaces AS s ON s.oid = a.space
        LEFT JOIN known_roles AS r ON r.oid = a.grantee
        LEFT JOIN policy AS p
            ON a.space = 0 AND r.service = o.service AND p.purpose = r.purpose AND p.kind = a.kind
            AND p.privilege = a.privilege
        LEFT JOIN default_wanted AS w
            ON w.creator = a.creator AND w.space = a.space AND w.kind = a.kind AND w.role = a.grantee
            AND w.privilege = a.privilege
        WHERE (a.space = 0 OR s.oid IS NOT NULL) AND (a.grantee = 0 OR r.oid IS NOT NULL)
          AND p.privilege IS NULL AND w.creator IS NULL
        UNION ALL
        -- What roles that are no owners have set for a service's schema.
        SELECT 'extra', d.defaclrole, s.oid, k.kind, x.grantee, x.privilege_type
        FROM pg_default_acl AS d
        JOIN default_kinds AS k ON k.type = d.defaclobjtype
        JOIN spaces AS s ON s.oid = d.defaclnamespace AND s.private AND s.stage = 'enforce'
        CROSS JOIN LATERAL aclexplode(d.defaclacl) AS x
        LEFT JOIN known_roles AS r ON r.oid = x.grantee
        WHERE d.defaclrole NOT IN (SELECT o.oid FROM creators AS o) AND x.grantee <> d.defaclrole
          AND (x.grantee = 0 OR r.service <> s.service)
    ),
    default_each AS (
        SELECT c.problem, g.rolname AS creator, g.oid AS creator_oid, coalesce(o.service, s.service) AS service, s.schema,
               k.word, r.name AS role, string_agg(c.privilege, ', ' ORDER BY c.privilege COLLATE "C") AS privileges
        FROM default_changes AS c
        JOIN pg_roles AS g ON g.oid = c.creator
        JOIN default_kinds AS k ON k.kind = c.kind
        LEFT JOIN creators AS o ON o.oid = c.creator
        LEFT JOIN spaces AS s ON s.oid = c.space
        LEFT JOIN known_roles AS r ON r.oid = c.role
        GROUP BY c.problem, g.rolname, g.oid, o.service, s.service, s.schema, k.word, r.name
    ),
    default_statements AS (
        SELECT d.problem, d.creator, d.creator_oid, d.service, d.schema, d.word, d.privileges,
               string_agg(coalesce(quote_ident(d.role), 'PUBLIC'), ', ' ORDER BY d.role COLLATE "C") AS roles
        FROM default_each AS d
        GROUP BY d.problem, d.creator, d.creator_oid, d.service, d.schema, d.word, d.privileges
    ),
    -- A member can do all that its role can, and what that one's roles can. Each role of the plan speaks for itself;
    -- the roles in between, which the plan does not name, keep what they have.
    reached (start, first, role) AS (
        SELECT m.member, m.roleid, m.roleid
        FROM pg_auth_members AS m JOIN known_roles AS r ON r.oid = m.member
        UNION
        SELECT r.start, r.first, m.roleid
        FROM reached AS r
        JOIN pg_auth_members AS m ON m.member = r.role
        WHERE r.role NOT IN (SELECT p.oid FROM known_roles AS p WHERE p.oid IS NOT NULL)
    ),
    escapes AS (
        SELECT r.start, r.first, g.service
        FROM reached AS r
        JOIN known_roles AS u ON u.oid = r.start
        JOIN roles AS g ON g.oid = r.role AND g.stage = 'enforce'
        WHERE g.service <> u.service OR u.power < g.power
        UNION
        SELECT r.start, r.first, t.service
        FROM reached AS r
        JOIN known_roles AS u ON u.oid = r.start
        JOIN actual AS a ON a.grantee = r.role
        JOIN things AS t ON t.kind = a.kind AND t.oid = a.oid AND t.closed AND t.service <> u.service
        LEFT JOIN wanted AS w
            ON w.kind = a.kind AND w.oid = a.oid AND w.role = r.start AND w.privilege = a.privilege
        WHERE w.oid IS NULL AND r.role NOT IN (SELECT p.oid FROM known_roles AS p WHERE p.oid IS NOT NULL)
    ),
    memberships AS (
        SELECT DISTINCT g.rolname AS role, u.name AS member, e.service, m.grantor, m.roleid,
               EXISTS (SELECT FROM pg_auth_members AS p
                       WHERE p.roleid = m.roleid AND p.grantor = m.member) AS passed_on
        FROM escapes AS e
        JOIN known_roles AS u ON u.oid = e.start
        JOIN pg_roles AS g ON g.oid = e.first
        JOIN pg_auth_members AS m ON m.member = e.start AND m.roleid = e.first
    ),
    me AS (
        SELECT rolsuper, rolcreaterole,
               CASE current_setting('role') WHEN 'none' THEN 'none' ELSE quote_ident(current_setting('role')) END AS role
        FROM pg_roles WHERE rolname = current_user
    ),
    -- Stages are in the order in which they must be run; what needs a person is in stage 9.
    all_differences AS (
        SELECT 0 AS stage, 'missing' AS problem, format('role %I', r.name) AS object, quote_ident(r.name) AS roles,
               'LOGIN' AS privileges, format('CREATE ROLE %I LOGIN', r.name) AS statement,
               v.create_roles AND (x.rolsuper OR x.rolcreaterole) AS can, r.service
        FROM roles AS r
        CROSS JOIN plan_server AS v
        CROSS JOIN me AS x
        WHERE r.oid IS NULL
        UNION ALL
        -- Who is no superuser hands objects only to roles that it is a member of. Since 16, CREATEROLE is not enough to
        -- become one: it takes ADMIN OPTION on the role, which who made it has.
        SELECT 1, 'missing', format('role %I', o.name), quote_ident(current_user), 'MEMBER',
               format('GRANT %I TO CURRENT_USER%s', o.name,
                      CASE v.act_as WHEN 'SET' THEN ' WITH INHERIT TRUE, SET TRUE' ELSE '' END),
               v.act_as = 'MEMBER' OR pg_has_role(o.oid, 'MEMBER WITH ADMIN OPTION'), o.service
        FROM creators AS o
        CROSS JOIN plan_server AS v
        CROSS JOIN me AS x
        WHERE v.create_roles AND x.rolcreaterole AND NOT x.rolsuper
          AND NOT (pg_has_role(o.oid, 'USAGE') AND pg_has_role(o.oid, v.act_as))
        UNION ALL
        SELECT 9, 'extra', format('role %I', r.name), quote_ident(r.name), 'SUPERUSER',
               format('ALTER ROLE %I NOSUPERUSER', r.name), false, r.service
        FROM roles AS r WHERE r.rolsuper
        UNION ALL
        SELECT DISTINCT 9, 'extra', format('role %I', f.rolname), quote_ident(u.name), 'MEMBER',
               format('REVOKE %I FROM %I', f.rolname, u.name), false, u.service
        FROM reached AS r
        JOIN roles AS u ON u.oid = r.start
        JOIN pg_roles AS f ON f.oid = r.first
        JOIN pg_roles AS g ON g.oid = r.role
        WHERE g.rolsuper OR g.rolname IN ('pg_read_all_data', 'pg_write_all_data')
        UNION ALL
        SELECT 2, 'missing', format('schema %I', s.schema), quote_ident(s.owner_name), 'OWNER',
               format('ALTER SCHEMA %I OWNER TO %I', s.schema, s.owner_name),
               pg_has_role(s.owner, 'USAGE') AND pg_has_role(s.owner_role, v.act_as)
               AND has_database_privilege(current_database(), 'CREATE'), s.service
        FROM spaces AS s
        CROSS JOIN plan_server AS v
        WHERE s.stage = 'enforce' AND s.owner_role <> s.owner
        UNION ALL
        SELECT CASE m.kind WHEN 'schema' THEN 3 ELSE 5 END, 'missing',
               format('%s %s', lower(m.word), m.sqlname), m.roles, m.privileges,
               format('GRANT %s ON %s %s TO %s', m.privileges, m.word, m.sqlname, m.roles),
               pg_has_role(m.owner, 'USAGE'), m.service
        FROM missing AS m
        UNION ALL
        SELECT 4, 'missing', format('%s %s', lower(o.alter_word), o.sqlname), quote_ident(o.owner_name), 'OWNER',
               format('ALTER %s %s OWNER TO %I', o.alter_word, o.sqlname, o.owner_name),
               (SELECT rolsuper FROM me)
               OR (pg_has_role(o.owner, 'USAGE') AND pg_has_role(o.owner_role, v.act_as)
                   AND has_schema_privilege(o.owner_role, o.space, 'CREATE')), o.service
        FROM owned AS o
        CROSS JOIN plan_server AS v
        WHERE o.stage = 'enforce' AND o.owner_role <> o.owner AND o.owned_by IS NULL
        UNION ALL
        SELECT 5, 'extra', format('%s %s', lower(u.word), u.sqlname), u.roles, u.privileges,
               format('REVOKE %s ON %s %s FROM %s%s', u.revoked, u.word, u.sqlname, u.roles,
                      CASE WHEN u.grantable THEN ' CASCADE' ELSE '' END),
               pg_has_role(u.owner, 'USAGE'), u.service
        FROM unwanted AS u
        WHERE u.passer IS NULL
        UNION ALL
        -- When what the owner takes back has taken along what was passed on with it.
        SELECT 6, 'extra', format('%s %s', lower(u.word), u.sqlname), u.roles, u.privileges,
               format('SET ROLE %I; REVOKE %s ON %s %s FROM %s%s; SET ROLE %s', u.passer, u.revoked, u.word, u.sqlname,
                      u.roles, CASE WHEN u.grantable THEN ' CASCADE' ELSE '' END, x.role),
               pg_has_role(u.passer, v.act_as)
               AND coalesce(has_schema_privilege(u.passer, u.space, 'USAGE'), u.space IS NULL), u.service
        FROM unwanted AS u
        CROSS JOIN plan_server AS v
        CROSS JOIN me AS x
        WHERE u.passer IS NOT NULL
        UNION ALL
        SELECT 5, d.problem,
               format('default privileges of %I%s on %s', d.creator,
                      coalesce(' in schema ' || quote_ident(d.schema), ''), lower(d.word)),
               d.roles, d.privileges,
               format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s %s %s ON %s %s %s', d.creator,
                      coalesce(' IN SCHEMA ' || quote_ident(d.schema), ''),
                      CASE d.problem WHEN 'missing' THEN 'GRANT' ELSE 'REVOKE' END, d.privileges, d.word,
                      CASE d.problem WHEN 'missing' THEN 'TO' ELSE 'FROM' END,
                      d.roles),
               pg_has_role(d.creator_oid, 'USAGE'), d.service
        FROM default_statements AS d
        UNION ALL
        SELECT 5, 'extra', format('role %I', m.role), quote_ident(m.member), 'MEMBER',
               format('REVOKE %I FROM %I', m.role, m.member)
               || CASE v.act_as WHEN 'SET' THEN format(' GRANTED BY %I', g.rolname) ELSE '' END
               || CASE WHEN v.act_as = 'SET' AND m.passed_on THEN ' CASCADE' ELSE '' END,
               x.rolsuper OR (v.act_as = 'MEMBER' AND x.rolcreaterole)
               OR (pg_has_role(m.roleid, 'MEMBER WITH ADMIN OPTION') AND pg_has_role(m.grantor, 'USAGE')),
               m.service
        FROM memberships AS m
        CROSS JOIN plan_server AS v
        CROSS JOIN me AS x
        LEFT JOIN pg_roles AS g ON g.oid = m.grantor
        UNION ALL
        SELECT 9, 'note', format('schema %I does not exist: nothing was done for it', n.schema), NULL, NULL, NULL,
               false, NULL
        FROM (SELECT c.schema FROM claims AS c WHERE c.stage <> 'split'
              UNION SELECT a.schema FROM allowances AS a) AS n
        WHERE n.schema NOT IN (SELECT s.schema FROM spaces AS s)
        UNION ALL
        SELECT DISTINCT 9, 'note', format('%s %I.%I%s does not exist: nothing was granted on it', a.kind,
                                          a.schema, a.name, '(' || array_to_string(a.arguments, ', ') || ')'), NULL, NULL, NULL, false, a.service
        FROM allowances AS a
        WHERE a.name !~ '[*?]' AND a.schema IN (SELECT s.schema FROM spaces AS s)
          AND NOT EXISTS (SELECT FROM objects AS o
                          WHERE (o.kind = a.kind OR (a.kind = 'relation' AND o.kind = 'sequence'))
                            AND o.schema = a.schema AND o.name = a.name
                            AND (a.arguments IS NULL OR o.types = a.types))
        UNION ALL
        SELECT DISTINCT 9, 'note', format('view %s is security_invoker: those it is published to cannot read it '
                                          'without privileges on what it reads', o.sqlname), NULL, NULL, NULL,
               false, o.service
        FROM allowed AS a
        JOIN owned AS o ON o.kind = a.kind AND o.oid = a.oid
        JOIN pg_class AS c ON c.oid = o.oid
        WHERE a.kind = 'relation'
          AND EXISTS (SELECT FROM unnest(c.reloptions) AS p(text)
                      WHERE p.text ~* '^security_invoker=(true|on|yes|1)$')
    ),
    differences AS (
        SELECT d.* FROM all_differences AS d
        CROSS JOIN plan_server AS v
        WHERE v.only_service IS NULL OR d.service = v.only_service
    )
    SELECT stage, problem, object, statement, can FROM differences ORDER BY stage, statement COLLATE "C"
        LOOP
            EXIT WHEN unborn <> '{}' AND todo.stage > 0;
            IF todo.stage = 0 AND NOT todo.can THEN
                unborn := unborn || todo.object;
            ELSIF todo.problem = 'note' THEN
                undone := undone || todo.object;
            ELSIF NOT todo.can OR todo.stage <= reached THEN
                undone := undone || format('not done, it takes more than %I may do here: %s', current_user,
                                           todo.statement);
            ELSIF todo.stage = coalesce(current, todo.stage) THEN
                current := todo.stage;
                RAISE NOTICE '%', todo.statement;
                EXECUTE todo.statement;
            END IF;
        END LOOP;
        IF unborn <> '{}' THEN
            RAISE EXCEPTION 'these roles do not exist: %', array_to_string(unborn, ', ')
                USING HINT = 'Create them, or generate the script with --create-roles and run it as a role with CREATEROLE.';
        END IF;
        -- A stage changes what the later ones have to do, so they are looked at again.
        EXIT WHEN current IS NULL;
        reached := current;
    END LOOP;
    FOR current IN 1 .. coalesce(array_length(undone, 1), 0) LOOP
        RAISE WARNING '%', undone[current];
    END LOOP;
END
$ringfence$;

COMMIT;
