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
