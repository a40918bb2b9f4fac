-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer) RETURNS integer LANGUAGE sql SECURITY DEFINER AS $$SELECT 1$$;
