-- What PostgreSQL says of a statement, as a role, and what it knows the statement to use. Nothing outlives a call.

CREATE SCHEMA equivalence;

-- "done", or the SQLSTATE and the message that stopped it. The statements run one after another, as `role`, in a
-- transaction that is rolled back. The session must not set a search_path: it is part of the question.
CREATE FUNCTION equivalence.ask(role text, path text, statements text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    statement text;
    state text;
    message text;
BEGIN
    BEGIN
        PERFORM pg_catalog.set_config('search_path', path, true);
        PERFORM pg_catalog.set_config('session_authorization', role, true);
        FOREACH statement IN ARRAY statements LOOP
            EXECUTE statement;
        END LOOP;
        RAISE EXCEPTION USING ERRCODE = 'EQUIV';
    EXCEPTION
        WHEN SQLSTATE 'EQUIV' THEN RETURN 'done';
        WHEN OTHERS OR query_canceled THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
            RETURN state || ' ' || message;
    END;
END
$$;

-- What a statement refers to, and the privileges that it needs: those of relations from its query tree (since PostgreSQL 16 from what
-- stands beside its range tables), the rest from
-- what pg_depend records of a function with the statement as its body. A relation that is only named needs NAME.
CREATE TABLE equivalence.uses (statement integer, path text, kind text, object oid, name text, privilege text);

CREATE FUNCTION equivalence.privilege_names(bits integer) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT name FROM (VALUES (1, 'INSERT'), (2, 'SELECT'), (4, 'UPDATE'), (8, 'DELETE')) AS p (bit, name)
    WHERE bits & bit <> 0
    UNION ALL SELECT 'NAME' WHERE bits = 0
$$;

CREATE FUNCTION equivalence.note(number integer, own_path text, function oid) RETURNS void LANGUAGE sql AS $$
    WITH tree AS (
        SELECT prosqlbody::text AS text FROM pg_catalog.pg_proc WHERE oid = function
    ), asked AS (
        SELECT m[1]::oid AS relation, bit_or(m[2]::integer) AS bits
        FROM tree, pg_catalog.regexp_matches(tree.text, CASE WHEN pg_catalog.current_setting('server_version_num')::integer >= 160000
                 THEN 'RTEPERMISSIONINFO ' ELSE '' END || ':relid (\d+?) .*?:requiredPerms (\d+?) ', 'g') AS m
        GROUP BY 1
    ), used AS (
        SELECT DISTINCT refclassid, refobjid FROM pg_catalog.pg_depend
        WHERE classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND objid = function
    )
    INSERT INTO equivalence.uses
    SELECT number, own_path, CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'relation' END, c.oid,
           n.nspname || '.' || c.relname, p.name
    FROM used AS u
    JOIN pg_catalog.pg_class AS c ON u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = u.refobjid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN asked AS a ON a.relation = c.oid
    CROSS JOIN LATERAL (SELECT 'UPDATE' WHERE c.relkind = 'S' AND a.relation IS NULL
                        UNION ALL SELECT equivalence.privilege_names(coalesce(a.bits, 0))
                        WHERE c.relkind <> 'S' OR a.relation IS NOT NULL) AS p (name)
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_temp' AND c.relkind <> 'c'
    UNION ALL
    SELECT number, own_path, 'routine', p.oid, n.nspname || '.' || p.proname, 'EXECUTE'
    FROM used AS u
    JOIN pg_catalog.pg_proc AS p ON u.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = u.refobjid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
    UNION ALL
    SELECT number, own_path, 'type', coalesce(e.oid, t.oid), n.nspname || '.' || coalesce(e.typname, t.typname), 'USAGE'
    FROM used AS u
    JOIN pg_catalog.pg_type AS t ON u.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = u.refobjid
    LEFT JOIN pg_catalog.pg_type AS e ON e.typarray = t.oid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_temp'
$$;

-- Notes what a statement uses; false where it cannot be the body of a function.
CREATE FUNCTION equivalence.learn(number integer, own_path text, statement text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    caller_path text := pg_catalog.current_setting('search_path');
BEGIN
    PERFORM pg_catalog.set_config('search_path', own_path, true);
    EXECUTE pg_catalog.format(E'CREATE FUNCTION equivalence.subject() RETURNS void LANGUAGE sql BEGIN ATOMIC %s\n; END',
                              statement);
    PERFORM equivalence.note(number, own_path, pg_catalog.to_regprocedure('equivalence.subject()')::oid);
    DROP FUNCTION equivalence.subject();
    PERFORM pg_catalog.set_config('search_path', caller_path, true);
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END
$$;

CREATE FUNCTION equivalence.may(role text, kind text, object oid, privilege text) RETURNS boolean LANGUAGE sql AS $$
    SELECT CASE kind
        WHEN 'relation' THEN (SELECT has_schema_privilege(role, relnamespace, 'USAGE') FROM pg_class WHERE oid = object)
            AND CASE privilege WHEN 'NAME' THEN has_table_privilege(role, object, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                               ELSE has_table_privilege(role, object, privilege) END
        WHEN 'sequence' THEN (SELECT has_schema_privilege(role, relnamespace, 'USAGE') FROM pg_class WHERE oid = object)
            AND has_sequence_privilege(role, object, CASE privilege WHEN 'UPDATE' THEN 'UPDATE, USAGE' ELSE privilege END)
        WHEN 'routine' THEN (SELECT has_schema_privilege(role, pronamespace, 'USAGE') FROM pg_proc WHERE oid = object)
            AND has_function_privilege(role, object, 'EXECUTE')
        WHEN 'type' THEN (SELECT has_schema_privilege(role, typnamespace, 'USAGE') FROM pg_type WHERE oid = object)
            AND has_type_privilege(role, object, 'USAGE')
    END
$$;
