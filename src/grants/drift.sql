    ,
    -- The same differences for a report: one row for each object and what roles have or lack on it.
    kind_paths (kind, prefix) AS (
        VALUES ('relation', ''), ('sequence', ''), ('routine', ''), ('type', ''), ('schema', 'schema '),
               ('database', 'database ')
    ),
    people AS (
        SELECT a.oid, a.rolsuper, a.rolcreaterole, k.service, k.purpose, k.oid IS NOT NULL AS known,
               quote_ident(a.rolname) || CASE WHEN k.oid IS NOT NULL THEN ' of ' || k.service
                                            WHEN a.rolname LIKE 'pg\_%' THEN ''
                                            ELSE ' (not in the manifest)' END AS text
        FROM pg_roles AS a
        LEFT JOIN known_roles AS k ON k.oid = a.oid
        UNION ALL
        SELECT 0, false, false, NULL, NULL, true, 'PUBLIC'
    ),
    drift_privileges AS (
        SELECT 'lacks' AS topic, l.kind, l.oid, l.role, '' AS suffix, l.privilege, false AS grantable,
               NULL::oid AS grantor
        FROM lacking AS l
        WHERE NOT l.public_has
        UNION ALL
        SELECT 'has', s.kind, s.oid, s.role, CASE WHEN s.option_only THEN ' with grant option' ELSE '' END, s.privilege,
               s.grantable, s.grantor
        FROM surplus AS s
        WHERE NOT (s.purpose = 'owner' AND s.role_service = s.service AND NOT s.grantable) IS TRUE
        UNION ALL
        -- Roles that the manifest does not name; to look into a schema, or to connect, shows no data.
        SELECT 'has', t.kind, t.oid, a.grantee, '', a.privilege, a.grantable,
               CASE WHEN a.grantor <> t.owner THEN a.grantor END
        FROM acls AS a
        JOIN things AS t ON t.kind = a.kind AND t.oid = a.oid AND t.closed
        JOIN people AS g ON g.oid = a.grantee AND NOT g.known AND NOT g.rolsuper
        WHERE a.grantee <> a.owner
          AND (t.kind NOT IN ('schema', 'database') OR (t.kind = 'schema' AND a.privilege = 'CREATE'))
        UNION ALL
        SELECT 'has', t.kind, t.oid, x.grantee, '', format('%s (%I)', x.privilege_type, c.attname),
               x.is_grantable, CASE WHEN x.grantor <> t.owner THEN x.grantor END
        FROM things AS t
        JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attacl IS NOT NULL AND NOT c.attisdropped
        CROSS JOIN LATERAL aclexplode(c.attacl) AS x
        JOIN people AS g ON g.oid = x.grantee AND NOT g.rolsuper
        WHERE t.kind = 'relation' AND t.closed AND x.grantee <> t.owner
          AND NOT EXISTS (SELECT FROM wanted AS w
                          WHERE w.kind = 'relation' AND w.oid = t.oid AND w.role = x.grantee
                            AND w.privilege = x.privilege_type)
    ),
    drift_each AS (
        SELECT d.topic, d.kind, d.oid, d.role, d.suffix,
               string_agg(DISTINCT d.privilege, ', ' ORDER BY d.privilege) AS privileges
        FROM drift_privileges AS d
        GROUP BY d.topic, d.kind, d.oid, d.role, d.suffix
    ),
    drift_objects AS (
        SELECT d.topic, d.kind, d.oid, d.suffix, d.privileges, NOT bool_or(p.known) AS stranger,
               CASE WHEN count(DISTINCT p.service) = 1 AND bool_and(p.service IS NOT NULL) THEN min(p.service) END
                   AS actor,
               string_agg(p.text, ', ' ORDER BY p.text COLLATE "C") AS who,
               string_agg(CASE p.oid WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(p.oid)) END, ', '
                          ORDER BY p.text COLLATE "C") AS roles,
               count(*) > 1 AS several
        FROM drift_each AS d
        JOIN people AS p ON p.oid = d.role
        GROUP BY d.topic, d.kind, d.oid, d.suffix, d.privileges, p.known
    ),
    -- Only who has granted something takes it back: the owner (NULL), or a role that has passed it on, which must be
    -- able to look into the schema for that.
    drift_given AS (
        SELECT d.topic, d.kind, d.oid, d.role, d.suffix, d.grantor, bool_or(d.grantable) AS grantable,
               string_agg(DISTINCT d.privilege, ', ' ORDER BY d.privilege) AS privileges
        FROM drift_privileges AS d
        WHERE d.topic = 'has'
        GROUP BY d.topic, d.kind, d.oid, d.role, d.suffix, d.grantor
    ),
    grantor_frames AS (
        SELECT g.grantor, g.space,
               coalesce('GRANT USAGE ON SCHEMA ' || quote_ident(n.schema)
                        || format(' TO %I; ', pg_get_userbyid(g.grantor)), '')
               || format('SET ROLE %I; ', pg_get_userbyid(g.grantor)) AS before,
               '; RESET ROLE'
               || coalesce('; REVOKE USAGE ON SCHEMA ' || quote_ident(n.schema)
                           || format(' FROM %I', pg_get_userbyid(g.grantor)), '')
               AS behind
        FROM (SELECT DISTINCT d.grantor, t.space
              FROM drift_given AS d
              JOIN things AS t ON t.kind = d.kind AND t.oid = d.oid
              WHERE d.grantor IS NOT NULL) AS g
        LEFT JOIN spaces AS n ON n.oid = g.space AND NOT has_schema_privilege(g.grantor, g.space, 'USAGE')
    ),
    drift_revokes AS (
        SELECT e.kind, e.oid, e.suffix, e.privileges AS all_privileges, p.known, g.grantor, g.privileges,
               bool_or(g.grantable) AS grantable,
               string_agg(CASE p.oid WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(p.oid)) END, ', '
                          ORDER BY p.text COLLATE "C") AS roles
        FROM drift_each AS e
        JOIN drift_given AS g
            ON g.topic = e.topic AND g.kind = e.kind AND g.oid = e.oid AND g.role = e.role AND g.suffix = e.suffix
        JOIN people AS p ON p.oid = e.role
        GROUP BY e.kind, e.oid, e.suffix, e.privileges, p.known, g.grantor, g.privileges
    ),
    -- What takes others along comes last: those could not take back any more what they have lost.
    drift_statements AS (
        SELECT r.kind, r.oid, r.suffix, r.all_privileges, r.known,
               string_agg(coalesce(f.before, '')
                          || format('REVOKE %s%s ON %s %s FROM %s%s',
                                    CASE r.suffix WHEN '' THEN '' ELSE 'GRANT OPTION FOR ' END, r.privileges, t.word,
                                    t.sqlname, r.roles, CASE WHEN r.grantable THEN ' CASCADE' ELSE '' END)
                          || coalesce(f.behind, ''), '; '
                          ORDER BY r.grantable, f.before COLLATE "C" NULLS LAST, r.privileges, r.roles) AS statement
        FROM drift_revokes AS r
        JOIN things AS t ON t.kind = r.kind AND t.oid = r.oid
        LEFT JOIN grantor_frames AS f ON f.grantor = r.grantor AND f.space IS NOT DISTINCT FROM t.space
        GROUP BY r.kind, r.oid, r.suffix, r.all_privileges, r.known
    ),
    stranger_statements AS (
        SELECT x.role, x.service, x.word, x.all_privileges,
               string_agg(x.statement, '; ' ORDER BY x.before COLLATE "C" NULLS LAST, x.statement) AS statement
        FROM (SELECT e.role, t.service, t.word, e.privileges AS all_privileges, f.before,
                     coalesce(f.before, '')
                     || format('REVOKE %s ON %s %s FROM %I%s', g.privileges, t.word,
                               array_to_string((array_agg(t.sqlname ORDER BY t.sqlname COLLATE "C"))[1:3], ', ')
                               || CASE WHEN count(*) > 3 THEN ', …' ELSE '' END,
                               pg_get_userbyid(e.role), CASE WHEN bool_or(g.grantable) THEN ' CASCADE' ELSE '' END)
                     || coalesce(f.behind, '') AS statement
              FROM drift_each AS e
              JOIN drift_given AS g
                  ON g.topic = e.topic AND g.kind = e.kind AND g.oid = e.oid AND g.role = e.role AND g.suffix = e.suffix
              JOIN people AS p ON p.oid = e.role AND NOT p.known
              JOIN things AS t ON t.kind = e.kind AND t.oid = e.oid
              LEFT JOIN grantor_frames AS f ON f.grantor = g.grantor AND f.space IS NOT DISTINCT FROM t.space
              GROUP BY e.role, t.service, t.word, e.privileges, g.grantor, g.privileges, f.before, f.behind) AS x
        GROUP BY x.role, x.service, x.word, x.all_privileges
    ),
    -- Since 16 each membership is its grantor's, and what a member has passed on hangs on its own. A superuser speaks
    -- for the first one, whose oid is 10.
    member_statements AS (
        SELECT m.member, m.roleid,
               string_agg(format('REVOKE %I FROM %I', pg_get_userbyid(m.roleid), pg_get_userbyid(m.member))
                          || CASE WHEN v.act_as = 'SET' AND m.grantor <> 10
                                  THEN format(' GRANTED BY %I', pg_get_userbyid(m.grantor)) ELSE '' END
                          || CASE WHEN v.act_as = 'SET'
                                       AND EXISTS (SELECT FROM pg_auth_members AS p
                                                   WHERE p.roleid = m.roleid AND p.grantor = m.member)
                                  THEN ' CASCADE' ELSE '' END, '; ' ORDER BY pg_get_userbyid(m.grantor)) AS statement
        FROM pg_auth_members AS m
        CROSS JOIN plan_server AS v
        GROUP BY m.member, m.roleid
    ),
    drift_defaults AS (
        SELECT CASE d.problem WHEN 'missing' THEN 'default-lacks' ELSE 'default-has' END AS topic, d.creator,
               d.service, d.schema, d.word, d.privileges, coalesce(r.oid, 0) AS role
        FROM default_each AS d
        LEFT JOIN known_roles AS r ON r.name = d.role
    ),
    -- Predefined roles that see or do more than any privilege says. Source: the manual's "Predefined Roles".
    dangerous AS (
        SELECT a.oid, a.rolname FROM pg_roles AS a
        WHERE a.rolsuper
           OR a.rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
                            'pg_execute_server_program', 'pg_maintain')
    ),
    drift_reasons AS (
        SELECT r.start, r.first, 1 AS weight, 'all that ' || quote_ident(g.name) || ' of ' || g.service || ' may do'
               AS reason, g.service
        FROM reached AS r
        JOIN known_roles AS u ON u.oid = r.start
        JOIN roles AS g ON g.oid = r.role AND g.stage = 'enforce'
        WHERE g.service <> u.service OR u.power < g.power
        UNION
        SELECT r.start, r.first, 0, 'all that ' || quote_ident(g.rolname) || ' may do, which no boundary stops', u.service
        FROM reached AS r
        JOIN known_roles AS u ON u.oid = r.start
        JOIN dangerous AS g ON g.oid = r.role
        UNION
        SELECT r.start, r.first, 2, a.privilege || ' on ' || t.sqlname, t.service
        FROM reached AS r
        JOIN known_roles AS u ON u.oid = r.start
        JOIN actual AS a ON a.grantee = r.role
        JOIN things AS t ON t.kind = a.kind AND t.oid = a.oid AND t.closed AND t.service <> u.service
        LEFT JOIN wanted AS w
            ON w.kind = a.kind AND w.oid = a.oid AND w.role = r.start AND w.privilege = a.privilege
        WHERE w.oid IS NULL AND r.role NOT IN (SELECT p.oid FROM known_roles AS p WHERE p.oid IS NOT NULL)
    ),
    drift_members AS (
        SELECT d.start, d.first, count(*) AS reasons,
               (array_agg(d.reason ORDER BY d.weight, d.reason COLLATE "C"))[1] AS reason,
               (array_agg(d.service ORDER BY d.weight, d.reason COLLATE "C"))[1] AS service
        FROM drift_reasons AS d
        GROUP BY d.start, d.first
    ),
    -- Who comes along with a role that the manifest does not name. An administrator could take every right anyway.
    strangers (first, role, via) AS (
        SELECT m.member, m.member, m.roleid
        FROM pg_auth_members AS m
        JOIN known_roles AS k ON k.oid = m.roleid
        JOIN people AS p ON p.oid = m.member AND NOT p.known AND NOT p.rolsuper AND NOT p.rolcreaterole
        UNION
        SELECT s.first, m.member, s.via
        FROM strangers AS s
        JOIN pg_auth_members AS m ON m.roleid = s.role
    ),
    drift AS (
        SELECT d.topic, k.prefix || t.sqlname AS path, t.service, d.actor, d.stranger, d.who, d.several,
               d.privileges || d.suffix AS what, k.prefix || t.sqlname AS object,
               CASE d.topic
               WHEN 'lacks' THEN format('GRANT %s ON %s %s TO %s', d.privileges, t.word, t.sqlname, d.roles)
               ELSE s.statement
               END AS statement
        FROM drift_objects AS d
        JOIN things AS t ON t.kind = d.kind AND t.oid = d.oid
        JOIN kind_paths AS k ON k.kind = d.kind
        LEFT JOIN drift_statements AS s
            ON d.topic = 'has' AND s.kind = d.kind AND s.oid = d.oid AND s.suffix = d.suffix
            AND s.all_privileges = d.privileges AND s.known
        WHERE NOT d.stranger
        UNION ALL
        -- Such a role mostly has the same on many objects.
        SELECT 'stranger', format('role %I', pg_get_userbyid(p.oid)), s.service, NULL, true, p.text, false, s.privileges,
               array_to_string(s.names[1:3], ', ')
               || CASE WHEN cardinality(s.names) > 3 THEN format(' and %s more', cardinality(s.names) - 3) ELSE '' END,
               r.statement
        FROM (SELECT d.role, t.service, t.word, d.privileges,
                     array_agg(t.sqlname ORDER BY t.sqlname COLLATE "C") AS names
              FROM drift_each AS d
              JOIN things AS t ON t.kind = d.kind AND t.oid = d.oid
              GROUP BY d.role, t.service, t.word, d.privileges) AS s
        JOIN people AS p ON p.oid = s.role AND NOT p.known
        JOIN stranger_statements AS r
            ON r.role = s.role AND r.service IS NOT DISTINCT FROM s.service AND r.word = s.word
            AND r.all_privileges = s.privileges
        UNION ALL
        SELECT 'owner', o.sqlname, o.service, p.service, false, p.text, false, o.owner_name, o.sqlname,
               format('ALTER %s %s OWNER TO %I', o.alter_word, o.sqlname, o.owner_name)
        FROM owned AS o
        JOIN people AS p ON p.oid = o.owner
        WHERE o.stage = 'enforce' AND o.owner_role <> o.owner AND o.owned_by IS NULL
        UNION ALL
        SELECT 'owner', format('schema %I', s.schema), s.service, p.service, false, p.text, false, s.owner_name,
               format('schema %I', s.schema), format('ALTER SCHEMA %I OWNER TO %I', s.schema, s.owner_name)
        FROM spaces AS s
        JOIN people AS p ON p.oid = s.owner
        WHERE s.stage = 'enforce' AND s.owner_role <> s.owner
        UNION ALL
        SELECT 'absent', format('role %I', r.name), r.service, r.service, false, quote_ident(r.name), false, NULL, NULL,
               format('CREATE ROLE %I LOGIN', r.name)
        FROM roles AS r WHERE r.oid IS NULL
        UNION ALL
        SELECT 'attribute', format('role %I', r.name), r.service, r.service, false,
               quote_ident(r.name) || ' of ' || r.service, false, b.attribute, NULL,
               format('ALTER ROLE %I NO%s', r.name, b.attribute)
        FROM known_roles AS r
        JOIN pg_roles AS a ON a.oid = r.oid
        CROSS JOIN LATERAL (VALUES ('SUPERUSER', a.rolsuper), ('BYPASSRLS', a.rolbypassrls),
                                   ('CREATEROLE', a.rolcreaterole)) AS b(attribute, has)
        WHERE b.has
        UNION ALL
        SELECT 'member', format('role %I', u.name), d.service, u.service, false, quote_ident(u.name) || ' of ' || u.service,
               d.reasons > 1, d.reason
               || CASE WHEN d.reasons > 1 THEN format(' (and %s more)', d.reasons - 1) ELSE '' END, g.text,
               r.statement
        FROM drift_members AS d
        JOIN known_roles AS u ON u.oid = d.start
        JOIN people AS g ON g.oid = d.first
        JOIN member_statements AS r ON r.member = d.start AND r.roleid = d.first
        UNION ALL
        SELECT 'member', format('role %I', pg_get_userbyid(p.oid)), k.service, NULL, true, p.text, false,
               'all that ' || quote_ident(k.name) || ' of ' || k.service || ' may do'
               || coalesce(', and with it ' || string_agg(quote_ident(pg_get_userbyid(s.role)), ', '
                                   ORDER BY pg_get_userbyid(s.role) COLLATE "C") FILTER (WHERE s.role <> s.first), ''),
               g.text, r.statement
        FROM strangers AS s
        JOIN people AS p ON p.oid = s.first
        JOIN known_roles AS k ON k.oid = s.via
        JOIN people AS g ON g.oid = s.via
        JOIN member_statements AS r ON r.member = s.first AND r.roleid = s.via
        GROUP BY p.oid, p.text, k.name, k.service, g.text, r.statement
        UNION ALL
        SELECT d.topic, format('role %I', d.creator), d.service, NULL, false,
               string_agg(p.text, ', ' ORDER BY p.text COLLATE "C"), count(*) > 1,
               d.privileges || ' on the ' || lower(d.word),
               quote_ident(d.creator) || coalesce(' will make in schema ' || quote_ident(d.schema), ' will make'),
               format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s %s %s ON %s %s %s', d.creator,
                      coalesce(' IN SCHEMA ' || quote_ident(d.schema), ''),
                      CASE d.topic WHEN 'default-lacks' THEN 'GRANT' ELSE 'REVOKE' END, d.privileges, d.word,
                      CASE d.topic WHEN 'default-lacks' THEN 'TO' ELSE 'FROM' END,
                      string_agg(CASE p.oid WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(p.oid)) END, ', '
                                 ORDER BY p.text COLLATE "C"))
        FROM drift_defaults AS d
        JOIN people AS p ON p.oid = d.role
        GROUP BY d.topic, d.creator, d.service, d.schema, d.word, d.privileges
    )
    SELECT d.topic, d.path, d.service, d.actor, d.stranger, d.who, d.several, d.what, d.object, d.statement
    FROM drift AS d
    ORDER BY d.path COLLATE "C", d.topic, d.statement COLLATE "C"
