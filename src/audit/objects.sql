-- What stands in the database, as the statements that would make it: a row for each, the parts of one path in order.
-- Names that the catalogs' functions print are whole: the search_path holds pg_catalog alone.
WITH spaces AS MATERIALIZED (
    SELECT n.oid, n.nspname
    FROM pg_namespace AS n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),
system_types AS MATERIALIZED (
    SELECT t.oid FROM pg_type AS t WHERE t.typnamespace = 'pg_catalog'::regnamespace
),
-- What an extension made is the extension's.
members AS MATERIALIZED (
    SELECT d.classid, d.objid FROM pg_depend AS d WHERE d.deptype = 'e'
),
classes AS MATERIALIZED (
    SELECT c.oid, c.relkind, c.relispartition, c.relpartbound, s.nspname AS schema, c.relname AS name,
           format('%I.%I', s.nspname, c.relname) AS path,
           CASE WHEN c.relispartition THEN (SELECT r.relname FROM pg_class AS r
                                            WHERE r.oid = pg_partition_root(c.oid)
                                              AND r.relnamespace = c.relnamespace) END AS anchor
    FROM pg_class AS c
    JOIN spaces AS s ON s.oid = c.relnamespace
    LEFT JOIN members AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND m.objid IS NULL
),
-- Columns that can lead elsewhere: by their type, their collation, or an expression.
columns AS MATERIALIZED (
    SELECT a.attrelid,
           string_agg(format(E'\n    %I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                      || coalesce(' COLLATE ' || quote_ident(n.nspname) || '.' || quote_ident(l.collname), '')
                      || coalesce(CASE WHEN a.attgenerated = '' THEN ' DEFAULT ' || pg_get_expr(e.adbin, e.adrelid)
                                       ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(e.adbin, e.adrelid) || ') STORED'
                                  END, ''), ',' ORDER BY a.attnum) AS text
    FROM pg_attribute AS a
    JOIN classes AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f', 'c') AND NOT c.relispartition
    LEFT JOIN system_types AS t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef AS e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
    LEFT JOIN pg_collation AS l
        ON l.oid = a.attcollation AND l.collnamespace <> 'pg_catalog'::regnamespace
        AND l.oid <> (SELECT y.typcollation FROM pg_type AS y WHERE y.oid = a.atttypid)
    LEFT JOIN pg_namespace AS n ON n.oid = l.collnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND (a.attislocal OR a.atthasdef)
      AND (t.oid IS NULL OR a.atthasdef OR l.oid IS NOT NULL)
    GROUP BY a.attrelid
),
parents AS MATERIALIZED (
    SELECT i.inhrelid, string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY i.inhseqno) AS names
    FROM pg_inherits AS i
    JOIN pg_class AS c ON c.oid = i.inhparent
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE i.inhrelid IN (SELECT k.oid FROM classes AS k)
    GROUP BY i.inhrelid
),
routines AS MATERIALIZED (
    SELECT p.oid, p.prokind, s.nspname AS schema, p.proname AS name,
           format('%I.%I(%s)', s.nspname, p.proname, oidvectortypes(p.proargtypes)) AS path
    FROM pg_proc AS p
    JOIN spaces AS s ON s.oid = p.pronamespace
    LEFT JOIN members AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
    WHERE m.objid IS NULL
      AND NOT EXISTS (SELECT FROM pg_depend AS d -- a range type's constructors
                      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
),
routine_names AS MATERIALIZED (
    SELECT p.oid, format('%I.%I', n.nspname, p.proname) AS name
    FROM pg_aggregate AS a
    CROSS JOIN LATERAL unnest(ARRAY[a.aggtransfn, a.aggfinalfn, a.aggcombinefn]::oid[]) AS f(oid)
    JOIN pg_proc AS p ON p.oid = f.oid
    JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE a.aggfnoid::oid IN (SELECT r.oid FROM routines AS r)
    GROUP BY p.oid, n.nspname, p.proname
),
types AS MATERIALIZED (
    SELECT t.oid, t.typtype, t.typbasetype, t.typtypmod, t.typdefault, t.typrelid, s.nspname AS schema, t.typname AS name,
           format('%I.%I', s.nspname, t.typname) AS path
    FROM pg_type AS t
    JOIN spaces AS s ON s.oid = t.typnamespace
    LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    LEFT JOIN members AS m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
    WHERE m.objid IS NULL AND (t.typtype IN ('b', 'd', 'e', 'r') OR c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_type AS e WHERE e.typarray = t.oid)
),
parts (path, part, kind, schema, name, anchor, role, text) AS (
    SELECT c.path, 1, 'relation', c.schema, c.name, c.anchor, NULL::name,
           CASE WHEN c.relispartition
                THEN format('CREATE TABLE %s PARTITION OF %s %s', c.path, p.names, pg_get_expr(c.relpartbound, c.oid))
                ELSE format('CREATE %sTABLE %s (%s)', CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END, c.path,
                            l.text || E'\n')
                     || coalesce(' INHERITS (' || p.names || ')', '')
                     || coalesce(' SERVER ' || quote_ident(s.srvname), '')
           END
    FROM classes AS c
    LEFT JOIN columns AS l ON l.attrelid = c.oid
    LEFT JOIN parents AS p ON p.inhrelid = c.oid
    LEFT JOIN pg_foreign_table AS f ON f.ftrelid = c.oid
    LEFT JOIN pg_foreign_server AS s ON s.oid = f.ftserver
    WHERE c.relkind IN ('r', 'p', 'f')
    UNION ALL
    SELECT coalesce(t.path, c.path), 2, CASE WHEN t.oid IS NULL THEN 'sequence' END, c.schema,
           coalesce(t.name, c.name), t.anchor, NULL,
           'CREATE SEQUENCE ' || c.path
           || coalesce(E';\nALTER SEQUENCE ' || c.path || ' OWNED BY ' || t.path || '.' || quote_ident(a.attname), '')
    FROM classes AS c
    LEFT JOIN pg_depend AS d
        ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
        AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    LEFT JOIN classes AS t ON t.oid = d.refobjid
    LEFT JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE c.relkind = 'S'
    UNION ALL
    SELECT c.path, 1, 'relation', c.schema, c.name, NULL, NULL,
           format(E'CREATE %sVIEW %s AS\n%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END, c.path,
                  pg_get_viewdef(c.oid))
    FROM classes AS c
    WHERE c.relkind IN ('v', 'm')
    UNION ALL
    SELECT c.path, 3, NULL, c.schema, c.name, c.anchor, NULL,
           format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', c.path, x.conname, pg_get_constraintdef(x.oid))
    FROM classes AS c
    JOIN pg_constraint AS x
        ON x.conrelid = c.oid AND x.contype IN ('f', 'c') AND x.conparentid = 0 AND x.conislocal
    UNION ALL
    SELECT c.path, 4, NULL, c.schema, c.name, c.anchor, NULL, pg_get_indexdef(i.indexrelid)
    FROM classes AS c
    JOIN pg_index AS i ON i.indrelid = c.oid AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)
    JOIN pg_class AS x ON x.oid = i.indexrelid AND NOT x.relispartition
    UNION ALL
    SELECT c.path, 5, NULL, c.schema, c.name, c.anchor, NULL, pg_get_triggerdef(t.oid)
    FROM classes AS c
    JOIN pg_trigger AS t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    WHERE NOT EXISTS (SELECT FROM pg_depend AS d -- a partition's copy of its parent's
                      WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
                        AND d.refclassid = 'pg_trigger'::regclass)
    UNION ALL
    SELECT c.path, 6, NULL, c.schema, c.name, c.anchor, NULL, pg_get_ruledef(r.oid)
    FROM classes AS c
    JOIN pg_rewrite AS r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'
    UNION ALL
    SELECT c.path, 7, NULL, c.schema, c.name, c.anchor, NULL,
           format('CREATE POLICY %I ON %s', p.polname, c.path)
           || coalesce(E'\n    USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
           || coalesce(E'\n    WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
    FROM classes AS c
    JOIN pg_policy AS p ON p.polrelid = c.oid
    UNION ALL
    SELECT r.path, 1, 'routine', r.schema, r.name, NULL, NULL, pg_get_functiondef(r.oid)
    FROM routines AS r
    WHERE r.prokind <> 'a'
    UNION ALL
    SELECT r.path, 1, 'routine', r.schema, r.name, NULL, NULL,
           format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s', r.schema, r.name,
                  coalesce(nullif(oidvectortypes(p.proargtypes), ''), '*'), f.name, format_type(a.aggtranstype, NULL))
           || coalesce(', FINALFUNC = ' || l.name, '') || coalesce(', COMBINEFUNC = ' || b.name, '') || ')'
    FROM routines AS r
    JOIN pg_proc AS p ON p.oid = r.oid
    JOIN pg_aggregate AS a ON a.aggfnoid::oid = r.oid
    JOIN routine_names AS f ON f.oid = a.aggtransfn::oid
    LEFT JOIN routine_names AS l ON l.oid = a.aggfinalfn::oid
    LEFT JOIN routine_names AS b ON b.oid = a.aggcombinefn::oid
    UNION ALL
    SELECT t.path, 1, 'type', t.schema, t.name, NULL, NULL,
           CASE t.typtype
           WHEN 'd' THEN format('CREATE DOMAIN %s AS %s', t.path, format_type(t.typbasetype, t.typtypmod))
                         || coalesce(' DEFAULT ' || t.typdefault, '')
           WHEN 'c' THEN format('CREATE TYPE %s AS (%s)', t.path, l.text || E'\n')
           WHEN 'e' THEN format('CREATE TYPE %s AS ENUM ()', t.path)
           WHEN 'r' THEN format('CREATE TYPE %s AS RANGE (SUBTYPE = %s)', t.path, format_type(g.rngsubtype, NULL))
           ELSE 'CREATE TYPE ' || t.path
           END
    FROM types AS t
    LEFT JOIN columns AS l ON l.attrelid = t.typrelid
    LEFT JOIN pg_range AS g ON g.rngtypid = t.oid
    UNION ALL
    SELECT t.path, 3, NULL, t.schema, t.name, NULL, NULL,
           format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', t.path, x.conname, pg_get_constraintdef(x.oid))
    FROM types AS t
    JOIN pg_constraint AS x ON x.contypid = t.oid AND x.contype = 'c'
    UNION ALL
    SELECT format('schema %I', s.nspname), 1, 'schema', s.nspname, NULL, NULL, NULL, NULL
    FROM spaces AS s
    LEFT JOIN members AS m ON m.classid = 'pg_namespace'::regclass AND m.objid = s.oid
    WHERE m.objid IS NULL
    UNION ALL
    SELECT format('publication %I', p.pubname), 1, 'publication', NULL, NULL, NULL, pg_get_userbyid(p.pubowner),
           format('CREATE PUBLICATION %I FOR ', p.pubname)
           || CASE WHEN p.puballtables THEN 'ALL TABLES'
                   ELSE 'TABLE ' || (SELECT string_agg(format('%I.%I', n.nspname, c.relname), E',\n    '
                                                       ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C")
                                     FROM pg_get_publication_tables(p.pubname) AS t
                                     JOIN pg_class AS c ON c.oid = t.relid
                                     JOIN pg_namespace AS n ON n.oid = c.relnamespace)
              END
    FROM pg_publication AS p
    UNION ALL
    SELECT format('subscription %I', s.subname), 1, NULL, NULL, NULL, NULL, pg_get_userbyid(s.subowner),
           format('CREATE SUBSCRIPTION %I CONNECTION '''' PUBLICATION %s', s.subname,
                  (SELECT string_agg(quote_ident(p.name), ', ' ORDER BY p.name COLLATE "C")
                   FROM unnest(s.subpublications) AS p(name)))
    FROM pg_subscription AS s
    WHERE s.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    UNION ALL
    SELECT format('server %I', s.srvname), 1, NULL, NULL, NULL, NULL, pg_get_userbyid(s.srvowner),
           format('CREATE SERVER %I FOREIGN DATA WRAPPER %I', s.srvname, w.fdwname)
    FROM pg_foreign_server AS s
    JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
    UNION ALL
    SELECT format('role %I', u.usename), 1, NULL, NULL, NULL, NULL, u.usename,
           format('CREATE USER MAPPING FOR %I SERVER %I', u.usename, u.srvname)
    FROM pg_user_mappings AS u
    WHERE u.umuser <> 0
    UNION ALL
    SELECT format('role %I', r.rolname), 2, NULL, NULL, NULL, NULL, r.rolname,
           format('GRANT USAGE ON FOREIGN SERVER %I TO %I', s.srvname, r.rolname)
    FROM pg_foreign_server AS s
    CROSS JOIN LATERAL aclexplode(s.srvacl) AS x
    JOIN pg_roles AS r ON r.oid = x.grantee AND r.oid <> s.srvowner
    UNION ALL
    SELECT format('role %I', r.rolname), 3, NULL, NULL, NULL, NULL, r.rolname,
           format('ALTER ROLE %I SET search_path = %s', r.rolname,
                  (SELECT string_agg(quote_literal(btrim(p.name, ' "')), ', ' ORDER BY p.number)
                   FROM unnest(string_to_array(substr(c.setting, 13), ',')) WITH ORDINALITY AS p(name, number)))
    FROM pg_db_role_setting AS d
    JOIN pg_roles AS r ON r.oid = d.setrole
    CROSS JOIN LATERAL unnest(d.setconfig) AS c(setting)
    WHERE c.setting LIKE 'search\_path=%'
      AND d.setdatabase IN (0, (SELECT b.oid FROM pg_database AS b WHERE b.datname = current_database()))
)
SELECT p.path, p.kind, p.schema, p.name, p.anchor, p.role, p.text
FROM parts AS p
WHERE p.text IS NOT NULL OR p.kind = 'schema'
ORDER BY p.path COLLATE "C", p.part, p.text COLLATE "C"
