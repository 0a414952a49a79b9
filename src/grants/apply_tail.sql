    SELECT stage, problem, object, statement, can FROM differences ORDER BY stage, statement COLLATE "C"
        LOOP
            EXIT WHEN unborn <> '{}' AND todo.stage > 0;
            IF todo.stage = 0 AND NOT todo.can THEN
                unborn := unborn || todo.object;
            ELSIF todo.problem = 'note' THEN
                undone := undone || todo.object;
            ELSIF NOT todo.can OR todo.stage <= reached THEN
                undone := undone || format('not done, it takes more than %I may do here: %s', current_user,
                                           todo.statement);
            ELSIF todo.stage = coalesce(current, todo.stage) THEN
                current := todo.stage;
                RAISE NOTICE '%', todo.statement;
                EXECUTE todo.statement;
            END IF;
        END LOOP;
        IF unborn <> '{}' THEN
            RAISE EXCEPTION 'these roles do not exist: %', array_to_string(unborn, ', ')
                USING HINT = 'Create them, or generate the script with --create-roles and run it as a role with CREATEROLE.';
        END IF;
        -- A stage changes what the later ones have to do, so they are looked at again.
        EXIT WHEN current IS NULL;
        reached := current;
    END LOOP;
    FOR current IN 1 .. coalesce(array_length(undone, 1), 0) LOOP
        RAISE WARNING '%', undone[current];
    END LOOP;
END
