-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer) RETURNS integer LANGUAGE sql AS $$SELECT 1$$;
-- Set comment to function: "f"
COMMENT ON FUNCTION "f" (integer) IS 'plain';
