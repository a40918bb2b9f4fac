-- Drop "v" view
DROP VIEW "v";
-- Drop "f" function
DROP FUNCTION "f" ("pos");
-- Rename composite type from "pos" to "pos_old"
ALTER TYPE "pos" RENAME TO "pos_old";
-- Create composite type "pos"
CREATE TYPE "pos" AS ("x" bigint, "y" integer);
-- Create "f" function
CREATE FUNCTION "f" ("pos") RETURNS integer LANGUAGE sql AS $$SELECT 1$$;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "p" TYPE "pos" USING CASE WHEN "p"::text IS NOT NULL THEN ROW(("p")."x"::bigint, ("p")."y")::"pos" END;
-- Create "v" view
CREATE VIEW "v" ("x") AS SELECT (t.p).x AS x
   FROM t;
-- Drop composite type "pos_old"
DROP TYPE "pos_old";
