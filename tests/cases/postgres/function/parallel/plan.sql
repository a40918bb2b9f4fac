-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer) RETURNS integer LANGUAGE sql PARALLEL SAFE AS $$SELECT 1$$;
