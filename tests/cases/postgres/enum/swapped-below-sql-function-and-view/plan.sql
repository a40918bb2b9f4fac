-- Drop "v" view
DROP VIEW "v";
-- Drop "p" procedure
DROP PROCEDURE "p" ("e");
-- Drop "f" function
DROP FUNCTION "f" ("e");
-- Rename enum type from "e" to "e_old"
ALTER TYPE "e" RENAME TO "e_old";
-- Create enum type "e"
CREATE TYPE "e" AS ENUM ('a', 'b');
-- Create "f" function
CREATE FUNCTION "f" ("x" "e") RETURNS "e" LANGUAGE sql IMMUTABLE BEGIN ATOMIC
 SELECT x AS x;
END;
-- Create "p" procedure
CREATE PROCEDURE "p" ("x" "e") LANGUAGE sql AS $$SELECT 1$$;
-- Set comment to procedure: "p"
COMMENT ON PROCEDURE "p" ("e") IS 'after';
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "e" TYPE "e" USING "e"::text::"e";
-- Create "v" view
CREATE VIEW "v" ("x") AS SELECT f(t.e) AS x
   FROM t;
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'after';
-- Drop enum type "e_old"
DROP TYPE "e_old";
