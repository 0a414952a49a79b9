
DECLARE
    todo record;
    reached integer := -1; -- the stage that is done
    current integer;       -- the one that is being done, if there is something to do
    undone text[];
    unborn text[];
BEGIN
    IF current_setting('server_version_num')::integer / 10000 <> @POSTGRES@ THEN
        RAISE EXCEPTION 'this script is for PostgreSQL @POSTGRES@, the server is %', current_setting('server_version')
            USING HINT = 'Set postgres: in the manifest and generate it again.';
    END IF;
    -- Two runs at once would do the same work twice.
    PERFORM pg_advisory_xact_lock(hashtextextended('ringfence generate-grants', 0));
    LOOP
        current := NULL;
        undone := '{}';
        unborn := '{}';
        FOR todo IN
