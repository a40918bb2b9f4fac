-- Drop "p" procedure
DROP PROCEDURE "p" (integer);
-- Create "p" function
CREATE FUNCTION "p" ("a" integer) RETURNS integer LANGUAGE sql AS $$SELECT 1$$;
