-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer) RETURNS integer LANGUAGE sql AS $$SELECT 10$$;
-- Create "f" function
CREATE FUNCTION "f" ("a" integer, VARIADIC "b" text[]) RETURNS integer LANGUAGE sql AS $$SELECT 3$$;
-- Drop "f" function
DROP FUNCTION "f" (text);
