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
