-- What PostgreSQL says a statement uses. Nothing a statement makes outlives the call.

CREATE SCHEMA oracle;

-- {"name": [access, …]} of the tables a query tree reads and writes, from the permissions that its
-- range tables ask for; since PostgreSQL 16 they stand beside them. pg_depend does not tell a read from a write.
CREATE FUNCTION oracle.accesses(tree text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT coalesce(jsonb_object_agg(name, access), '{}')
    FROM (
        SELECT n.nspname || '.' || c.relname AS name, bit_or(m[2]::int) AS access
        FROM regexp_matches(tree, CASE WHEN current_setting('server_version_num')::integer >= 160000
                 THEN 'RTEPERMISSIONINFO ' ELSE '' END || ':relid (\d+?) .*?:requiredPerms (\d+?) ', 'g') AS m
        JOIN pg_class AS c ON c.oid = m[1]::oid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
          AND n.nspname NOT LIKE 'pg\_temp\_%'
        GROUP BY 1
    ) AS one
$$;

-- The relations that objects depend on. Row types are no relations, pinned ones are not recorded, and
-- the rest of the system's is left out, as is what lives in the session.
CREATE FUNCTION oracle.relations(class regclass, objects oid[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT coalesce(jsonb_agg(DISTINCT n.nspname || '.' || c.relname), '[]')
    FROM pg_depend AS d
    JOIN pg_class AS c ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE d.classid = class AND d.objid = ANY (objects) AND c.relkind <> 'c'
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'oracle')
      AND n.nspname NOT LIKE 'pg\_temp\_%'
$$;

-- The routines and types that objects depend on, by the same rules. A row type is a table's, which the relations
-- hold, and an array its element's.
CREATE FUNCTION oracle.routines(class regclass, objects oid[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT coalesce(jsonb_agg(DISTINCT n.nspname || '.' || p.proname), '[]')
    FROM pg_depend AS d
    JOIN pg_proc AS p ON d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid
    JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE d.classid = class AND d.objid = ANY (objects)
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'oracle')
$$;
CREATE FUNCTION oracle.types(class regclass, objects oid[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT coalesce(jsonb_agg(DISTINCT n.nspname || '.' || coalesce(element.typname, t.typname)), '[]')
    FROM pg_depend AS d
    JOIN pg_type AS t ON d.refclassid = 'pg_type'::regclass AND d.refobjid = t.oid
    LEFT JOIN pg_type AS element ON element.typarray = t.oid
    JOIN pg_namespace AS n ON n.oid = t.typnamespace
    WHERE d.classid = class AND d.objid = ANY (objects)
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'oracle', 'pg_toast')
      AND n.nspname NOT LIKE 'pg\_temp\_%'
$$;

CREATE FUNCTION oracle.dependencies(class regclass, objects oid[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('relations', oracle.relations(class, objects),
                              'routines', oracle.routines(class, objects),
                              'types', oracle.types(class, objects))
$$;

-- {"relations": […], "routines": […], "types": […], "accesses": {…}} or {"error": "…"}. `class` is how to ask: as the `body` of a
-- function, or as the definition of a `view`. This function must not set a search_path of its own:
-- the session's is part of the question.
CREATE FUNCTION oracle.ask(class text, statement text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    answer jsonb;
    rules oid[];
    made oid[];
BEGIN
    BEGIN
        IF class = 'body' THEN
            EXECUTE format(E'CREATE FUNCTION oracle.subject() RETURNS void LANGUAGE sql '
                           'BEGIN ATOMIC %s\n; END', statement);
            -- No regprocedure constant: its plan is kept, and names the function of an earlier call.
            made := ARRAY[pg_catalog.to_regprocedure('oracle.subject()')::oid];
            answer := oracle.dependencies('pg_catalog.pg_proc', made) || jsonb_build_object(
                'accesses', (SELECT oracle.accesses(prosqlbody::text) FROM pg_catalog.pg_proc
                             WHERE oid = pg_catalog.to_regprocedure('oracle.subject()')));
        ELSE
            rules := ARRAY(SELECT oid FROM pg_catalog.pg_rewrite);
            EXECUTE statement;
            made := ARRAY(SELECT oid FROM pg_catalog.pg_rewrite WHERE oid <> ALL (rules));
            answer := oracle.dependencies('pg_catalog.pg_rewrite', made);
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'ORACL';
    EXCEPTION
        WHEN SQLSTATE 'ORACL' THEN NULL;
        WHEN OTHERS THEN answer := jsonb_build_object('error', SQLERRM);
    END;
    RETURN answer;
END
$$;
