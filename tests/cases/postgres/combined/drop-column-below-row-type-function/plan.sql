-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("x" "t") RETURNS integer LANGUAGE sql AS $$SELECT x.id::integer$$;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" TYPE bigint, DROP COLUMN "gone";
