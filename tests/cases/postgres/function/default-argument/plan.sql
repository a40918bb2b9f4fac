-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer DEFAULT 7) RETURNS integer LANGUAGE sql AS $$SELECT a$$;
