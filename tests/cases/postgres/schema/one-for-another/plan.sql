-- Add new schema named "b"
CREATE SCHEMA "b";
-- Create "f" function
CREATE FUNCTION "b"."f" () RETURNS integer LANGUAGE sql AS $$SELECT 1$$;
-- Modify "t" table
ALTER TABLE "public"."t" ALTER COLUMN "id" SET DEFAULT b.f();
-- Drop "f" function
DROP FUNCTION "a"."f" ();
-- Drop schema named "a"
DROP SCHEMA "a";
