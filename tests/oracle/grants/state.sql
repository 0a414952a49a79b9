-- All that grants can change, byte for byte.
SELECT 'relation', c.oid::regclass, c.relowner::regrole, c.relacl FROM pg_class AS c
WHERE c.relnamespace >= 2200 ORDER BY c.oid;
SELECT 'column', a.attrelid::regclass, a.attname, a.attacl FROM pg_attribute AS a WHERE a.attacl IS NOT NULL ORDER BY 2, 3;
SELECT 'schema', n.nspname, n.nspowner::regrole, n.nspacl FROM pg_namespace AS n ORDER BY n.oid;
SELECT 'routine', p.oid::regprocedure, p.proowner::regrole, p.proacl FROM pg_proc AS p
WHERE p.pronamespace >= 2200 ORDER BY p.oid;
SELECT 'type', t.oid::regtype, t.typowner::regrole, t.typacl FROM pg_type AS t WHERE t.typnamespace >= 2200 ORDER BY t.oid;
SELECT 'database', d.datname, d.datdba::regrole, d.datacl FROM pg_database AS d ORDER BY d.oid;
SELECT 'default', d.defaclrole::regrole, d.defaclnamespace, d.defaclobjtype, d.defaclacl FROM pg_default_acl AS d ORDER BY d.oid;
SELECT 'member', m.roleid::regrole, m.member::regrole, m.admin_option FROM pg_auth_members AS m ORDER BY m.roleid, m.member;
SELECT 'role', r.rolname, r.rolsuper, r.rolcreaterole, r.rolcanlogin FROM pg_roles AS r ORDER BY r.oid;
