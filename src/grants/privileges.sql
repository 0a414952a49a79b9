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
