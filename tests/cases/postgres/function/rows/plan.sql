-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer) RETURNS SETOF integer LANGUAGE sql ROWS 5 AS $$SELECT 1$$;
