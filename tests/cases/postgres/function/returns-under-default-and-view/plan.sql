-- Drop "v" view
DROP VIEW "v";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" DROP DEFAULT;
-- Drop "f" function
DROP FUNCTION "f" ();
-- Create "f" function
CREATE FUNCTION "f" () RETURNS bigint LANGUAGE sql AS $$SELECT 1::bigint$$;
-- Set comment to function: "f"
COMMENT ON FUNCTION "f" () IS 'f';
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" SET DEFAULT f();
-- Create "v" view
CREATE VIEW "v" ("x") AS SELECT f() AS x;
