-- What every role really may do: one row for each object, roles with the first letters of their privileges; PUBLIC is a
-- role that has nothing of its own. MAINTAIN is there since PostgreSQL 17.
WITH roles AS (
    SELECT r.oid, r.rolname FROM pg_roles AS r WHERE r.rolname !~ '^(pg_|postgres$)'
), everything AS (
    SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'relation' END AS kind,
           format('%I.%I', n.nspname, c.relname) AS name, r.rolname AS role, p.privilege,
           CASE c.relkind WHEN 'S' THEN has_sequence_privilege(r.oid, c.oid, p.privilege)
                          ELSE has_table_privilege(r.oid, c.oid, p.privilege) END AS has
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname !~ '^(pg_|information_schema$)'
    CROSS JOIN roles AS r
    CROSS JOIN LATERAL unnest(CASE c.relkind WHEN 'S' THEN '{SELECT,UPDATE,USAGE}'::text[]
        ELSE '{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'
            || CASE WHEN current_setting('server_version_num')::integer < 170000 THEN '{}'::text[] ELSE '{MAINTAIN}' END
        END) AS p(privilege)
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL
    SELECT 'column', format('%I.%I.%I', n.nspname, c.relname, a.attname), r.rolname, p.privilege,
           has_column_privilege(r.oid, c.oid, a.attnum, p.privilege)
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname !~ '^(pg_|information_schema$)'
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attacl IS NOT NULL
    CROSS JOIN roles AS r
    CROSS JOIN unnest('{SELECT,INSERT,UPDATE,REFERENCES}'::text[]) AS p(privilege)
    UNION ALL
    SELECT 'routine', format('%I.%I(%s)', n.nspname, f.proname, oidvectortypes(f.proargtypes)), r.rolname, 'EXECUTE',
           has_function_privilege(r.oid, f.oid, 'EXECUTE')
    FROM pg_proc AS f
    JOIN pg_namespace AS n ON n.oid = f.pronamespace AND n.nspname !~ '^(pg_|information_schema$)'
    CROSS JOIN roles AS r
    UNION ALL
    SELECT 'type', format('%I.%I', n.nspname, t.typname), r.rolname, 'USAGE', has_type_privilege(r.oid, t.oid, 'USAGE')
    FROM pg_type AS t
    JOIN pg_namespace AS n ON n.oid = t.typnamespace AND n.nspname !~ '^(pg_|information_schema$)'
    LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    CROSS JOIN roles AS r
    WHERE (t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c')
    UNION ALL
    SELECT 'schema', quote_ident(n.nspname), r.rolname, p.privilege, has_schema_privilege(r.oid, n.oid, p.privilege)
    FROM pg_namespace AS n
    CROSS JOIN roles AS r
    CROSS JOIN unnest('{USAGE,CREATE}'::text[]) AS p(privilege)
    WHERE n.nspname !~ '^(pg_|information_schema$)'
    UNION ALL
    SELECT 'database', 'current', r.rolname, p.privilege, has_database_privilege(r.oid, current_database(), p.privilege)
    FROM roles AS r
    CROSS JOIN unnest('{CONNECT,TEMPORARY,CREATE}'::text[]) AS p(privilege)
), each_role AS (
    SELECT kind, name, role,
           string_agg(CASE privilege WHEN 'TRUNCATE' THEN 't' WHEN 'TRIGGER' THEN 'g' WHEN 'REFERENCES' THEN 'x'
                                     WHEN 'USAGE' THEN 'U' ELSE lower(left(privilege, 1)) END, '' ORDER BY privilege) AS letters
    FROM everything WHERE has GROUP BY kind, name, role
)
SELECT kind || ' ' || name || ': ' || string_agg(role || '=' || letters, ' ' ORDER BY role COLLATE "C")
FROM each_role GROUP BY kind, name ORDER BY kind COLLATE "C", name COLLATE "C";
