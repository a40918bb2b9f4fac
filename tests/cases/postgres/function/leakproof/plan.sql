-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer) RETURNS integer LANGUAGE sql LEAKPROOF AS $$SELECT 1$$;
