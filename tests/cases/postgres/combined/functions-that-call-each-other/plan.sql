-- Set whether bodies of functions are checked
SET check_function_bodies = off;
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "n" integer NULL DEFAULT 0;
-- Create "a" function
CREATE FUNCTION "a" ("n" integer) RETURNS integer LANGUAGE sql AS $$SELECT CASE WHEN n > 0 THEN b(n - 1) END$$;
-- Create "b" function
CREATE FUNCTION "b" ("n" integer) RETURNS integer LANGUAGE sql AS $$SELECT CASE WHEN n > 0 THEN a(n - 1) END$$;
-- Set whether bodies of functions are checked
RESET check_function_bodies;
